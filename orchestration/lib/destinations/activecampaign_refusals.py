"""Who left a list of ActiveCampaign, or bounced, as refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestration.lib.destinations.activecampaign_calls import contacts_of
from orchestration.lib.destinations.contract import Refusal, Refused
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.scrubbing import scrubbed

LEFT, BOUNCED = "2", "3"
# the tool filters by its own time zone: a day more is asked for
OVERLAP = timedelta(days=1)


def refusals_of(
    http: Http, api: str, since: datetime | None, *, only_list: str | None
) -> Iterator[Refusal]:
    """People who left `only_list`, else any list, or whose address bounced hard.

    A complaint reaches ActiveCampaign as an unsubscription and is told as one.
    """
    asked: dict[str, str | int] = {"include": "contactLists"}
    if since:
        asked["filters[updated_after]"] = f"{since - OVERLAP:%Y-%m-%d}"
    for contact in contacts_of(http, api, asked):
        places = [
            place
            for place in contact["contactLists"]
            if only_list is None or str(place["list"]) == only_list
        ]
        left = [place for place in places if str(place["status"]) == LEFT]
        bounced = any(str(place["status"]) == BOUNCED for place in places)
        if left:
            moment = min((_moment(place.get("udate")) for place in left), key=_order)
            reason = next((place["unsubreason"] for place in left if place.get("unsubreason")), "")
            yield _refusal(contact, "unsubscribed", moment, scrubbed(reason) or None)
        elif bounced or int(contact.get("bounced_hard") or 0):
            moment = _moment(contact.get("bounced_date"))
            yield _refusal(contact, "bounced_hard", moment, None)


def _refusal(
    contact: Mapping[str, Any], status: Refused, moment: datetime | None, reason: str | None
) -> Refusal:
    """A refusal at its moment, else when the contact last changed."""
    changed = moment or _moment(contact.get("udate")) or datetime.fromtimestamp(0, UTC)
    return Refusal(email=contact["email"], status=status, happened_at=changed, reason=reason)


def _moment(text: str | None) -> datetime | None:
    """A moment of the tool, which writes zeros for none; UTC where it names no offset."""
    if not text or text.startswith("0000"):
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _order(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("inf")
