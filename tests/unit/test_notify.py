"""Notifications: one message when runs start to fail, one when late, one when well again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from orchestration.lib import notify
from orchestration.lib.notify import check_lateness, run_ended
from orchestration.lib.settings import Settings

NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


class Hook(HTTPServer):
    """A webhook on this machine that keeps what it is told, and may refuse for a while."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[dict[str, str]] = []
        self.refusals = 0

    @property
    def states(self) -> list[str]:
        """The states told so far."""
        return [message["state"] for message in self.told]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["content-length"]))
        assert isinstance(self.server, Hook)
        refused = self.server.refusals > 0
        self.server.refusals -= refused
        if not refused:
            self.server.told.append(json.loads(content))
        self.send_response(503 if refused else 204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A running webhook."""
    server = Hook()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


@pytest.fixture
def told_home(tmp_path: Path, hook: Hook) -> Settings:
    """A home that tells the webhook."""
    return Settings(home=tmp_path, webhook_url=f"http://127.0.0.1:{hook.server_port}/hook")


def test_one_message_per_change(told_home: Settings, hook: Hook) -> None:
    for error in (None, "no space", "no space", "no space", None, None, "again", None):
        run_ended(told_home, error=error, now=NOW)
    assert hook.states == ["failing", "well", "failing", "well"]
    assert hook.told[0]["text"] == "no space"


def test_late_is_told_once_and_so_is_the_recovery(told_home: Settings, hook: Hook) -> None:
    run_ended(told_home, error=None, now=NOW)
    for hours in (1, 25, 27, 28, 40):
        check_lateness(told_home, now=NOW + timedelta(hours=hours))
    assert hook.states == ["late"]
    run_ended(told_home, error=None, now=NOW + timedelta(hours=41))
    assert hook.states == ["late", "well"]


def test_a_home_that_never_ran_is_not_late(told_home: Settings, hook: Hook) -> None:
    assert check_lateness(told_home, now=NOW) == "well"
    assert hook.told == []


def test_a_refusing_webhook_is_tried_again(
    told_home: Settings, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook.refusals = notify.ATTEMPTS - 1
    run_ended(told_home, error="no space", now=NOW)
    assert hook.states == ["failing"]


def test_a_dead_webhook_fails_no_run_and_is_told_next_time(
    told_home: Settings, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "ATTEMPTS", 1)
    dead = replace(told_home, webhook_url="http://127.0.0.1:9/hook")
    assert run_ended(dead, error="no space", now=NOW) == "failing"
    run_ended(told_home, error="no space", now=NOW)
    assert hook.states == ["failing"]
