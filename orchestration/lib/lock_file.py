"""The lock file of a home: opening it, taking it, and asking who has it."""

from __future__ import annotations

import fcntl
import os
from time import monotonic, sleep

from orchestration.lib.errors import HomeBusyError, HomeError
from orchestration.lib.settings import Settings

READERS_TAKE_SECONDS = 60


def open_lock(settings: Settings) -> int:
    """A handle of the lock file; raises HomeError where there is no home to lock."""
    try:
        return os.open(settings.lock, os.O_RDWR | os.O_CREAT, 0o640)
    except FileNotFoundError:
        raise HomeError(
            "there is no home here",
            str(settings.home),
            "set TOUCHLINE_HOME to one, or begin one there: `touchline run`",
        ) from None


def take_lock(settings: Settings, handle: int, kind: int) -> None:
    """Lock the open lock file, waiting for readers; raises HomeBusyError while a run holds it."""
    give_up = monotonic() + READERS_TAKE_SECONDS
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            holder = os.pread(handle, 32, 0).decode(errors="replace").strip()
        if holder or monotonic() > give_up:
            raise HomeBusyError(
                f"another run is using this home (process {holder or 'unknown'})",
                str(settings.lock),
                "wait until it is done; a run that was killed leaves no lock behind",
            )
        sleep(0.1)


def run_under_way(settings: Settings) -> str | None:
    """The process that has the home for a run, or None; takes nothing and makes nothing."""
    if not settings.lock.exists():
        return None
    with settings.lock.open(encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return handle.read().strip() or "unknown"
    return None
