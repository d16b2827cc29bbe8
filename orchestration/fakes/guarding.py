"""A fake as an application: its tool behind its limits and the faults that are switched on."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from orchestration.fakes.calls import Call
from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import (
    DRIP_SECONDS,
    FAULTS_PATH,
    SILENCE_SECONDS,
    Fault,
    read_faults,
    silence,
)


def application(fake: Fake) -> _Guarded:
    """The fake as an ASGI application."""
    tool = Starlette(
        routes=[
            Route(FAULTS_PATH, _Switchboard(fake), methods=["GET", "PUT", "DELETE"]),
            Mount(fake.prefix, routes=fake.routes()),
        ]
    )
    return _Guarded(fake, tool)


class _Switchboard:
    """Shows and switches the faults of a fake."""

    def __init__(self, fake: Fake) -> None:
        self.fake = fake

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        status = 200
        answer: Any = None
        if request.method == "PUT":
            try:
                self.fake.switch(read_faults(await request.json()))
            except ValueError as error:
                status, answer = 400, {"error": str(error)}
        elif request.method == "DELETE":
            self.fake.faults.clear()
        await JSONResponse(answer or self.fake.faults.told(), status)(scope, receive, send)


class _Guarded:
    """The tool behind its limits and faults."""

    def __init__(self, fake: Fake, tool: Starlette) -> None:
        self.fake = fake
        self.tool = tool
        self._pages: dict[str, list[dict[str, Any]]] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == FAULTS_PATH:
            await self.tool(scope, receive, send)
            return
        self.fake.open_calls += 1
        try:
            await self._answer(scope, receive, send)
        finally:
            self.fake.open_calls -= 1

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        fake, request = self.fake, Request(scope, receive)
        body = await request.body()
        headers = dict(request.headers)
        fake.calls.append(
            Call(method=request.method, path=request.url.path, headers=headers, body=body)
        )
        call = f"{request.method} {request.url.path}"
        fault = fake.faults.take(call, "timeout_before")
        if fault:
            await silence(receive, fault.seconds or SILENCE_SECONDS)
            return
        early = self._early(request, call)
        if early:
            await early(scope, receive, send)
            return
        undone = fake.faults.take(call, "nothing_applied")
        before = deepcopy(fake.state) if undone else None
        # a mounted prefix wants its slash, which a base_url does not have
        path = f"{fake.prefix}/" if scope["path"] == fake.prefix else scope["path"]
        same = fake.faults.take(call, "same_page")
        sent = self._pages.get(same.where) if same else None
        sent = sent or await _collected(self.tool, {**scope, "path": path}, body)
        if same:
            self._pages[same.where] = sent
        if undone:
            fake.state = before
        late = fake.faults.take(call, "timeout_after", "cut_after", "slow_drip", "broken_after")
        await _sent_on(sent, late, receive, send)

    def _early(self, request: Request, call: str) -> Response | None:
        """What is answered instead of the tool, before anything is written."""
        fake = self.fake
        fault = fake.faults.take(call, "too_many", "server_error", "not_json", "token_expired")
        if fault is None:
            return fake.limited(request)
        if fault.kind == "too_many":
            return fake.too_many(fault)
        if fault.kind == "token_expired":
            return fake.token_expired()
        if fault.kind == "not_json":
            return Response("<html>Please log in</html>", 200, media_type="text/html")
        return Response("it broke", fault.status)


async def _collected(tool: Starlette, scope: Any, body: bytes) -> list[dict[str, Any]]:
    """What the tool sends in answer to a request whose body was read already."""
    sent: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await tool(scope, receive, send)
    return sent


async def _sent_on(
    sent: list[dict[str, Any]], fault: Fault | None, receive: Any, send: Any
) -> None:
    """Send the answer as the fault has it."""
    if fault is None:
        for message in sent:
            await send(message)
        return
    if fault.kind == "timeout_after":
        await silence(receive, fault.seconds or SILENCE_SECONDS)
        return
    start, body = sent[0], b"".join(message.get("body", b"") for message in sent[1:])
    if fault.kind == "broken_after":
        start, body = {**start, "status": fault.status, "headers": []}, b"it broke"
    await send(start if fault.kind != "cut_after" else _promising_more(start))
    for byte in body if fault.kind == "slow_drip" else b"":
        await send({"type": "http.response.body", "body": bytes([byte]), "more_body": True})
        await asyncio.sleep(fault.seconds or DRIP_SECONDS)
    rest = b"" if fault.kind == "slow_drip" else body
    await send({"type": "http.response.body", "body": rest, "more_body": False})


def _promising_more(start: dict[str, Any]) -> dict[str, Any]:
    """The start of an answer that will be shorter than it says, which cuts the line."""
    headers = [(name, value) for name, value in start["headers"] if name != b"content-length"]
    return {**start, "status": 200, "headers": [*headers, (b"content-length", b"100000")]}
