"""What is known of one call while it is tried: whether it may have arrived, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.lib.destinations.contract import DestinationError, UnknownOutcomeError
from orchestration.lib.destinations.replies import Reply, told

LOOK = "look at the row in destinations.csv: base_url, account and the rights of the secret"
READ_BACK = "it is read back before anything is sent again"


@dataclass(kw_only=True)
class CallState:
    """What is known of one call while it is tried."""

    place: str
    is_write: bool
    is_repeatable: bool
    may_have_arrived: bool
    has_renewed: bool

    def failure(self, said: str, remedy: str) -> DestinationError | UnknownOutcomeError:
        """The end of a call that got no usable answer."""
        if self.may_have_arrived:
            return UnknownOutcomeError(said, self.place, READ_BACK)
        return DestinationError(said, self.place, remedy)

    def documented(self, reply: Reply, *, errors_are_json: bool) -> Reply:
        """The reply; raises where its body is no JSON, as then nobody knows who answered."""
        if not reply.is_json and (reply.status < 300 or errors_are_json):
            self.may_have_arrived |= self.is_write and reply.status < 300
            raise self.failure(f"the answer is no JSON: {told(reply)}", LOOK)
        return reply

    def refusal(self, reply: Reply) -> DestinationError | UnknownOutcomeError:
        """The error for a status nobody expected."""
        if reply.status in (401, 403):
            what = f"the tool does not accept the secret, or not for this: {told(reply)}"
            return self.failure(what, "set the secret anew, with the rights the tool asks for")
        return self.failure(f"the tool refused: {told(reply)}", LOOK)
