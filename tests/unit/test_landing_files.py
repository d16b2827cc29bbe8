"""Which files are read, which wait, which are reported and left."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from orchestration.lib.landing import ingest, land_table, pending_files
from orchestration.lib.raw_checks import declared_table
from tests.fixtures.landing.homes import LandingHome

ACCOUNT = "account_id,name\n1,Acme\n"


def test_pending_before_and_after(home: LandingHome) -> None:
    assert pending_files(home.settings, home.connection) == []
    home.put("files/accounts/a.csv", ACCOUNT)
    assert pending_files(home.settings, home.connection) == []
    waiting = pending_files(home.settings, home.connection, still_seconds=0)
    assert [one.source_file for one in waiting] == ["files/accounts/a.csv"]
    home.ingest()
    assert pending_files(home.settings, home.connection, still_seconds=0) == []


def test_a_file_waits_until_it_is_still(home: LandingHome) -> None:
    path = home.put("files/accounts/a.csv", ACCOUNT)
    assert ingest(home.settings, home.connection).waiting == ["files/accounts/a.csv"]
    os.utime(path, (time.time() - 6, time.time() - 6))
    assert ingest(home.settings, home.connection).rows_loaded == 1
    future = home.put("files/accounts/b.csv", "account_id\n2\n")
    os.utime(future, (time.time() + 3600, time.time() + 3600))
    assert ingest(home.settings, home.connection).rows_loaded == 1


@pytest.mark.parametrize("name", ["a.csv.tmp", "a.csv.part", "b.parquet.crdownload"])
def test_unfinished_names_wait(home: LandingHome, name: str) -> None:
    home.put(f"files/accounts/{name}", ACCOUNT)
    home.put("files/accounts/.hidden.csv", ACCOUNT)
    home.put("files/accounts/.folder/c.csv", ACCOUNT)
    report = home.ingest()
    assert report.waiting == [f"files/accounts/{name}"]
    assert (report.files, report.ignored) == ([], {})


def test_what_is_not_for_us_is_reported_and_left(home: LandingHome, tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_text(ACCOUNT)
    home.put("files/accounts/notes.txt", "hello")
    home.put("files/accounts/a.parquet.gz", "")
    home.put("files/nonsense/a.csv", ACCOUNT)
    home.put("files/loose.csv", ACCOUNT)
    (home.settings.landing / "files/accounts/link.csv").symlink_to(outside)
    (home.settings.landing / "files/accounts/gone.csv").symlink_to(tmp_path / "gone")
    (home.settings.landing / "other").symlink_to(tmp_path)
    report = home.ingest()
    assert report.files == []
    assert report.ignored == {
        "files/accounts/a.parquet.gz": "not a known format",
        "files/accounts/gone.csv": "a link out of the landing folder",
        "files/accounts/link.csv": "a link out of the landing folder",
        "files/accounts/notes.txt": "not a known format",
        "files/loose.csv": "not in a folder <system>/<table>",
        "files/nonsense/a.csv": "no table files/nonsense is declared",
        "other": "a link to a folder",
    }


def test_sub_folders_are_read_in_order_of_name(home: LandingHome) -> None:
    for name in ("b.csv", "2026/01/c.v2.CSV", "a.csv"):
        home.put(f"files/accounts/{name}", f"account_id\n{name}\n")
    assert [one.source_file for one in home.ingest().files] == [
        "files/accounts/2026/01/c.v2.CSV",
        "files/accounts/a.csv",
        "files/accounts/b.csv",
    ]
    assert home.rows("select _batch_id from raw_files.accounts order by _source_file") == [
        ("000000000001",), ("000000000002",), ("000000000003",),
    ]  # fmt: skip


def test_the_same_content_changes_nothing(home: LandingHome) -> None:
    home.land("files/accounts/a.csv", ACCOUNT)
    report = home.land("files/accounts/b.csv", ACCOUNT)
    assert (report.status, report.rows_in, report.rows_duplicate) == ("repeated", 1, 1)
    os.utime(home.settings.landing / "files/accounts/a.csv", (1, 1))
    assert [one.status for one in home.ingest().files] == ["repeated"]
    assert home.ingest().files == []
    assert home.rows("select count(*) from raw_files.accounts") == [(1,)]


def test_the_same_name_with_new_content_is_a_new_file(home: LandingHome) -> None:
    home.land("files/accounts/a.csv", ACCOUNT)
    report = home.land("files/accounts/a.csv", f"{ACCOUNT}2,Bolt\n")
    assert (report.rows_loaded, report.rows_duplicate) == (1, 1)


def test_a_file_that_changes_while_it_is_read_is_left(
    home: LandingHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home.put("files/accounts/a.csv", ACCOUNT)

    def grow(name: str) -> None:
        if name == "ingest.after_stage":
            path.write_text(f"{ACCOUNT}2,Bolt\n")

    monkeypatch.setattr("orchestration.lib.landing.read_file.failpoint", grow)
    report = home.ingest()
    assert (report.files, report.waiting) == ([], ["files/accounts/a.csv"])
    monkeypatch.undo()
    assert home.ingest().rows_loaded == 2


def test_one_table_alone(home: LandingHome) -> None:
    home.put("files/accounts/a.csv", ACCOUNT)
    home.put("files/contacts/c.csv", "contact_id\n1\n")
    spec = declared_table("files", "accounts")
    assert spec is not None
    report = land_table(home.connection, home.settings, spec, still_seconds=0)
    assert (report.rows_loaded, report.rows_in, report.rows_quarantined) == (1, 1, 0)
    assert [one.system for one in home.ingest().tables] == ["files"]


def test_a_linked_table_folder_is_not_entered(home: LandingHome, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.csv").write_text(ACCOUNT)
    (home.settings.landing / "files").mkdir()
    (home.settings.landing / "files/accounts").symlink_to(tmp_path / "elsewhere")
    spec = declared_table("files", "accounts")
    assert spec is not None
    report = land_table(home.connection, home.settings, spec, still_seconds=0)
    assert (report.files, report.ignored) == ([], {"files/accounts": "a link to a folder"})
    assert home.ingest().ignored == report.ignored
