"""A HubSpot account on this machine: contacts, properties, lists, search, limits, errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import Fault
from orchestration.fakes.hubspot_batches import BATCH, batch_of, inputs_of
from orchestration.fakes.hubspot_contacts import Contacts, Refused, search
from orchestration.fakes.hubspot_lists import Lists
from orchestration.fakes.hubspot_subscriptions import Subscriptions

WINDOW_SECONDS = 10.0
PER_WINDOW = 190
PER_DAY = 625_000


@dataclass
class HubspotState:
    """All that an account knows."""

    contacts: Contacts = field(default_factory=Contacts)
    lists: Lists = field(default_factory=Lists)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)


class FakeHubspot(Fake):
    """An account on a paid plan; every path exists under the dated version and under v3."""

    kind = "hubspot"
    account = "4711"
    secret: ClassVar[str] = "pat-fake-token"
    state: HubspotState

    def __init__(self) -> None:
        super().__init__()
        self.state = HubspotState()
        self.calls_left_today = PER_DAY
        self.per_window = PER_WINDOW
        self._window: list[float] = []

    def routes(self) -> list[BaseRoute]:
        """Paths below api.hubapi.com."""
        lists = ("/crm/lists/2026-03", "/crm/v3/lists")
        contacts = ("/crm/objects/2026-03/contacts", "/crm/v3/objects/contacts")
        properties = ("/crm/properties/2026-03/contacts", "/crm/v3/properties/contacts")
        account = ("/account-info/2026-03/details", "/account-info/v3/details")
        statuses = tuple(f"/communication-preferences/{one}/statuses" for one in ("2026-03", "v4"))
        told: list[tuple[tuple[str, ...], str, str, Callable[..., Any]]] = [
            (account, "", "GET", self._details),
            (properties, "", "GET", self._properties),
            (contacts, "/batch/upsert", "POST", self._upsert),
            (contacts, "/batch/read", "POST", self._read),
            (contacts, "/search", "POST", self._search),
            (contacts[1:], "/gdpr-delete", "POST", self._forget),
            (statuses, "/batch/read", "POST", partial(self._asked, "told")),
            (statuses, "/batch/unsubscribe-all/read", "POST", partial(self._asked, "told_wide")),
            (statuses, "/{email}", "GET", self._status),
            (statuses, "/{email}/unsubscribe-all", "GET", self._wide_status),
            (lists, "", "POST", self._make_list),
            (lists, "/object-type-id/0-1/name/{name}", "GET", self._list_by_name),
            (lists, "/records/memberships/batch/read", "POST", self._memberships),
            (lists, "/{list_id}/memberships/add", "PUT", self._add),
            (lists, "/{list_id}/memberships/remove", "PUT", self._remove),
            (lists, "/{list_id}/memberships/join-order", "GET", self._join_order),
        ]
        return [
            Route(f"{base}{path}", partial(self._answer, answer), methods=[method])
            for bases, path, method, answer in told
            for base in bases
        ]

    def limited(self, request: Request) -> Response | None:
        """429 beyond the calls of ten seconds, or of the day."""
        now = monotonic()
        self._window = [moment for moment in self._window if moment > now - WINDOW_SECONDS]
        if self.calls_left_today <= 0:
            return _refused(429, "You have reached your daily limit.", "RATE_LIMITS", "DAILY")
        if len(self._window) >= self.per_window:
            return self.too_many(Fault(kind="too_many"))
        self._window.append(now)
        self.calls_left_today -= 1
        return None

    def too_many(self, fault: Fault) -> Response:
        """Its 429 of ten seconds, which has no Retry-After."""
        said = "You have reached your ten_secondly_rolling limit."
        return _refused(429, said, "RATE_LIMITS", "TEN_SECONDLY_ROLLING")

    def token_expired(self) -> Response:
        """Its 401."""
        return _refused(401, "The token is expired.", "EXPIRED_AUTHENTICATION")

    def delete_half(self) -> None:
        """Every second membership of every list is gone."""
        for one in self.state.lists.by_id.values():
            one["members"] = dict(list(one["members"].items())[::2])

    def rename_field(self) -> None:
        """The last property that the account made itself has another name."""
        properties = self.state.contacts.properties
        name = list(properties)[-1]
        properties[f"{name}_renamed"] = properties.pop(name) | {"name": f"{name}_renamed"}

    async def _answer(self, answer: Callable[..., Any], request: Request) -> Response:
        """What a path answers, behind the token and with the headers of the limits."""
        if request.headers.get("authorization") != f"Bearer {self.secret}":
            return _refused(401, "Authentication credentials not found.", "INVALID_AUTHENTICATION")
        try:
            body = await request.json() if request.method in ("POST", "PUT") else None
            status, told = answer(request, body)
        except Refused as error:
            return _refused(error.status, error.message, error.category)
        response = Response(status_code=204) if status == 204 else JSONResponse(told, status)
        response.headers.update(
            {
                "X-HubSpot-RateLimit-Daily": str(PER_DAY),
                "X-HubSpot-RateLimit-Daily-Remaining": str(self.calls_left_today),
                "X-HubSpot-RateLimit-Interval-Milliseconds": str(round(WINDOW_SECONDS * 1000)),
                "X-HubSpot-RateLimit-Max": str(self.per_window),
                "X-HubSpot-RateLimit-Remaining": str(self.per_window - len(self._window)),
            }
        )
        return response

    def _forget(self, request: Request, body: Any) -> tuple[int, Any]:
        """Nobody of the address is answered alike: it is blocked either way."""
        record = self.state.contacts.forget(
            str(body["objectId"]), by_email=body.get("idProperty") == "email"
        )
        for one in self.state.lists.by_id.values():
            one["members"].pop(record, None)
        return 204, None

    def _details(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, {"portalId": int(self.account or 0), "timeZone": "Europe/Berlin"}

    def _properties(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, {"results": list(self.state.contacts.properties.values())}

    def _upsert(self, request: Request, body: Any) -> tuple[int, Any]:
        is_partial = self.faults.take(f"{request.method} {request.url.path}", "partial_success")
        results, errors = [], []
        for number, one in enumerate(inputs_of(body)):
            try:
                if is_partial and number % 2:
                    raise Refused("internal error", category="INTERNAL_ERROR")
                results.append(self.state.contacts.upsert(one))
            except Refused as error:
                errors.append(error.told(one))
        return batch_of(results, errors)

    def _read(self, request: Request, body: Any) -> tuple[int, Any]:
        contacts, results, missing = self.state.contacts, [], []
        for one in inputs_of(body):
            found = contacts.find(str(one["id"]), by_email=body.get("idProperty") == "email")
            (results if found else missing).append(found or str(one["id"]))
        wanted = body.get("properties") or []
        errors = [Refused.not_found(missing)] if missing else []
        return batch_of([contacts.told(one, wanted) for one in results], errors)

    def _search(self, request: Request, body: Any) -> tuple[int, Any]:
        found, total = search(self.state.contacts, body)
        return 200, {"total": total, "results": found}

    def _asked(self, told: str, request: Request, body: Any) -> tuple[int, Any]:
        """A batch of addresses; of the wide statuses, those alone that have one."""
        if not self.state.subscriptions.is_enterprise:
            raise Refused("the batch scopes are missing", category="MISSING_SCOPES", status=403)
        _require_mail(request)
        is_partial = self.faults.take(f"{request.method} {request.url.path}", "partial_success")
        inputs = inputs_of({"inputs": [{"id": email} for email in body["inputs"]]})
        results, errors = [], []
        for number, one in enumerate(inputs):
            try:
                if is_partial and number % 2:
                    raise Refused("internal error", category="INTERNAL_ERROR")
                results.append(getattr(self.state.subscriptions, told)(one["id"]))
            except Refused as error:
                errors.append(error.told(one))
        return batch_of([one for one in results if one.get("wideStatuses") != []], errors)

    def _status(self, request: Request, body: Any) -> tuple[int, Any]:
        _require_mail(request)
        told = self.state.subscriptions.told(request.path_params["email"])
        return batch_of(told["statuses"], [])

    def _wide_status(self, request: Request, body: Any) -> tuple[int, Any]:
        _require_mail(request)
        told = self.state.subscriptions.told_wide(request.path_params["email"])
        is_verbose = request.query_params.get("verbose") == "true"
        return batch_of(told["wideStatuses"] if is_verbose else [], [])

    def _make_list(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, {"list": self.state.lists.make(body["name"], body["processingType"])}

    def _list_by_name(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, {"list": self.state.lists.named(request.path_params["name"])}

    def _memberships(self, request: Request, body: Any) -> tuple[int, Any]:
        told = [self.state.lists.places(one["recordId"]) for one in inputs_of(body)]
        return 200, {"status": "COMPLETE", "results": told}

    def _add(self, request: Request, body: Any) -> tuple[int, Any]:
        known = self.state.contacts.by_id
        return 200, self.state.lists.add(request.path_params["list_id"], body, known=known)

    def _remove(self, request: Request, body: Any) -> tuple[int, Any]:
        return 200, self.state.lists.remove(request.path_params["list_id"], body)

    def _join_order(self, request: Request, body: Any) -> tuple[int, Any]:
        asked = request.query_params
        limit, after = int(asked.get("limit", BATCH)), asked.get("after")
        return 200, self.state.lists.page(request.path_params["list_id"], after, limit)


def _require_mail(request: Request) -> None:
    if request.query_params.get("channel") != "EMAIL":
        raise Refused("channel must be EMAIL")


def _refused(status: int, message: str, category: str, policy: str | None = None) -> Response:
    told = {
        "status": "error",
        "message": message,
        "category": category,
        "correlationId": "00000000-0000-0000-0000-000000000000",
    }
    return JSONResponse(told | ({"policyName": policy} if policy else {}), status)
