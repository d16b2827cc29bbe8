"""The core of all destinations: what is tried again, what is left in doubt, what an error tells."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import ClassVar

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import Fault, Kind
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import (
    DestinationError,
    DestinationRow,
    UnknownOutcomeError,
)
from orchestration.lib.destinations.http import ATTEMPTS, Http
from orchestration.lib.destinations.pace import Pace
from orchestration.lib.destinations.waiting import asked_wait
from tests.destinations.waits import IMPATIENT_SECONDS, PATIENT_SECONDS

SECRET = "a-very-secret-word"


@dataclass
class Notes:
    """What was written."""

    written: list[object] = field(default_factory=list)
    answered: int = 0


class Notebook(Fake):
    """Keeps what is posted."""

    kind = "notebook"
    prefix = "/v1"
    secret: ClassVar[str] = SECRET

    def __init__(self) -> None:
        super().__init__()
        self.state = Notes()

    def routes(self) -> list[Route]:
        return [
            Route("/notes", self.write, methods=["POST", "PUT"]),
            Route("/notes", self.read),
            Route("/says/{text:path}", self.says, methods=["POST"]),
            Route("/elsewhere", lambda request: RedirectResponse("https://example.com")),
        ]

    async def write(self, request: Request) -> Response:
        self.state.written.append(await request.json())
        return JSONResponse({"written": len(self.state.written)})

    async def read(self, request: Request) -> Response:
        return JSONResponse({"notes": self.state.written})

    async def says(self, request: Request) -> Response:
        return JSONResponse({"detail": request.path_params["text"]}, 422)


@pytest.fixture
def notebook() -> Iterator[Running]:
    with running(Notebook()) as fake:
        yield fake


def core(notebook: Running, *, seconds: float = PATIENT_SECONDS, **settings: object) -> Http:
    row = DestinationRow(
        destination="notebook",
        kind="webhook",
        base_url=notebook.base_url,
        requests_per_second=1000.0,
        timeout_seconds=seconds,
    )
    return Http(row, secret=SECRET, headers={"Authorization": f"Bearer {SECRET}"}, **settings)  # type: ignore[arg-type]


def written(notebook: Running) -> list[object]:
    return notebook.fake.state.written


@pytest.mark.parametrize("kind", ["too_many", "server_error", "token_expired"])
def test_a_passing_fault_is_waited_for(notebook: Running, waits: list[float], kind: Kind) -> None:
    notebook.fake.faults.switch(kind, times=2 if kind != "token_expired" else 1)
    http = core(notebook, renew=lambda: {"Authorization": "Bearer new"})
    assert http.call("POST", "/notes", payload="one").body == {"written": 1}
    assert written(notebook) == ["one"]
    assert waits == ([] if kind == "token_expired" else [1.0, 2.0])


def test_retry_after_is_kept_to(notebook: Running, waits: list[float]) -> None:
    notebook.fake.faults.switch("too_many", seconds=7)
    core(notebook).call("POST", "/notes", payload="one")
    assert waits == [7.0]


def test_nobody_waits_for_an_hour(notebook: Running, waits: list[float]) -> None:
    notebook.fake.faults.switch("too_many", seconds=3600, times=None)
    with pytest.raises(DestinationError, match="asks to wait 3600 seconds"):
        core(notebook).call("POST", "/notes", payload="one")
    assert waits == [] and written(notebook) == []


def test_tries_are_bounded_and_nothing_was_sent(notebook: Running, waits: list[float]) -> None:
    notebook.fake.faults.switch("too_many", times=None)
    with pytest.raises(DestinationError, match="busy"):
        core(notebook).call("POST", "/notes", payload="one")
    assert len(waits) == ATTEMPTS - 1 and written(notebook) == []


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip"])
def test_silence_after_a_write_is_left_in_doubt(
    notebook: Running, waits: list[float], kind: Kind
) -> None:
    notebook.fake.faults.switch(kind)
    with pytest.raises(UnknownOutcomeError):
        core(notebook, seconds=IMPATIENT_SECONDS).call("POST", "/notes", payload="one")
    assert waits == [] and len(notebook.fake.calls) == 1
    assert written(notebook) == ([] if kind == "timeout_before" else ["one"])


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after", "cut_after", "slow_drip"])
def test_silence_after_a_question_is_asked_again(
    notebook: Running, waits: list[float], kind: Kind
) -> None:
    notebook.fake.faults.switch(kind)
    assert core(notebook, seconds=IMPATIENT_SECONDS).call("GET", "/notes").body == {"notes": []}


def test_a_tool_that_breaks_after_the_write_is_asked_again_or_left_in_doubt(
    notebook: Running, waits: list[float]
) -> None:
    notebook.fake.faults.switch("broken_after", status=502)
    core(notebook).call("PUT", "/notes", payload="one")
    assert written(notebook) == ["one", "one"]
    notebook.fake.faults.switch("broken_after", status=502)
    with pytest.raises(UnknownOutcomeError):
        core(notebook).call("POST", "/notes", payload="two", is_repeatable=False)
    notebook.fake.faults.switch("broken_after", status=502, times=None)
    with pytest.raises(UnknownOutcomeError):
        core(notebook).call("PUT", "/notes", payload="three")


def test_a_page_for_people_is_no_answer(notebook: Running, waits: list[float]) -> None:
    notebook.fake.faults.switch("not_json", times=2)
    with pytest.raises(UnknownOutcomeError, match="no JSON"):
        core(notebook).call("POST", "/notes", payload="one")
    with pytest.raises(DestinationError, match="Please log in"):
        core(notebook).call("GET", "/notes")


def test_nobody_answers(waits: list[float]) -> None:
    with running(Notebook()) as gone:
        http = core(gone)
    with pytest.raises(DestinationError, match="cannot be reached"):
        http.call("POST", "/notes", payload="one")
    assert len(waits) == ATTEMPTS - 1


def test_redirects_and_links_elsewhere_are_not_followed(notebook: Running) -> None:
    with pytest.raises(DestinationError, match="307"):
        core(notebook).call("GET", "/elsewhere")
    with pytest.raises(DestinationError, match="another host"):
        core(notebook).call("GET", "https://example.com/next")
    with pytest.raises(DestinationError, match="control characters"):
        core(notebook).call("GET", "/notes\r\nX: y")
    assert core(notebook).call("GET", f"{notebook.base_url}/notes").status == 200


def test_errors_name_nobody_and_no_secret(
    notebook: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    people = ("ann+tag@example.com", '"ann lee"@example.com', "ünï@exämple.de", "ann%40example.com")
    for text in (*people, SECRET, "9f86d081884c7d659a2feaa0c55ad015", "a%E2%80%AEb%1Bc"):
        with pytest.raises(DestinationError) as raised:
            core(notebook).call("POST", f"/says/{text}", payload={})
        told = f"{raised.value} {caplog.text}"
        assert not [bad for bad in ("ann", "ünï", SECRET, "9f86", "\x1b") if bad in told], told


def test_any_text_can_be_sent(notebook: Running) -> None:
    hostile = [
        "\ud800",
        "\x00\x1b",
        "\u202eevil",
        "=cmd|' /C calc'!A0",
        "Robert'); drop table x;--",
    ]
    core(notebook).call("POST", "/notes", payload=hostile)
    assert written(notebook) == [hostile]


def test_calls_keep_their_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [100.0], []
    monkeypatch.setattr("orchestration.lib.destinations.pace.monotonic", lambda: now[0])
    monkeypatch.setattr("orchestration.lib.destinations.pace.sleep", slept.append)
    pace = Pace(4.0)
    pace.wait()
    pace.wait()
    assert slept == [0.25]
    now[0] = 200.0
    pace.heed({"ratelimit-remaining": "0", "ratelimit-reset": "3"})
    pace.wait()
    pace.heed({"x-hubspot-ratelimit-remaining": "12"})
    assert slept == [0.25, 3.0]


def test_a_date_to_come_back_is_read_by_the_tools_own_clock() -> None:
    headers = {
        "date": format_datetime(datetime(2001, 1, 1, 12, 0, 0, tzinfo=UTC), usegmt=True),
        "retry-after": format_datetime(datetime(2001, 1, 1, 12, 0, 9, tzinfo=UTC), usegmt=True),
    }
    assert asked_wait(headers) == 9.0
    assert asked_wait({"retry-after": "soon"}) is None and asked_wait({}) is None
    assert asked_wait({"retry-after": "-5"}) == 0.0 and asked_wait({"retry-after": "nan"}) is None


def test_faults_are_switched_over_http(notebook: Running, waits: list[float]) -> None:
    switchboard = f"{notebook.base_url.removesuffix('/v1')}/_faults"
    with httpx.Client(trust_env=False) as client:
        faults = [{"kind": "too_many", "times": 1, "where": "POST /v1/notes"}]
        assert client.put(switchboard, json=faults).json()[0]["kind"] == "too_many"
        assert client.put(switchboard, json=[{"kind": "fire"}]).status_code == 400
        core(notebook).call("POST", "/notes", payload="one")
        assert client.get(switchboard).json() == []
    assert waits == [1.0]


def test_a_fault_hits_what_it_names() -> None:
    fault = Fault(kind="too_many", where="^POST .*/notes$", times=1)
    assert fault.concerns("POST /v1/notes") and not fault.concerns("GET /v1/notes")
