"""A home is copied whole, and made again from the copy; a damaged copy changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.lib.backup.contents import LIST, BackupError
from orchestration.lib.backup.making import make_backup
from orchestration.lib.backup.restoring import restore_backup
from orchestration.lib.publishing.versions import current_run_id
from orchestration.lib.running import plan_run
from orchestration.lib.settings import Settings, default_as_of
from tests.fixtures.landing.homes import landing_home
from tests.unit.published_journeys import RUN_ID
from tests.unit.test_cli import finished_home

RAW = "select account_id, name from raw_files.accounts order by all"


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """A home with a landed file, own rules and a published version."""
    settings = finished_home(tmp_path / "home")
    (settings.rules / "stage_rules.csv").write_text("rule_id\n")
    with landing_home(settings) as opened:
        opened.land("files/accounts/a.csv", "account_id,name\n1,One\n")
    return settings


def rows(settings: Settings) -> list:
    with landing_home(settings) as opened:
        return opened.rows(RAW)


def test_a_restored_home_is_the_same_and_has_nothing_to_do(home: Settings, tmp_path: Path) -> None:
    content = make_backup(home, tmp_path / "backup")
    again = Settings(home=tmp_path / "again")
    restore_backup(again, tmp_path / "backup")
    assert content.run_id == current_run_id(again) == RUN_ID
    assert rows(again) == [("1", "One")]
    assert (again.rules / "stage_rules.csv").read_text() == "rule_id\n"
    assert again.state.joinpath("runs.jsonl").exists()
    plan = plan_run(again, as_of=default_as_of(again), pending=0, destinations=[])
    assert plan.reason != "first build of this home"


def test_a_home_with_data_is_not_overwritten_unless_asked(home: Settings, tmp_path: Path) -> None:
    make_backup(home, tmp_path / "backup")
    with landing_home(home) as opened:
        opened.land("files/accounts/b.csv", "account_id,name\n2,Two\n")
    with pytest.raises(BackupError, match="holds data"):
        restore_backup(home, tmp_path / "backup")
    assert len(rows(home)) == 2
    restore_backup(home, tmp_path / "backup", replace=True)
    assert rows(home) == [("1", "One")]
    assert (home.landing / "files/accounts/b.csv").exists()
    assert not list(home.home.glob(".re*"))


@pytest.mark.parametrize("damage", ["changed", "missing", "no list", "torn list", "way out"])
def test_a_damaged_backup_changes_nothing(home: Settings, tmp_path: Path, damage: str) -> None:
    backup = tmp_path / "backup"
    make_backup(home, backup)
    database, listed = backup / "warehouse.duckdb", backup / LIST
    if damage == "changed":
        content = bytearray(database.read_bytes())
        content[len(content) // 2] ^= 1
        database.write_bytes(content)
    elif damage == "missing":
        database.unlink()
    elif damage == "no list":
        listed.unlink()
    elif damage == "torn list":
        listed.write_text(listed.read_text()[:100])
    else:
        found = json.loads(listed.read_text())
        found["files"]["../../evil"] = [1, "x"]
        listed.write_text(json.dumps(found))
    with pytest.raises(BackupError):
        restore_backup(home, backup, replace=True)
    assert rows(home) == [("1", "One")]


def test_a_backup_never_lands_on_something(home: Settings, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    for folder in (tmp_path / "full", home.home / "inside"):
        with pytest.raises(BackupError):
            make_backup(home, folder)
