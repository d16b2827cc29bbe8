"""Who opted out of mail in Salesforce, or bounced, as refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from orchestration.lib.destinations.contract import Refusal
from orchestration.lib.destinations.salesforce_calls import Session

PEOPLE = ("Contact", "Lead")
OPTED_OUT, BOUNCED_AT, BOUNCED_WHY = "HasOptedOutOfEmail", "EmailBouncedDate", "EmailBouncedReason"


def refusals_of(session: Session, since: datetime | None) -> Iterator[Refusal]:
    """Contacts and leads that opted out of mail, or whose address bounced, changed since.

    An opt-out has no date of its own: the record's last change is told, which is at most as old.
    """
    fields = ("Email", OPTED_OUT, BOUNCED_AT, BOUNCED_WHY, "SystemModstamp")
    for kind in PEOPLE:
        question = (
            f"SELECT Id, {', '.join(fields)} FROM {kind} WHERE Email != null"
            f" AND ({OPTED_OUT} = true OR {BOUNCED_AT} != null)"
        )
        if since:
            moment = since.replace(tzinfo=since.tzinfo or UTC).astimezone(UTC)
            question += f" AND SystemModstamp >= {moment:%Y-%m-%dT%H:%M:%SZ}"
        for record in session.ask(f"{question} ORDER BY Id"):
            has_left = record[OPTED_OUT]
            moment = record["SystemModstamp"] if has_left else record[BOUNCED_AT]
            yield Refusal(
                email=record["Email"],
                status="unsubscribed" if has_left else "bounced_hard",
                happened_at=datetime.fromisoformat(moment),
                reason=OPTED_OUT if has_left else record[BOUNCED_WHY],
            )
