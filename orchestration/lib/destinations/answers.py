"""What the adapters make of answers: to one person, to many, or not as the tool documents it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    State,
    UnknownOutcomeError,
)

Answers = dict[str, Answer]


def answer(
    person: str, state: State, reason: str | None = None, *, remote_id: str | None = None
) -> Answer:
    """The answer to the change of one person."""
    return Answer(person_id=person, state=state, reason=reason, remote_id=remote_id)


def same_for(
    changes: Sequence[Change],
    state: State,
    reason: str | None = None,
    *,
    is_unknown_there: bool = False,
) -> Answers:
    """The same answer for all of `changes`, by person."""
    return {
        change.person_id: Answer(
            person_id=change.person_id,
            state=state,
            reason=reason,
            is_unknown_there=is_unknown_there,
        )
        for change in changes
    }


def kept_apart(
    changes: Sequence[Change], step: Callable[[Sequence[Change]], Answers], *, has_begun: bool
) -> Answers:
    """The answers of one step of a batch; nothing is asked where there are no changes.

    A DestinationError says that nothing of the batch was taken: once a step before has taken
    something, it becomes the answer `rejected_retryable` for those the step was about.
    """
    try:
        return step(changes) if changes else {}
    except UnknownOutcomeError:
        raise
    except DestinationError as error:
        if not has_begun:
            raise
        return same_for(changes, "rejected_retryable", error.what)


@contextmanager
def as_documented(row: DestinationRow, *, is_write: bool = False) -> Iterator[None]:
    """Turn what goes wrong while an answer of an unknown shape is read into an error to be read.

    In the middle of a write nobody knows what was done: UnknownOutcomeError, else DestinationError.
    """
    try:
        yield
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as error:
        kind = UnknownOutcomeError if is_write else DestinationError
        raise kind(
            f"the answer is not as the tool documents it ({type(error).__name__})",
            f"destination {row.destination}",
            "look whether base_url in destinations.csv leads to the tool, in the version we know",
        ) from error
