"""An ActiveCampaign account on this machine: contacts, tags, fields, lists, limits, errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from orchestration.fakes.activecampaign_imports import look_at_import, queue_import
from orchestration.fakes.activecampaign_state import AccountState, Refused
from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import Fault

PER_SECOND = 5
LARGEST_PAGE = 100


class FakeActiveCampaign(Fake):
    """An account with one list, one field of its own, and five calls a second for all its keys."""

    kind = "activecampaign"
    secret: ClassVar[str] = "fake-api-key"
    state: AccountState

    def __init__(self) -> None:
        super().__init__()
        self.state = AccountState()
        self.per_second = PER_SECOND
        self._recent: list[float] = []
        self._synced = 0

    def routes(self) -> list[BaseRoute]:
        """Paths below /api/3."""
        told: list[tuple[str, str, Callable[..., tuple[int, Any]]]] = [
            ("POST", "/contact/sync", self._sync),
            ("POST", "/import/bulk_import", self._import),
            ("GET", "/import/info", self._imported),
            ("GET", "/contacts", self._contacts),
            ("DELETE", "/contacts/{id}", self._forget),
            ("GET", "/contacts/{id}/contactTags", self._tags_of),
            ("POST", "/contactTags", self._tag),
            ("DELETE", "/contactTags/{id}", self._untag),
            ("POST", "/contactLists", self._subscribe),
            ("GET", "/tags", self._tags),
            ("POST", "/tags", self._make_tag),
            ("GET", "/fields", self._fields),
            ("GET", "/lists/{id}", self._list),
        ]
        return [
            Route(f"/api/3{path}", partial(self._answer, answer), methods=[method])
            for method, path, answer in told
        ]

    def limited(self, request: Request) -> Response | None:
        """429 beyond the calls of a second."""
        now = monotonic()
        self._recent = [moment for moment in self._recent if moment > now - 1]
        if len(self._recent) >= self.per_second:
            return self.too_many(Fault(kind="too_many", seconds=1))
        self._recent.append(now)
        return None

    def token_expired(self) -> Response:
        """Its 403 for a key that is not, or no longer, one."""
        return JSONResponse({"message": "You are not authorized to access this account."}, 403)

    def delete_half(self) -> None:
        """Every second tie between a contact and a tag is gone."""
        self.state.ties = dict(list(self.state.ties.items())[::2])

    def rename_field(self) -> None:
        """The account's own field has another tag and title."""
        field = self.state.fields["1"]
        field["title"], field["perstag"] = "Renamed", "RENAMED"

    async def _answer(self, answer: Callable[..., Any], request: Request) -> Response:
        """What a path answers, behind the key and with the headers of the limit."""
        if request.headers.get("api-token") != self.secret:
            return self.token_expired()
        body = await request.json() if request.method == "POST" else None
        try:
            status, told = answer(request, body)
        except Refused as error:
            status, told = error.status, error.told
        left = self.per_second - len(self._recent)
        headers = {
            "RateLimit-Limit": str(self.per_second),
            "RateLimit-Remaining": str(left),
            "RateLimit-Reset": "1",
        }
        return JSONResponse(told, status, headers)

    def _sync(self, request: Request, body: Any) -> tuple[int, Any]:
        self._synced += 1
        call = f"{request.method} {request.url.path}"
        if self._synced % 2 == 0 and self.faults.take(call, "partial_success"):
            raise Refused(422, [{"title": "The contact cannot be taken", "detail": "by chance"}])
        record, is_new = self.state.sync(body["contact"])
        told = {"contact": self.state.contacts[record], "fieldValues": self.state.values(record)}
        return 201 if is_new else 200, told

    def _import(self, request: Request, body: Any) -> tuple[int, Any]:
        call = f"{request.method} {request.url.path}"
        is_partial = self.faults.take(call, "partial_success") is not None
        return 200, queue_import(self.state, body["contacts"], is_partial=is_partial)

    def _imported(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, look_at_import(self.state, request.query_params.get("batchId", ""))

    def _contacts(self, request: Request, body: Any) -> tuple[int, Any]:
        asked = request.query_params
        found = self.state.found(asked)
        start = int(asked.get("offset", 0))
        page = found[start : start + _limit(asked)]
        told: dict[str, Any] = {"contacts": [self.state.contacts[record] for record in page]}
        included = asked.get("include", "")
        if "fieldValues" in included:
            told["fieldValues"] = [one for record in page for one in self.state.values(record)]
        if "contactLists" in included:
            told["contactLists"] = [
                one for one in self.state.places.values() if one["contact"] in page
            ]
        return 200, {**told, "meta": {"total": str(len(found))}}

    def _tags_of(self, request: Request, body: Any) -> tuple[int, Any]:
        record = self.state.contact(request.path_params["id"])
        ties = [one for one in self.state.ties.values() if one["contact"] == record]
        return 200, {"contactTags": ties}

    def _tag(self, request: Request, body: Any) -> tuple[int, Any]:
        tie = body["contactTag"]
        return 201, {"contactTag": self.state.tie(str(tie["contact"]), str(tie["tag"]))}

    def _forget(self, request: Request, body: Any) -> tuple[int, Any]:
        self.state.forget(request.path_params["id"])
        return 200, {}

    def _untag(self, request: Request, body: Any) -> tuple[int, Any]:
        if self.state.ties.pop(request.path_params["id"], None) is None:
            raise Refused(404, "No Result found for ContactTag")
        return 200, {}

    def _subscribe(self, request: Request, body: Any) -> tuple[int, Any]:
        place = body["contactList"]
        told = self.state.place(str(place["list"]), str(place["contact"]), str(place["status"]))
        return 200, {"contactList": told}

    def _tags(self, request: Request, body: Any) -> tuple[int, Any]:
        wanted = request.query_params.get("search", "")
        found = [tag for tag in self.state.tags.values() if wanted.lower() in tag["tag"].lower()]
        return 200, _page("tags", found, request.query_params)

    def _make_tag(self, request: Request, body: Any) -> tuple[int, Any]:
        return 201, {"tag": self.state.make_tag(body["tag"]["tag"])}

    def _fields(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, _page("fields", list(self.state.fields.values()), request.query_params)

    def _list(self, request: Request, body: Any) -> tuple[int, Any]:
        found = self.state.lists.get(request.path_params["id"])
        if found is None:
            raise Refused(404, "No Result found for Subscriber List")
        return 200, {"list": found}


def _page(name: str, found: list[Any], asked: Mapping[str, str]) -> dict[str, Any]:
    start = int(asked.get("offset", 0))
    return {name: found[start : start + _limit(asked)], "meta": {"total": str(len(found))}}


def _limit(asked: Mapping[str, str]) -> int:
    """How many of a page; twenty unless it is said."""
    return min(int(asked.get("limit", 20)), LARGEST_PAGE)
