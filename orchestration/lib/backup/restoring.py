"""Makes a home again from a backup: verified first, then copied beside, then swapped in."""

from __future__ import annotations

import shutil
from pathlib import Path

from orchestration.lib.backup.contents import (
    DATABASES,
    BackupError,
    BackupList,
    copy_file,
    read_list,
    write_list,
)
from orchestration.lib.backup.swapping import WAITING, finish_restore
from orchestration.lib.erasing.tombstones import carry_over
from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import sync_folder
from orchestration.lib.home import HOME_VERSION, run_lock
from orchestration.lib.settings import Settings


def restore_backup(settings: Settings, folder: Path, *, replace: bool = False) -> BackupList:
    """Make the home what it was; landing files and outbox are left alone.

    Raises BackupError for a backup that is damaged, not whole, or of a newer layout, and for a
    home that holds data when it is not to be replaced: nothing is changed then.
    """
    content = read_list(folder)
    if content.home_version > HOME_VERSION:
        raise BackupError(
            f"it was made by a newer Touchline (layout {content.home_version})",
            str(folder),
            "update Touchline",
        )
    if not replace and any((settings.home / name).exists() for name in DATABASES):
        raise BackupError(
            "this home holds data",
            str(settings.home),
            "restore into an empty home, or say --replace to lose what it holds",
        )
    settings.home.mkdir(parents=True, exist_ok=True)
    with run_lock(settings):
        _bring(content, folder, settings.home / WAITING)
        # whoever was erased since stays out: the next run erases them from what was restored
        carry_over(settings, settings.home / WAITING / settings.state.name)
        failpoint("restore.before_swap")
        finish_restore(settings)
    return content


def _bring(content: BackupList, folder: Path, waiting: Path) -> None:
    """Copy what was backed up beside the home's files; every byte is checked on its way."""
    shutil.rmtree(waiting, ignore_errors=True)
    waiting.mkdir()
    for name, expected in content.files.items():
        try:
            found = copy_file(folder / name, waiting / name)
        except OSError as error:
            found = (0, error.strerror or "")
        if found != expected:
            shutil.rmtree(waiting)
            raise BackupError(
                f"{name} is not what was backed up",
                str(folder / name),
                "the backup is damaged: use another one; nothing was changed",
            )
        failpoint("restore.mid_copy")
    write_list(waiting, content)
    sync_folder(waiting)
