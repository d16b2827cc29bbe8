"""What leaves the house: whole files with manifests, only of who may be contacted."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.row_files.formats import as_csv, neutralised
from orchestration.lib.segments import ExportError, ExportReport, export_segments
from orchestration.lib.settings import Settings
from tests.unit.published_segments import member, published_with

RUN = "20260701T000000000000Z"


def exported(settings: Settings, *members: dict, refused: tuple[str, ...] = ()) -> ExportReport:
    """The report of the segment `welcome` after an export of these members."""
    published = published_with(settings.home / "published.duckdb", members, refused=refused)
    reports = export_segments(settings, published, RUN)
    assert [report.segment_id for report in reports] == ["empty", "welcome"]
    return reports[1]


def outbox_files(settings: Settings) -> list[Path]:
    return [path for path in settings.outbox.rglob("*") if path.is_file()]


def test_a_segment_is_a_file_and_a_manifest(settings: Settings) -> None:
    report = exported(settings, member(), member(person_id="p2", stage=None, entered_at=None))
    assert report.path == settings.outbox / "email_tool" / "welcome" / f"{RUN}.csv"
    with report.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "person_id": "p1",
        "email": "ana@acme-demo.com",
        "first_name": "Ana",
        "last_name": "Diaz",
        "account_name": "Acme",
        "stage": "awareness",
        "entered_at": "2026-06-30T08:00:00Z",
    }
    assert (rows[1]["stage"], rows[1]["entered_at"]) == ("", "")
    manifest = json.loads(report.path.with_name(f"{RUN}.manifest.json").read_text())
    assert manifest == {
        "as_of": "2026-07-01T00:00:00Z",
        "columns": list(rows[0]),
        "destination": "email_tool",
        "file": f"{RUN}.csv",
        "flavour": "machine",
        "rows": 2,
        "run_id": RUN,
        "segment_id": "welcome",
        "sha256": hashlib.sha256(report.path.read_bytes()).hexdigest(),
    }
    assert {path.stat().st_mode & 0o777 for path in outbox_files(settings)} == {0o600}


def test_an_empty_segment_is_an_empty_file(settings: Settings) -> None:
    exported(settings, member())
    empty = settings.outbox / "email_tool" / "empty" / f"{RUN}.csv"
    assert empty.read_text().count("\n") == 1
    assert json.loads(empty.with_name(f"{RUN}.manifest.json").read_text())["rows"] == 0


def test_further_fields_become_columns(settings: Settings) -> None:
    report = exported(
        settings,
        member(payload='{"order_count": "2", "city": null}'),
        member(person_id="p2", payload='{"order_count": "5"}'),
    )
    with report.path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[-2:] == ["city", "order_count"]
    assert [(row["city"], row["order_count"]) for row in rows] == [("", "2"), ("", "5")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_never_runs_in_a_spreadsheet(start: str) -> None:
    assert neutralised(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_every_field_is_quoted_and_text_survives() -> None:
    content = as_csv(["name"], [['Ana "the" Diaz, Ltd'], ["née\nDiaz"], ["'); drop table x;--"]])
    assert content.decode().splitlines()[0] == '"name"'
    rows = list(csv.reader(content.decode().splitlines(keepends=True)))
    assert rows[1:] == [['Ana "the" Diaz, Ltd'], ["née\nDiaz"], ["'); drop table x;--"]]


@pytest.mark.parametrize(
    ("members", "refused", "words"),
    [
        ([member(), member()], (), "same person_id"),
        ([member(), member(person_id="p2", email="ana@acme-demo.com")], (), "same email"),
        ([member(email=None)], (), "no email"),
        ([member(person_id=None, email="x@y.com")], (), "no person_id"),
        ([member(), member(person_id="p2")], ("p2",), "may not be contacted, first p2"),
    ],
)
def test_nothing_leaves_when_a_member_must_not(
    settings: Settings, members: list, refused: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ExportError, match=words):
        exported(settings, *members, refused=refused)
    assert outbox_files(settings) == []


@pytest.mark.parametrize(
    "breakage",
    [
        "delete from activation.fct_send_eligibility",
        "update activation.fct_send_eligibility set is_eligible = null",
        "update activation.fct_send_eligibility set purpose = 'newsletter'",
        "insert into activation.fct_send_eligibility values ('p1', 'marketing', 'email', false)",
    ],
)
def test_no_decision_is_no(settings: Settings, breakage: str) -> None:
    published = published_with(settings.home / "published.duckdb", [member()])
    with duckdb.connect(str(published)) as connection:
        connection.execute(breakage)
    with pytest.raises(ExportError, match="may not be contacted"):
        export_segments(settings, published, RUN)
    assert outbox_files(settings) == []


@pytest.mark.parametrize("name", ["../elsewhere", "a/b", "", ".hidden"])
def test_a_name_never_leads_out_of_the_outbox(settings: Settings, name: str) -> None:
    published = published_with(settings.home / "published.duckdb", [member(segment_id=name)])
    with pytest.raises(ExportError, match="cannot be the name of a folder"):
        export_segments(settings, published, RUN)
    assert outbox_files(settings) == []


def test_the_same_run_again_changes_nothing(settings: Settings) -> None:
    published = published_with(settings.home / "published.duckdb", [member()])
    export_segments(settings, published, RUN)
    before = {path: (path.stat().st_ino, path.read_bytes()) for path in outbox_files(settings)}
    again = export_segments(settings, published, RUN)
    assert not any(report.is_new for report in again)
    assert {p: (p.stat().st_ino, p.read_bytes()) for p in outbox_files(settings)} == before


@pytest.mark.parametrize("point", ["export.before_rename", "export.before_manifest"])
def test_a_killed_export_is_finished_by_the_next(settings: Settings, point: str) -> None:
    published = published_with(settings.home / "published.duckdb", [member()])
    program = (
        "import sys; from pathlib import Path; from orchestration.lib.segments import *; "
        "from orchestration.lib.settings import Settings; "
        "export_segments(Settings(home=Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3])"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(settings.home), str(published), RUN],
        env=os.environ | {"TOUCHLINE_FAIL_AT": point},
    )
    assert killed.returncode == -signal.SIGKILL
    assert list(settings.outbox.rglob("*.manifest.json")) == []
    export_segments(settings, published, RUN)
    assert len(list(settings.outbox.rglob("*.manifest.json"))) == 2
    assert list(settings.outbox.rglob("*.tmp")) == []
