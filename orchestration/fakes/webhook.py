"""A stand-in for a webhook of your own: checks signatures, knows its batches, tells its members."""

from __future__ import annotations

import json
from time import time
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from orchestration.fakes.fake import Fake
from orchestration.fakes.webhook_state import WebhookState, applied
from orchestration.lib.destinations.signing import HEADER, is_signed

PAGE = 1000


class FakeWebhook(Fake):
    """Takes batches. One that holds the address `state.poison` is refused as a whole."""

    kind = "webhook"
    prefix = "/segments"
    secret = "a-word-both-sides-know"
    state: WebhookState

    def __init__(self) -> None:
        super().__init__()
        self.state = WebhookState()

    def routes(self) -> list[Route]:
        return [
            Route("/", self._batch, methods=["POST"]),
            Route("/members", self._members),
            Route("/refusals", self._refusals),
            Route("/erasures", self._erasures, methods=["POST"]),
        ]

    def delete_half(self) -> None:
        for members in self.state.segments.values():
            for email in list(members)[::2]:
                del members[email]

    def rename_field(self) -> None:
        for members in self.state.segments.values():
            for member in members.values():
                fields = member["fields"]
                member["fields"] = {f"old_{name}": cell for name, cell in fields.items()}

    async def _batch(self, request: Request) -> Response:
        content = await request.body()
        if not self._is_signed(request, content):
            return JSONResponse({"error": "the signature does not fit"}, 401)
        body, state = json.loads(content), self.state
        key = request.headers.get("idempotency-key", "")
        if key in state.batches:
            return JSONResponse({"error": "known already"}, 409)
        changes = body["changes"]
        if state.poison and any(change["email"] == state.poison for change in changes):
            return JSONResponse({"error": f"cannot take {state.poison}"}, 422)
        is_partial = self.faults.take(f"POST {request.url.path}", "partial_success") is not None
        members = state.segments.setdefault(body["segment_id"], {})
        results = []
        for number, change in enumerate(changes):
            if is_partial and number % 2:
                results.append({"id": change["id"], "status": "retry", "error": "busy"})
            else:
                results.append(applied(members, change))
        if not is_partial:
            state.batches.add(key)
        return (
            JSONResponse({"results": results}) if state.tells_results else Response(status_code=204)
        )

    async def _members(self, request: Request) -> Response:
        if not self._is_signed(request, b""):
            return JSONResponse({"error": "the signature does not fit"}, 401)
        if not self.state.tells_members:
            return JSONResponse({"error": "not offered"}, 404)
        members = self.state.segments.get(request.query_params["segment_id"], {})
        return _page(request, "members", list(members.values()))

    async def _refusals(self, request: Request) -> Response:
        if not self.state.tells_members:
            return JSONResponse({"error": "not offered"}, 404)
        since = request.query_params.get("since", "")
        found = [one for one in self.state.refusals if one["happened_at"] >= since]
        return _page(request, "refusals", found)

    async def _erasures(self, request: Request) -> Response:
        content = await request.body()
        if not self._is_signed(request, content):
            return JSONResponse({"error": "the signature does not fit"}, 401)
        if not self.state.takes_erasures:
            return JSONResponse({"error": "not offered"}, 404)
        email = json.loads(content)["email"].lower()
        told = [members.pop(email, None) for members in self.state.segments.values()]
        return JSONResponse({"found": any(told)})

    def _is_signed(self, request: Request, content: bytes) -> bool:
        return is_signed(self.secret, content, request.headers.get(HEADER, ""), now=time())


def _page(request: Request, name: str, items: list[Any]) -> Response:
    start = int(request.query_params.get("after", 0))
    end = start + PAGE
    return JSONResponse({name: items[start:end], "next": str(end) if end < len(items) else None})
