"""Opening a home: folders, version, lock, a damaged warehouse."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.errors import HomeBusyError, HomeError
from orchestration.lib.home import open_home, open_warehouse, prepare_home, run_lock
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home


def test_a_new_home_is_made_and_said(tmp_path: Path) -> None:
    said: list[str] = []
    settings = Settings(home=tmp_path / "deep" / "home")
    with open_home(settings, say=said.append) as connection:
        assert connection.execute("select current_setting('TimeZone')").fetchone() == ("UTC",)
    assert settings.landing.is_dir()
    assert settings.version_file.read_text() == "1\n"
    assert len(said) == 1
    prepare_home(settings, say=said.append)
    assert len(said) == 1


def test_a_missing_landing_folder_is_made_and_said(settings: Settings) -> None:
    settings.landing.rmdir()
    said: list[str] = []
    prepare_home(settings, say=said.append)
    assert settings.landing.is_dir()
    assert "landing folder was missing" in said[0]


@pytest.mark.parametrize("text", ["2", "new"])
def test_an_unknown_version_is_refused(settings: Settings, text: str) -> None:
    settings.version_file.write_text(text)
    with pytest.raises(HomeError):
        prepare_home(settings)


def test_an_older_version_is_brought_forward(settings: Settings) -> None:
    settings.version_file.write_text("0\n")
    said: list[str] = []
    prepare_home(settings, say=said.append)
    assert settings.version_file.read_text() == "1\n"
    assert "layout 0" in said[0]


def test_a_home_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError) as caught:
        prepare_home(Settings(home=tmp_path / "file" / "home"))
    assert "TOUCHLINE_HOME" in caught.value.remedy


def test_a_second_run_is_refused_by_the_name_of_the_first(settings: Settings) -> None:
    refused = pytest.raises(HomeBusyError, match=f"process {os.getpid()}")
    with run_lock(settings), refused, run_lock(settings):
        pass
    with run_lock(settings):
        pass


@pytest.mark.parametrize("damage", [b"not a database", b"\0" * 20_000])
def test_a_damaged_warehouse_is_moved_aside_and_rebuilt(settings: Settings, damage: bytes) -> None:
    with landing_home(settings) as home:
        home.land("files/accounts/a.csv", "account_id,name\n1,Acme\n")
    settings.warehouse.write_bytes(damage)
    settings.warehouse.with_name("warehouse.duckdb.wal").write_bytes(b"log")
    said: list[str] = []
    open_warehouse(settings, say=said.append).close()
    assert "nothing deleted" in said[0]
    aside = settings.warehouse.with_name("warehouse.duckdb.damaged-1")
    assert aside.read_bytes() == damage
    assert aside.with_name(f"{aside.name}.wal").read_bytes() == b"log"
    with landing_home(settings) as home:
        home.ingest()
        assert home.rows("select name from raw_files.accounts") == [("Acme",)]


def test_a_warehouse_in_use_elsewhere_is_not_moved(settings: Settings, tmp_path: Path) -> None:
    prepare_home(settings)
    settings.warehouse.symlink_to(tmp_path / "gone" / "warehouse.duckdb")
    with pytest.raises((HomeError, duckdb.Error)):
        open_warehouse(settings)
    assert settings.warehouse.is_symlink()


def test_who_has_the_warehouse_open_is_named(settings: Settings) -> None:
    prepare_home(settings)
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    words = [sys.executable, "-c", hold, str(settings.warehouse)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            other.stdout.readline()
            with pytest.raises(HomeBusyError, match=rf"open \(process {other.pid}\)"):
                open_warehouse(settings)
        finally:
            other.communicate("\n")
