"""Law 9 in backup and restore: killed at any point, a home is the old one or the new one, whole.

Mutations that must fail here: a list written before the files; a swap without a waiting folder; an
old write-ahead log left beside a restored database.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from orchestration.lib.backup.making import make_backup
from orchestration.lib.backup.restoring import restore_backup
from orchestration.lib.backup.swapping import restore_waits
from orchestration.lib.home import read_lock
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home
from tests.laws.landing_processes import SERVER, exit_code

pytestmark = pytest.mark.slow

RAW = "select account_id from raw_files.accounts order by all"


def back_up(home: Path, folder: Path, fail_at: str) -> None:
    """Make a backup; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    make_backup(Settings(home=home), folder)


def bring_back(home: Path, folder: Path, fail_at: str) -> None:
    """Restore a backup over a home; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    restore_backup(Settings(home=home), folder, replace=True)


def killed(target: object, home: Path, folder: Path, point: str) -> bool:
    """Whether a process of its own was ended at a point."""
    process = SERVER.Process(target=target, args=(home, folder, point))  # type: ignore[arg-type]
    process.start()
    return exit_code(process) == -signal.SIGKILL


def landed(settings: Settings, number: int) -> None:
    with landing_home(settings) as home:
        home.land(f"files/accounts/{number}.csv", f"account_id,name\n{number},One\n")


def accounts(settings: Settings) -> list:
    with landing_home(settings) as home:
        return home.rows(RAW)


@pytest.mark.parametrize("point", ["backup.mid_copy", "backup.before_rename"])
def test_a_killed_backup_is_none(tmp_path: Path, point: str) -> None:
    settings, folder = Settings(home=tmp_path / "home"), tmp_path / "backup"
    landed(settings, 1)
    assert killed(back_up, settings.home, folder, point)
    assert not folder.exists()
    make_backup(settings, folder)
    restore_backup(Settings(home=tmp_path / "other"), folder)
    assert accounts(Settings(home=tmp_path / "other")) == [("1",)]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("restore.mid_copy", [("1",), ("2",)]),
        ("restore.before_swap", [("1",)]),
        ("restore.swapped warehouse.duckdb.wal", [("1",)]),
        ("restore.swapped warehouse.duckdb", [("1",)]),
        ("restore.swapped state", [("1",)]),
        ("restore.before_end", [("1",)]),
    ],
)
def test_a_killed_restore_is_old_or_new(tmp_path: Path, point: str, expected: list) -> None:
    settings, folder = Settings(home=tmp_path / "home"), tmp_path / "backup"
    landed(settings, 1)
    make_backup(settings, folder)
    landed(settings, 2)
    assert killed(bring_back, settings.home, folder, point)
    with read_lock(settings):
        assert not restore_waits(settings), "a reader never sees half of it"
    assert accounts(settings) == expected
    restore_backup(settings, folder, replace=True)
    assert accounts(settings) == [("1",)]
    assert not list(settings.home.glob(".re*"))
