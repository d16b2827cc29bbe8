"""What every fake is made of: data, routes over it, limits, faults, and a log of its calls."""

from __future__ import annotations

from typing import Any, ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from orchestration.fakes.calls import Call
from orchestration.fakes.faults import AT_ONCE, Fault, Faults


class Fake:
    """What every fake has: routes over a `state` that is nothing but data, faults, and a log.

    A fake sets the class variables, makes its state, and answers; `prefix` is what its base_url
    has after the host. Only what is in `state` is undone by the fault nothing_applied.
    """

    kind: ClassVar[str]
    prefix: ClassVar[str] = ""
    account: ClassVar[str | None] = None
    secret: ClassVar[str]
    state: Any

    def __init__(self) -> None:
        self.faults = Faults()
        self.calls: list[Call] = []
        self.open_calls = 0

    def routes(self) -> list[BaseRoute]:
        """Its paths below the prefix."""
        raise NotImplementedError

    def limited(self, request: Request) -> Response | None:
        """The answer of the tool's own limits to a call, None within them."""
        return None

    def too_many(self, fault: Fault) -> Response:
        """Its 429; a fake whose tool says more overrides it."""
        headers = {} if fault.seconds is None else {"Retry-After": f"{fault.seconds:g}"}
        return JSONResponse({"message": "Too many requests"}, 429, headers)

    def token_expired(self) -> Response:
        """Its 401."""
        return JSONResponse({"message": "The token has expired"}, 401)

    def delete_half(self) -> None:
        """Lose every second member, as a person in the tool may make it."""
        raise NotImplementedError

    def rename_field(self) -> None:
        """Give a field another name, as a person in the tool may."""
        raise NotImplementedError

    def switch(self, faults: list[Fault]) -> None:
        """Have these faults and no others; those that act at once do so."""
        for fault in faults:
            if fault.kind in AT_ONCE:
                getattr(self, fault.kind)()
        self.faults.active = [fault for fault in faults if fault.kind not in AT_ONCE]
