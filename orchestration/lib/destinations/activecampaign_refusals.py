"""Who left a list of ActiveCampaign, or bounced, as refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestration.lib.destinations.activecampaign_calls import contacts_of
from orchestration.lib.destinations.contract import Refusal
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.scrubbing import scrubbed

LEFT, BOUNCED = "2", "3"
# the tool filters by its own time zone: a day more is asked for
OVERLAP = timedelta(days=1)


def refusals_of(
    http: Http, api: str, since: datetime | None, *, only_list: str | None
) -> Iterator[Refusal]:
    """People who left `only_list`, else any list, each list for itself, or whose address bounced.

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
        for place in places:
            if str(place["status"]) == LEFT:
                yield Refusal(
                    email=contact["email"],
                    status="unsubscribed",
                    happened_at=_moment(place.get("udate"), contact),
                    reason=scrubbed(place.get("unsubreason") or "") or None,
                    subscription_type=str(place["list"]),
                )
        bounced = any(str(place["status"]) == BOUNCED for place in places)
        if bounced or int(contact.get("bounced_hard") or 0):
            yield Refusal(
                email=contact["email"],
                status="bounced_hard",
                happened_at=_moment(contact.get("bounced_date"), contact),
            )


def _moment(text: str | None, contact: Mapping[str, Any]) -> datetime:
    """A moment of the tool, else when the contact last changed; UTC where it names no offset.

    The tool writes zeros for none.
    """
    for one in (text, contact.get("udate")):
        if one and not one.startswith("0000"):
            moment = datetime.fromisoformat(one)
            return moment.replace(tzinfo=moment.tzinfo or UTC)
    return datetime.fromtimestamp(0, UTC)
