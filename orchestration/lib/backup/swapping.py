"""Puts restored files in the place of the old ones, a step at a time; a killed swap is finished."""

from __future__ import annotations

import shutil
from pathlib import Path

from orchestration.lib.backup.contents import (
    DATABASES,
    FILES,
    FOLDERS,
    LIST,
    PUBLISHED,
    read_list,
)
from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import sync_folder
from orchestration.lib.publishing.versions import switch
from orchestration.lib.settings import Settings

WAITING = ".restoring"
OLD = ".replaced"
# A log goes before its database: it would be replayed into whatever has the name.
_NAMES = (
    *(name for database in DATABASES for name in (f"{database}.wal", database)),
    *FOLDERS,
    *FILES,
)


def restore_waits(settings: Settings) -> bool:
    """Whether a swap was prepared and not finished."""
    return (settings.home / WAITING / LIST).exists()


def finish_restore(settings: Settings) -> bool:
    """Finish a swap that was prepared, if there is one; the caller holds the home's lock."""
    waiting, old = settings.home / WAITING, settings.home / OLD
    if not restore_waits(settings):
        return False
    run_id = read_list(waiting).run_id
    old.mkdir(exist_ok=True)
    for name in _NAMES:
        _swap(settings.home / name, waiting / name, old / name, belongs=_belongs(waiting, name))
        failpoint(f"restore.swapped {name}")
    _publish(settings, waiting, run_id)
    sync_folder(settings.home)
    failpoint("restore.before_end")
    (waiting / LIST).unlink()
    shutil.rmtree(waiting)
    shutil.rmtree(old)
    return True


def _belongs(waiting: Path, name: str) -> bool:
    """Whether the backup has something of that name, moved already or not."""
    return any(Path(path).parts[0] == name for path in read_list(waiting).files)


def _swap(place: Path, new: Path, old: Path, *, belongs: bool) -> None:
    """Move the old thing aside and the new one in; does nothing where that is done."""
    if place.exists() and (new.exists() or not belongs):
        _remove(old)
        place.rename(old)
    if new.exists():
        new.rename(place)


def _publish(settings: Settings, waiting: Path, run_id: str | None) -> None:
    """Bring the version of the backup, and switch readers to it; other versions stay for now."""
    settings.published.mkdir(exist_ok=True)
    for version in sorted((waiting / PUBLISHED).glob("*")):
        version.replace(settings.published / version.name)
    if run_id:
        switch(settings, run_id)
    else:
        settings.current.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
