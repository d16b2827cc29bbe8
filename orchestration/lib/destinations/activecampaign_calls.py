"""ActiveCampaign's pages, and its ways to say no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.paging import by_cursor, by_offset
from orchestration.lib.destinations.replies import Reply
from orchestration.lib.destinations.scrubbing import scrubbed

PAGE = 100


def pages(
    http: Http, path: str, name: str, asked: Mapping[str, str | int]
) -> Iterator[dict[str, Any]]:
    """All of a list of things, by offset."""

    def page_at(offset: int) -> tuple[list[dict[str, Any]], int]:
        body = http.call("GET", path, params={**asked, "limit": PAGE, "offset": offset}).body
        return body[name], int(body["meta"]["total"])

    return by_offset(page_at, lambda one: str(one["id"]), place=f"GET {path}")


def contacts_of(http: Http, api: str, asked: Mapping[str, str | int]) -> Iterator[dict[str, Any]]:
    """Contacts by ascending id, each with what was included of it: no offset shifts under it."""

    def page_after(last: str) -> tuple[list[dict[str, Any]], str | None]:
        params = {**asked, "limit": PAGE, "orders[id]": "ASC", "id_greater": last}
        body = http.call("GET", f"{api}/contacts", params=params).body
        found = [including(one, body, str(asked["include"])) for one in body["contacts"]]
        return found, str(found[-1]["id"]) if found else None

    return by_cursor(page_after, "0", place=f"GET {api}/contacts")


def contact_of(http: Http, api: str, email: str) -> dict[str, Any] | None:
    """The contact of an address, with its own fields."""
    params = {"email": email.strip(), "include": "fieldValues", "limit": PAGE}
    page = http.call("GET", f"{api}/contacts", params=params).body
    for contact in page["contacts"]:
        if contact["email"].lower() == email.strip().lower():
            return including(contact, page, "fieldValues")
    return None


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
