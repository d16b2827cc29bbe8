"""Faults a fake can be told to have, by a test or by `PUT /_faults`, for some calls or for all."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Kind = Literal[
    "too_many",  # 429 before the write; `seconds` is its Retry-After, none without
    "server_error",  # `status` before the write
    "broken_after",  # `status` after the write
    "timeout_before",  # silence, nothing written
    "timeout_after",  # written, then silence
    "cut_after",  # written, then half an answer and the line is cut
    "slow_drip",  # written, then the answer comes a byte every `seconds`
    "not_json",  # 200 and a page for people, nothing written
    "nothing_applied",  # answers as if written, nothing written
    "token_expired",  # 401 before the write, as the tool says it
    "same_page",  # the page that was answered first comes again, whatever page is asked for
    "partial_success",  # every second item of a batch is refused
    "delete_half",  # at once: every second member is gone
    "rename_field",  # at once: a field has another name
]
AT_ONCE = ("delete_half", "rename_field")
SILENCE_SECONDS = 20.0
DRIP_SECONDS = 0.5
FAULTS_PATH = "/_faults"


@dataclass(kw_only=True)
class Fault:
    """One fault: for the next `times` calls whose "METHOD /path" matches `where`; None for all."""

    kind: Kind
    times: int | None = 1
    where: str = ""
    seconds: float | None = None
    status: int = 500

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"no fault '{self.kind}'; there are {', '.join(get_args(Kind))}")
        re.compile(self.where)

    def concerns(self, call: str) -> bool:
        """Whether a call, as "METHOD /path", is hit; it is not counted yet."""
        return self.times != 0 and re.search(self.where, call) is not None


@dataclass
class Faults:
    """The faults that are switched on, in the order in which they are looked for."""

    active: list[Fault] = field(default_factory=list)

    def switch(self, kind: Kind, **how: Any) -> None:
        """Switch one on, beside those that are."""
        self.active.append(Fault(kind=kind, **how))

    def clear(self) -> None:
        """Switch all off."""
        self.active.clear()

    def take(self, call: str, *kinds: Kind) -> Fault | None:
        """The first fault of `kinds` that hits a call, counted as used; None for none."""
        for fault in self.active:
            if fault.kind in kinds and fault.concerns(call):
                fault.times = None if fault.times is None else fault.times - 1
                return fault
        return None

    def told(self) -> list[dict[str, Any]]:
        """Those that have calls left, as JSON."""
        return [asdict(fault) for fault in self.active if fault.times != 0]


def read_faults(value: Any) -> list[Fault]:
    """Faults of a JSON list of objects; raises ValueError saying what is wrong with it."""
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise ValueError('give a list, such as [{"kind": "too_many", "times": 2}]')
    try:
        return [Fault(**one) for one in value]
    except (TypeError, re.error) as error:
        raise ValueError(str(error)) from None


async def silence(receive: Any, seconds: float) -> None:
    """Wait until the caller has hung up, for a while at most."""

    async def hung_up() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(hung_up(), seconds)
    except TimeoutError:
        return
