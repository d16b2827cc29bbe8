"""ActiveCampaign's pages, its ways to say no, and who left a list or bounced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestration.lib.destinations.contract import Refusal, Refused
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.replies import Reply
from orchestration.lib.destinations.scrubbing import scrubbed

PAGE = 100
LEFT, BOUNCED = "2", "3"
# the tool filters by its own time zone: a day more is asked for
OVERLAP = timedelta(days=1)


def pages(
    http: Http, path: str, name: str, asked: Mapping[str, str | int]
) -> Iterator[dict[str, Any]]:
    """All of a list of things, by offset."""
    offset = 0
    while True:
        body = http.call("GET", path, params={**asked, "limit": PAGE, "offset": offset}).body
        yield from body[name]
        offset += PAGE
        if offset >= int(body["meta"]["total"]):
            return


def contacts_of(http: Http, api: str, asked: Mapping[str, str | int]) -> Iterator[dict[str, Any]]:
    """Contacts by ascending id, each with what was included of it: no offset shifts under it."""
    last = "0"
    while True:
        params = {**asked, "limit": PAGE, "orders[id]": "ASC", "id_greater": last}
        body = http.call("GET", f"{api}/contacts", params=params).body
        for contact in body["contacts"]:
            yield including(contact, body, str(asked["include"]))
        if len(body["contacts"]) < PAGE:
            return
        last = str(body["contacts"][-1]["id"])


def including(contact: Mapping[str, Any], body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A contact with what an answer tells beside it of the same name and contact."""
    beside = [one for one in body.get(name) or () if str(one["contact"]) == str(contact["id"])]
    return {**contact, name: beside}


def reason_of(reply: Reply) -> str:
    """Why something was refused; the tool has several shapes of saying so."""
    body = reply.body if isinstance(reply.body, dict) else {}
    errors = body.get("errors") or [body.get("message") or body.get("error") or ""]
    said = []
    for one in errors if isinstance(errors, list) else [errors]:
        parts = [one.get("title"), one.get("detail")] if isinstance(one, dict) else [one]
        said.append(": ".join(str(part) for part in parts if part))
    return scrubbed("; ".join(part for part in said if part)) or f"refused with {reply.status}"


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
