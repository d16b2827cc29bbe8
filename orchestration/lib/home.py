"""Opens a home: folders, layout version, the one-run lock, and the warehouse."""

from __future__ import annotations

import fcntl
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.lib.backup.swapping import finish_restore, restore_waits
from orchestration.lib.errors import HomeBusyError, HomeError
from orchestration.lib.lock_file import open_lock, take_lock
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

HOME_VERSION = 1
Say = Callable[[str], None]
log = logging.getLogger("touchline")


@contextmanager
def open_home(settings: Settings, *, say: Say = log.warning) -> Iterator[duckdb.DuckDBPyConnection]:
    """A prepared home under the one-run lock, with its warehouse open; raises HomeError."""
    prepare_home(settings, say=say)
    with run_lock(settings):
        connection = open_warehouse(settings, say=say)
        try:
            yield connection
        finally:
            connection.close()


def prepare_home(settings: Settings, *, say: Say = log.warning) -> None:
    """Create what is missing and check the layout version; raises HomeError."""
    existed = settings.home.is_dir()
    folders = [settings.rules, settings.published, settings.outbox, settings.state, settings.temp]
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        if not settings.landing.is_dir():
            settings.landing.mkdir()
            what = "the landing folder was missing" if existed else "a new home"
            say(f"{what}: made {settings.landing}")
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
        _check_version(settings, say=say)
        _check_writable(settings.home)
    except OSError as error:
        raise HomeError(
            f"the home cannot be written: {error.strerror}",
            str(error.filename or settings.home),
            "give this user the right to write there, or set TOUCHLINE_HOME to another folder",
        ) from None


@contextmanager
def run_lock(settings: Settings) -> Iterator[None]:
    """Hold the home against a second run; raises HomeBusyError naming the process that has it.

    Who only reads holds it for seconds and leaves no name; that is waited for. A restore that was
    killed half-way is finished first.
    """
    handle = open_lock(settings)
    try:
        take_lock(settings, handle, fcntl.LOCK_EX)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        finish_restore(settings)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


@contextmanager
def read_lock(settings: Settings) -> Iterator[None]:
    """Keep runs off while something is read that a run would change; other readers are welcome.

    Raises HomeBusyError while a run has the home.
    """
    if restore_waits(settings):
        # whoever takes the lock of a run finishes it
        with run_lock(settings):
            pass
    handle = open_lock(settings)
    try:
        take_lock(settings, handle, fcntl.LOCK_SH)
        os.ftruncate(handle, 0)
        yield
    finally:
        os.close(handle)


def open_warehouse(settings: Settings, *, say: Say = log.warning) -> duckdb.DuckDBPyConnection:
    """The warehouse, ready to write; a broken file is moved aside and a new one begun."""
    connection = _connect(settings.warehouse, say=say)
    settings.temp.mkdir(parents=True, exist_ok=True)
    connection.execute("set global timezone = 'UTC'")
    connection.execute(f"set memory_limit = '{settings.memory_limit}'")
    connection.execute(f"set temp_directory = {value(settings.temp)}")
    connection.execute(f"set threads = {settings.threads}")
    # a checkpoint after every 16 MB, which is the default, would take most of the time of a landing
    connection.execute("set checkpoint_threshold = '512MB'")
    return connection


def _connect(path: Path, *, say: Say) -> duckdb.DuckDBPyConnection:
    """A connection to `path`; raises HomeError when the file is fine but cannot be had."""
    try:
        return _connect_and_look(path)
    except duckdb.Error as error:
        text = str(error)
        if "lock" in text and (holder := re.search(r"PID (\d+)", text)):
            raise HomeBusyError(
                f"another program has the warehouse open (process {holder[1]})",
                str(path),
                "close it and run again",
            ) from None
        if "version number" in text or not os.access(path, os.R_OK | os.W_OK):
            raise HomeError(
                f"the warehouse cannot be opened: {text.splitlines()[0]}",
                str(path),
                "use the DuckDB version that wrote it, and a user who may write it",
            ) from None
        aside = _set_aside(path)
    say(
        f"the warehouse was damaged: moved to {aside}, nothing deleted; "
        "a new one is built from the landing folder"
    )
    return _connect_and_look(path)


def _connect_and_look(path: Path) -> duckdb.DuckDBPyConnection:
    """Open `path` and read its list of tables, so that damage shows now and not mid-run."""
    connection = duckdb.connect(str(path))
    connection.execute("select count(*) from duckdb_tables()").fetchone()
    return connection


def _set_aside(path: Path) -> Path:
    """Rename the database and its write-ahead log together; returns the database's new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    log_file = path.with_name(f"{path.name}.wal")
    if log_file.exists():
        log_file.rename(aside.with_name(f"{aside.name}.wal"))
    path.rename(aside)
    return aside


def _check_version(settings: Settings, *, say: Say) -> None:
    """Write, accept or refuse the layout version of the home."""
    path = settings.version_file
    text = path.read_text().strip() if path.exists() else ""
    if text and not text.isdigit():
        raise HomeError(f"'{text}' is not a version", str(path), "delete the file and run again")
    found = int(text) if text else HOME_VERSION
    if found > HOME_VERSION:
        raise HomeError(
            f"this home was made by a newer Touchline (layout {found}, known {HOME_VERSION})",
            str(path),
            "update Touchline, or use another home",
        )
    if found < HOME_VERSION:
        say(f"home brought from layout {found} to {HOME_VERSION}")
    if text != str(HOME_VERSION):
        path.write_text(f"{HOME_VERSION}\n")


def _check_writable(folder: Path) -> None:
    """Raise OSError when a file cannot be made in `folder`."""
    probe = folder / ".touchline-probe"
    probe.touch()
    probe.unlink()
