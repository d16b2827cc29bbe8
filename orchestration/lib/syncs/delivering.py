"""Gets every change of a batch answered: looks up lost answers, and whose fault a refusal is."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    Destination,
    DestinationError,
    State,
    UnknownOutcomeError,
    UnreadableError,
)
from orchestration.lib.syncs.comparing import is_as_wanted

# how often changes are sent whose answer never comes
TRIES = 3
# so many refused alone, and nobody accepted: it is not their fault
HOPELESS = 8
NOT_APPLIED = "answered as accepted, and not found there"


def deliver(destination: Destination, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
    """One answer per change, whatever it takes.

    A batch refused whole is halved until it is clear whose fault it is. Raises DestinationError
    where nothing of it was taken because the tool cannot be used, UnknownOutcomeError where it is
    not known what was taken.
    """
    try:
        return _sent(destination, segment_id, changes)
    except UnknownOutcomeError:
        raise
    except DestinationError as refusal:
        # a tool that cannot be used at all says so here, and nobody is blamed for it
        destination.check(segment_id, fields_of(changes))
        answers: list[Answer] = []
        _halve(destination, segment_id, changes, refusal, answers=answers)
        return _judged(changes, answers, refusal)


def look_up(
    destination: Destination, segment_id: str, changes: Sequence[Change], *, proven: bool = True
) -> tuple[list[Answer], list[Change]]:
    """Changes that are true at the destination, as answers, and those that are not.

    Of a tool that cannot be read nothing is proven.
    """
    try:
        members = destination.read(segment_id, [change.email for change in changes])
    except UnreadableError:
        if proven:
            return [], list(changes)
        return [_answer(one, "accepted") for one in changes], []
    there, left = [], []
    for one in changes:
        member = members.get(one.email)
        if is_as_wanted(one, member, proven=proven):
            there.append(_answer(one, "accepted", remote_id=member.remote_id if member else None))
        else:
            left.append(one)
    return there, left


def confirm(
    destination: Destination,
    segment_id: str,
    changes: Sequence[Change],
    answers: Sequence[Answer],
) -> tuple[list[Answer], int]:
    """Answers after reading back, and how many were accepted and are not found there."""
    accepted = {one.person_id for one in answers if one.state == "accepted"}
    sent = [change for change in changes if change.person_id in accepted]
    _, missing = look_up(destination, segment_id, sent, proven=False)
    lost = {change.person_id for change in missing}
    kept = [one for one in answers if one.person_id not in lost]
    kept += [_answer(one, "rejected_retryable", reason=NOT_APPLIED) for one in missing]
    return kept, len(missing)


def fields_of(changes: Sequence[Change]) -> list[str]:
    """Names of all fields that changes touch, sorted."""
    return sorted({field for change in changes for field in change.fields})


def _sent(destination: Destination, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
    """Send, and look up whoever got no answer; what is not there is sent again, a few times."""
    left, answers = list(changes), []
    for attempt in range(TRIES):
        try:
            told = {one.person_id: one for one in destination.send(segment_id, left)}
        except UnknownOutcomeError:
            if attempt == TRIES - 1:
                raise
            told = {}
        except DestinationError as error:
            if attempt == 0:
                raise
            raise _unknown(error) from error
        answers += [told[one.person_id] for one in left if one.person_id in told]
        left = [one for one in left if one.person_id not in told]
        if left:
            there, left = look_up(destination, segment_id, left)
            answers += there
        if not left:
            break
    return answers + [_answer(one, "rejected_retryable", reason="no answer") for one in left]


def _halve(
    destination: Destination,
    segment_id: str,
    changes: Sequence[Change],
    refusal: DestinationError,
    *,
    answers: list[Answer],
) -> None:
    """Add answers of a batch that was refused whole, half by half, until it is hopeless."""
    if len(changes) == 1:
        try:
            destination.check(segment_id, fields_of(changes))
        except DestinationError as error:
            raise _unknown(error) from error
        answers.append(_answer(changes[0], "rejected_permanent", reason=refusal.what))
        return
    middle = len(changes) // 2
    for half in (changes[:middle], changes[middle:]):
        if len(answers) >= HOPELESS and not _any_accepted(answers):
            return
        try:
            answers += _sent(destination, segment_id, half)
        except UnknownOutcomeError:
            raise
        except DestinationError as error:
            _halve(destination, segment_id, half, error, answers=answers)


def _judged(
    changes: Sequence[Change], answers: Sequence[Answer], refusal: DestinationError
) -> list[Answer]:
    """Where nobody was accepted nobody is blamed: all may come again with the next plan."""
    if _any_accepted(answers):
        return list(answers)
    return [_answer(one, "rejected_retryable", reason=refusal.what) for one in changes]


def _any_accepted(answers: Sequence[Answer]) -> bool:
    return any(answer.state == "accepted" for answer in answers)


def _unknown(error: DestinationError) -> UnknownOutcomeError:
    """A tool that fell out of use half-way: what it took is found out by reading."""
    return UnknownOutcomeError(error.what, error.where, error.remedy)


def _answer(
    change: Change, state: State, *, reason: str | None = None, remote_id: str | None = None
) -> Answer:
    return Answer(person_id=change.person_id, state=state, reason=reason, remote_id=remote_id)
