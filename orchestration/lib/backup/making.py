"""Copies a home to a folder while nothing else may write to it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.lib.backup.contents import (
    DATABASES,
    BackupError,
    BackupList,
    copy_file,
    files_of,
    write_list,
)
from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import sync_folder
from orchestration.lib.home import HOME_VERSION, run_lock
from orchestration.lib.publishing.versions import current_run_id
from orchestration.lib.settings import Settings


def make_backup(settings: Settings, folder: Path) -> BackupList:
    """Copy databases, state, rules, settings and the published version into a new folder.

    The folder appears when it is whole. Raises BackupError when it exists, HomeBusyError while a
    run is under way.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(
            "there is something in this folder", str(folder), "name a folder that is new or empty"
        )
    if folder.resolve().is_relative_to(settings.home):
        raise BackupError(
            "a backup inside its own home is lost with it", str(folder), "name another folder"
        )
    with run_lock(settings):
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        for name in DATABASES:
            _settle(settings.home / name)
        copied = {}
        for path in files_of(settings):
            copied[path.as_posix()] = copy_file(settings.home / path, part / path)
            failpoint("backup.mid_copy")
        content = BackupList(
            made_at=datetime.now(UTC).isoformat(),
            home_version=HOME_VERSION,
            run_id=current_run_id(settings),
            files=copied,
        )
        write_list(part, content)
        sync_folder(part)
        failpoint("backup.before_rename")
        part.replace(folder)
        sync_folder(folder.parent)
    return content


def _settle(database: Path) -> None:
    """Have everything in the file itself and nothing in a log beside it."""
    if not database.exists():
        return
    try:
        with duckdb.connect(str(database)) as connection:
            connection.execute("checkpoint")
    except duckdb.Error as error:
        raise BackupError(
            f"the database cannot be opened: {str(error).splitlines()[0]}",
            str(database),
            "close the program that has it open; a damaged one is repaired by `touchline run`",
        ) from None
    if database.with_name(f"{database.name}.wal").exists():
        raise BackupError("the database was not closed", str(database), "try again")
