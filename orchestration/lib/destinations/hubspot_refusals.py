"""What HubSpot's contacts say about being written to, as refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from orchestration.lib.destinations.contract import Refusal
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.hubspot_calls import CONTACTS
from orchestration.lib.destinations.paging import by_cursor

SEARCH_PAGE = 200
OPTED_OUT = "hs_email_optout"
HARD_BOUNCE = "hs_email_hard_bounce_reason_enum"
QUARANTINED = "hs_email_quarantined"
CHANGED = "lastmodifieddate"
RECORD = "hs_object_id"


def refusals_of(http: Http, since: datetime | None) -> Iterator[Refusal]:
    """Contacts that opted out of all mail, bounced hard or are kept from mail, changed since.

    HubSpot dates the contact's last change, not the opt-out: the refusal is at most that old. A
    report of spam opts its contact out, and is not told apart here. Opt-outs of one subscription
    type or brand alone are asked for by address (hubspot_preferences).
    """
    path = f"{CONTACTS}/search"

    def page_after(last: str) -> tuple[list[dict[str, Any]], str | None]:
        found = http.call("POST", path, payload=_search(since, last), only_asks=True)
        contacts = found.body["results"]
        return contacts, contacts[-1]["id"] if contacts else None

    for contact in by_cursor(page_after, "0", place=f"POST {path}"):
        properties = contact["properties"]
        if properties.get("email"):
            yield _refusal(properties, contact)


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
