"""HubSpot's paths, and what it answers when its limits are reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestration.lib.destinations.contract import DestinationError, DestinationRow
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.paging import by_cursor
from orchestration.lib.destinations.replies import Reply, Verdict, usual_verdict

# the dated version of all paths; the fake and the tests read it from here
VERSION = "2026-03"
CONTACT = "0-1"
CONTACTS = f"/crm/objects/{VERSION}/contacts"
# told under v3 alone
FORGET = "/crm/v3/objects/contacts/gdpr-delete"
LISTS = f"/crm/lists/{VERSION}"
PROPERTIES = f"/crm/properties/{VERSION}/contacts"
ACCOUNT = f"/account-info/{VERSION}/details"
STATUSES = f"/communication-preferences/{VERSION}/statuses"
BATCH = 100
# properties in which the tool keeps what people said about being written to: never written
CONSENT_PREFIXES = ("hs_email_optout", "hs_legal_basis", "hs_marketable", "hs_email_bounce",
                    "hs_email_quarantined", "hs_email_hard_bounce")  # fmt: skip


def judged(reply: Reply, *, destination: str, timezone: str | None) -> Verdict:
    """Whether an answer tells something; raises DestinationError where the day's calls are gone."""
    body = reply.body if isinstance(reply.body, dict) else {}
    said = f"{body.get('policyName', '')} {body.get('message', '')}".lower()
    if reply.status == 429 and "daily" in said:
        raise DestinationError(
            "the calls that the account may make in a day are used up",
            f"destination {destination}",
            f"run again after {_midnight(reply, timezone)}, when they are given anew",
        )
    return usual_verdict(reply)


def require_property(row: DestinationRow, field: str, known: dict[str, Any] | None) -> None:
    """Raise DestinationError where a property is missing, not ours to write, or read only."""
    place = f"destination {row.destination}"
    if field == "email" or field.startswith(CONSENT_PREFIXES):
        raise DestinationError(
            f"the property '{field}' may not be written", place, "take its row away"
        )
    if known is None or known.get("archived"):
        remedy = "make it in HubSpot, or correct the row in destination_fields.csv"
        raise DestinationError(f"HubSpot has no contact property '{field}'", place, remedy)
    if known.get("calculated") or known.get("modificationMetadata", {}).get("readOnlyValue"):
        raise DestinationError(f"the property '{field}' is read only", place, "map to another one")


def records_in(http: Http, list_id: str) -> Iterator[list[str]]:
    """The contacts of a list in the order in which they joined, in batches of record ids."""
    path = f"{LISTS}/{list_id}/memberships/join-order"

    def page_after(after: str) -> tuple[list[list[str]], str | None]:
        params = {"limit": BATCH} | ({"after": after} if after else {})
        page = http.call("GET", path, params=params).body
        records = [str(one["recordId"]) for one in page["results"]]
        return [records], page.get("paging", {}).get("next", {}).get("after")

    return by_cursor(page_after, "", place=f"GET {path}")


def _midnight(reply: Reply, timezone: str | None) -> str:
    """The next midnight of the account after an answer, as text; of UTC where no zone is known."""
    try:
        zone = ZoneInfo(timezone or "")
    except (ZoneInfoNotFoundError, ValueError):
        return "midnight in the time zone of the account"
    try:
        now = parsedate_to_datetime(reply.headers.get("date", "")).astimezone(zone)
    except (ValueError, TypeError):
        now = datetime.now(zone)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), zone)
    return f"{midnight:%Y-%m-%d %H:%M} {timezone} ({midnight.astimezone(UTC):%H:%M} UTC)"
