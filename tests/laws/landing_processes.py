"""Processes that land files and may be killed; they start with everything imported."""

from __future__ import annotations

import os
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.running.decided import finish_decided
from orchestration.lib.settings import Settings

SERVER = get_context("forkserver")
SERVER.set_forkserver_preload([__name__, "tests.laws.landing_preload"])


def land(home: Path, fail_at: str) -> None:
    """Land whatever waits in a home, as a run does; ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    settings = Settings(home=home)
    with open_home(settings) as connection:
        finish_decided(connection, settings)
        ingest(settings, connection, still_seconds=0)


def landing(settings: Settings, *, fail_at: str = "") -> ForkServerProcess:
    """A process of its own that has begun to land."""
    process = SERVER.Process(target=land, args=(settings.home, fail_at))
    process.start()
    return process


def exit_code(process: ForkServerProcess) -> int | None:
    """How the process ended; a negative number is the signal that ended it."""
    process.join(timeout=300)
    return process.exitcode
