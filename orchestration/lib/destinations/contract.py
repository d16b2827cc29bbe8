"""What every destination can do: be checked, take a batch, be read back, tell who refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from orchestration.lib.errors import TouchlineError
from orchestration.lib.row_files.flavours import MACHINE
from orchestration.lib.row_files.formats import CSV

Operation = Literal["add", "update", "remove"]
State = Literal["accepted", "rejected_retryable", "rejected_permanent"]
Refused = Literal["unsubscribed", "complained", "bounced_hard", "suppressed"]


class DestinationError(TouchlineError):
    """A destination cannot be used as its rows say: nothing was sent."""


class UnreadableError(DestinationError):
    """A destination takes people and never tells who it has: nothing can be read back."""


class UnknownOutcomeError(TouchlineError):
    """A batch left, and no answer came back: it must be read back before anything is repeated."""


@dataclass(frozen=True, kw_only=True)
class DestinationRow:
    """One row of the rule table `destinations`, read and checked.

    `secret_name` names the environment variable that holds the secret; no rule row and no file
    holds the secret itself. `account` is the list, audience or object in the tool that holds the
    people. `canary_share` (0 to 1) of the changes is sent and read back before the rest.
    `is_silent` says that nobody told to it is written to: tasks and suppression lists may go there.
    `file_format` and `file_flavour` are those of the files of a destination of kind file.
    """

    destination: str
    kind: str
    base_url: str | None = None
    account: str | None = None
    secret_name: str | None = None
    batch_size: int = 500
    requests_per_second: float = 5.0
    timeout_seconds: float = 30.0
    canary_share: float = 0.0
    new_member_status: str | None = None
    is_automatic: bool = False
    is_silent: bool = False
    file_format: str = CSV
    file_flavour: str = MACHINE


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is to become true of one person in one segment of the destination.

    `fields` holds, by the destination's own names, only what differs from what was acknowledged;
    null clears a field. The idempotency key is a function of destination, segment, person,
    operation and content, so that the same change sent twice is one.
    """

    person_id: str
    operation: Operation
    email: str
    idempotency_key: str
    fields: Mapping[str, str | None] = field(default_factory=dict)
    remote_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the destination said of one change; a reason where it was not accepted.

    `is_unknown_there`: the tool is in order and has no such person; who is made there comes in.
    """

    person_id: str
    state: State
    reason: str | None = None
    remote_id: str | None = None
    is_unknown_there: bool = False


@dataclass(frozen=True, kw_only=True)
class Member:
    """One member of a segment as the destination has it now."""

    email: str
    remote_id: str | None = None
    fields: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One address that the destination may no longer write to, and since when.

    `subscription_type` is what alone was refused, as the tool names it; None is all mail.
    """

    email: str
    status: Refused
    happened_at: datetime
    reason: str | None = None
    subscription_type: str | None = None


class Destination(Protocol):
    """A tool that holds segments. Segments are named by their segment_id in every tool.

    A removal takes a person out of the segment and leaves the person: a sync never deletes,
    and no status of consent is ever written for someone the tool already knows.
    """

    row: DestinationRow

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Raise DestinationError where secret, account or a field is not as the rows say."""

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Send one batch, at most `row.batch_size` changes; one answer per change, in any order.

        Limits and passing faults are waited for and tried again inside. Raises UnknownOutcomeError
        when the batch may or may not have arrived, DestinationError when nothing of it was taken:
        nothing left, or it was refused whole, and then the engine looks for whose fault it is.
        """

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """Those of `emails` that are members of the segment now, by the address as given.

        Raises UnreadableError where the tool cannot tell; never an empty answer instead of it.
        """

    def members(self, segment_id: str) -> Iterator[Member]:
        """All members of the segment, page by page; raises UnreadableError like `read`."""

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """Who unsubscribed, complained, bounced hard or was suppressed since then, in the tool."""


@runtime_checkable
class TellingByAddress(Protocol):
    """What a destination can do beside, where its tool tells some refusals only when asked."""

    def refusals_among(self, emails: Sequence[str]) -> Iterator[Refusal]:
        """Who of these refused one type of mail; raises TouchlineError where that stays unknown."""


@runtime_checkable
class Forgetting(Protocol):
    """What a destination can do beside, where its tool has a call that erases for good."""

    def forget(self, address: str) -> bool:
        """Erase a person from the tool for good; false where the tool has nobody of this address.

        For erasures alone. May be repeated. Raises TouchlineError where it cannot be known to be
        done.
        """
