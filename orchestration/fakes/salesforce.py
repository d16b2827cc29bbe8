"""A Salesforce org on this machine: sessions, questions, collections of records, limits, errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import Fault
from orchestration.fakes.salesforce_org import BATCH, Org
from orchestration.fakes.soql import BadQuestionError, answered

PER_DAY = 100_000
PAGE = 2_000


class FakeSalesforce(Fake):
    """An org with contacts, leads and tasks; `expire` ends every session."""

    kind = "salesforce"
    account = "Contact.Touchline_Segments__c"
    secret: ClassVar[str] = "fake-app:fake-app-secret"
    state: Org

    def __init__(self) -> None:
        super().__init__()
        self.state = Org()
        self.tokens: list[str] = []
        self.calls_today = 0
        self.page = PAGE
        self._pages: dict[str, tuple[str, list[str], list[dict[str, Any]]]] = {}

    def routes(self) -> list[BaseRoute]:
        """Paths below the org's own domain, in any version."""
        told: list[tuple[str, str, Callable[..., Any]]] = [
            ("GET", "/query", self._query),
            ("GET", "/query/", self._query),
            ("GET", "/query/{cursor}", self._more),
            ("GET", "/sobjects/{kind}/describe", self._describe),
            ("POST", "/composite/sobjects", partial(self._collect, is_new=True)),
            ("PATCH", "/composite/sobjects", partial(self._collect, is_new=False)),
        ]
        data = "/services/data/{version}"
        return [
            Route("/services/oauth2/token", self._token, methods=["POST"]),
            *(
                Route(f"{data}{path}", partial(self._answer, answer), methods=[method])
                for method, path, answer in told
            ),
        ]

    def too_many(self, fault: Fault) -> Response:
        """An org does not say 429; it says that its servers are busy."""
        headers = {} if fault.seconds is None else {"Retry-After": f"{fault.seconds:g}"}
        return _refused(503, "SERVER_UNAVAILABLE", "Server Unavailable", headers)

    def token_expired(self) -> Response:
        """Its 401."""
        return _refused(401, "INVALID_SESSION_ID", "Session expired or invalid")

    def expire(self) -> None:
        """End every session, as an org does after some hours."""
        self.tokens.clear()

    def delete_half(self) -> None:
        """Every second record has lost its segments."""
        for record in list(self.state.tables["Contact"].values())[1::2]:
            record["Touchline_Segments__c"] = None

    def rename_field(self) -> None:
        """The contact's field of ours has another name."""
        fields = self.state.fields["Contact"]
        fields["Renamed__c"] = fields.pop("Journey_Stage__c") | {"name": "Renamed__c"}

    async def _token(self, request: Request) -> Response:
        """A session for the client credentials of the one connected app."""
        form = (await request.body()).decode()
        client_id, secret = self.secret.split(":")
        asked = f"grant_type=client_credentials&client_id={client_id}&client_secret={secret}"
        if form != asked:
            told = {"error": "invalid_client", "error_description": "invalid client credentials"}
            return JSONResponse(told, 400)
        self.tokens.append(f"00Dfake!{len(self.calls)}")
        base = str(request.base_url).rstrip("/")
        return JSONResponse({"access_token": self.tokens[-1], "instance_url": base})

    async def _answer(self, answer: Callable[..., Any], request: Request) -> Response:
        """What a path answers, behind the session and the limit of a day."""
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self.tokens:
            return self.token_expired()
        self.calls_today += 1
        headers = {"Sforce-Limit-Info": f"api-usage={self.calls_today}/{PER_DAY}"}
        if self.calls_today > PER_DAY:
            said = "TotalRequests Limit exceeded."
            return _refused(403, "REQUEST_LIMIT_EXCEEDED", said, headers)
        body = await request.json() if request.method in ("POST", "PATCH") else None
        try:
            return JSONResponse(answer(request, body), headers=headers)
        except BadQuestionError as error:
            return _refused(400, "MALFORMED_QUERY", str(error), headers)
        except LookupError as error:
            return _refused(404, "NOT_FOUND", str(error), headers)

    def _query(self, request: Request, body: Any) -> Any:
        kind, names, records = answered(
            request.query_params["q"], self.state.tables, self.state.fields
        )
        return self._told(request, kind, names, records)

    def _more(self, request: Request, body: Any) -> Any:
        return self._told(request, *self._pages[request.path_params["cursor"]])

    def _told(
        self, request: Request, kind: str, names: list[str], records: list[dict[str, Any]]
    ) -> Any:
        """A page of records, and where the next is."""
        version = request.path_params["version"]
        page, rest = records[: self.page], records[self.page :]
        told = {
            "totalSize": len(records),
            "done": not rest,
            "records": [
                {"attributes": {"type": kind}, **{name: one.get(name) for name in names}}
                for one in page
            ],
        }
        if rest:
            cursor = f"01g{len(self._pages)}"
            self._pages[cursor] = (kind, names, rest)
            told["nextRecordsUrl"] = f"/services/data/{version}/query/{cursor}"
        return told

    def _describe(self, request: Request, body: Any) -> Any:
        kind = request.path_params["kind"]
        return {"name": kind, "fields": list(self.state.fields[kind].values())}

    def _collect(self, request: Request, body: Any, *, is_new: bool) -> Any:
        if len(body["records"]) > BATCH:
            raise BadQuestionError(f"record limit reached: cannot submit more than {BATCH}")
        is_partial = self.faults.take(f"{request.method} {request.url.path}", "partial_success")
        return [
            self.state.locked()
            if is_partial and number % 2
            else self.state.write(record, is_new=is_new)
            for number, record in enumerate(body["records"])
        ]


def _refused(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    return JSONResponse([{"message": message, "errorCode": code}], status, headers)
