"""HubSpot's paths, its answers of limits, and what its contacts say about being written to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestration.lib.destinations.contract import DestinationError, Refusal
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.replies import Reply, Verdict, usual_verdict

# the dated version of all paths; the fake and the tests read it from here
VERSION = "2026-03"
CONTACT = "0-1"
CONTACTS = f"/crm/objects/{VERSION}/contacts"
LISTS = f"/crm/lists/{VERSION}"
PROPERTIES = f"/crm/properties/{VERSION}/contacts"
ACCOUNT = f"/account-info/{VERSION}/details"
BATCH = 100
SEARCH_PAGE = 200

OPTED_OUT = "hs_email_optout"
HARD_BOUNCE = "hs_email_hard_bounce_reason_enum"
QUARANTINED = "hs_email_quarantined"
CHANGED = "lastmodifieddate"
RECORD = "hs_object_id"
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


def refusals_of(http: Http, since: datetime | None) -> Iterator[Refusal]:
    """Contacts that opted out of all mail, bounced hard or are kept from mail, changed since.

    HubSpot dates the contact's last change, not the opt-out: the refusal is at most that old. A
    report of spam opts its contact out, and is not told apart here. Opt-outs of one subscription
    type alone are the tool's to heed when it sends, and are not told.
    """
    last = "0"
    while True:
        found = http.call(
            "POST", f"{CONTACTS}/search", payload=_search(since, last), only_asks=True
        ).body["results"]
        for contact in found:
            properties = contact["properties"]
            if properties.get("email"):
                yield _refusal(properties, contact)
        if len(found) < SEARCH_PAGE:
            return
        last = found[-1]["id"]


def _search(since: datetime | None, last: str) -> dict[str, Any]:
    """A search beyond the record `last`: pages by id, as a search ends at 10,000 by offset."""
    beyond = [{"propertyName": RECORD, "operator": "GT", "value": last}]
    if since:
        moment = since.replace(tzinfo=since.tzinfo or UTC)
        text = str(round(moment.timestamp() * 1000))
        beyond.append({"propertyName": CHANGED, "operator": "GTE", "value": text})
    refused = [
        {"propertyName": OPTED_OUT, "operator": "EQ", "value": "true"},
        {"propertyName": HARD_BOUNCE, "operator": "HAS_PROPERTY"},
        {"propertyName": QUARANTINED, "operator": "EQ", "value": "true"},
    ]
    return {
        "filterGroups": [{"filters": [one, *beyond]} for one in refused],
        "sorts": [{"propertyName": RECORD, "direction": "ASCENDING"}],
        "properties": ["email", OPTED_OUT, HARD_BOUNCE, QUARANTINED, CHANGED],
        "limit": SEARCH_PAGE,
    }


def _refusal(properties: dict[str, str | None], contact: dict[str, Any]) -> Refusal:
    """The strictest thing the properties of one contact say."""
    if properties.get(OPTED_OUT) == "true":
        status, reason = "unsubscribed", OPTED_OUT
    elif properties.get(HARD_BOUNCE):
        status, reason = "bounced_hard", str(properties[HARD_BOUNCE])
    else:
        status, reason = "suppressed", QUARANTINED
    moment = properties.get(CHANGED) or contact["updatedAt"]
    return Refusal(
        email=str(properties["email"]),
        status=status,
        happened_at=datetime.fromisoformat(moment),
        reason=reason,
    )
