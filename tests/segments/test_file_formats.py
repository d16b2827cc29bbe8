"""Segment files in every format and flavour, read back by readers that are not ours."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.lib.access.marks import PERSON, form
from orchestration.lib.erasing.files import erase_from_files
from orchestration.lib.erasing.tombstones import tombstones, write_tombstone
from orchestration.lib.row_files import formats
from orchestration.lib.row_files.formats import read_rows
from orchestration.lib.settings import Settings
from tests.segments.told_files import (
    FORMULA,
    KINDS,
    LONG,
    NAMES,
    RUN,
    exported,
    files,
    independent,
    of_kind,
    people,
)
from tests.unit.published_segments import member, published_with


@pytest.mark.parametrize(("file_format", "flavour"), KINDS)
def test_hostile_cells_come_back_as_they_are(
    settings: Settings, file_format: str, flavour: str
) -> None:
    assert len(LONG) == 320
    report = exported(settings, file_format, flavour)
    assert report.path.name == f"{RUN}.{file_format}"
    rows = independent(report.path)
    is_human, is_csv = flavour == "human", file_format == "csv"
    name, email = ("First name", "Email") if is_human else ("first_name", "email")
    assert [row[name] or None for row in rows][: len(NAMES)] == NAMES
    by_id = {row["Person id" if is_human else "person_id"]: row for row in rows}
    # only where a value must be exact and no spreadsheet opens it does a formula stay one
    assert by_id["p7"][name] == (f"'{FORMULA}" if is_human or is_csv else FORMULA)
    assert by_id["p7"][email] == LONG
    assert by_id["p8"][email] == "o'hara+tag@exämple-demo.com"
    assert by_id["p9"][email] == '"q uote"@acme-demo.com'
    assert by_id["p7"]['Größe, "x"'] == '[{"sku": "1"}]'
    assert json.loads(by_id["p7"]["Cart" if is_human else "cart"]) == ["a", "b"]
    assert by_id["p7"]["Count" if is_human else "count"] == "2"
    assert by_id["p7"]["None" if is_human else "none"] == ("" if is_csv else None)
    manifest = json.loads(report.path.with_name(f"{RUN}.manifest.json").read_text())
    assert manifest["columns"] == list(rows[0])
    assert (manifest["file"], manifest["flavour"]) == (report.path.name, flavour)
    assert (manifest["rows"], report.rows) == (len(rows), len(rows))
    assert manifest["sha256"] == hashlib.sha256(report.path.read_bytes()).hexdigest()
    assert {path.stat().st_mode & 0o777 for path in files(settings)} == {0o600}


def test_moments_are_exact_for_machines_and_readable_for_people(settings: Settings) -> None:
    for file_format, moment in (
        ("csv", "2026-06-30T08:00:00Z"),
        ("jsonl", "2026-06-30T08:00:00Z"),
        ("parquet", datetime(2026, 6, 30, 8, tzinfo=UTC)),
    ):
        first, *_ = rows = independent(exported(settings, file_format, "machine").path)
        assert first["entered_at"] == moment
        assert not rows[-2]["entered_at"], "nothing is known, not the beginning of time"
        first, *_ = independent(exported(settings, file_format, "human").path)
        assert first["Entered at (UTC)"] == "2026-06-30 08:00"
    schema = pq.read_schema(exported(settings, "parquet", "machine").path)
    assert schema.field("entered_at").type == pa.timestamp("us", tz="UTC")


def test_only_people_get_the_mark_of_a_spreadsheet(settings: Settings) -> None:
    assert exported(settings, "csv", "human").path.read_bytes().startswith(b'\xef\xbb\xbf"Person')
    assert exported(settings, "csv", "machine").path.read_bytes().startswith(b'"person_id"')
    assert exported(settings, "jsonl", "human").path.read_bytes().startswith(b'{"Person id"')


def test_headings_that_would_be_one_stay_names(settings: Settings) -> None:
    path = exported(settings, "jsonl", "human", [member(payload='{"First name": "x"}')]).path
    (row,) = independent(path)
    assert (row["first_name"], row["First name"]) == ("Ana", "x")


@pytest.mark.parametrize(("file_format", "flavour"), KINDS)
def test_an_empty_segment_and_the_same_run_again(
    settings: Settings, file_format: str, flavour: str
) -> None:
    exported(settings, file_format, flavour)
    empty = settings.outbox / "email_tool" / "empty" / f"{RUN}.{file_format}"
    assert independent(empty) == [] == list(read_rows(empty))
    before = {path: (path.stat().st_ino, path.read_bytes()) for path in files(settings)}
    assert not exported(settings, file_format, flavour).is_new
    assert {path: (path.stat().st_ino, path.read_bytes()) for path in files(settings)} == before


def test_another_format_takes_the_place_of_the_one_before(settings: Settings) -> None:
    exported(settings, "csv")
    assert exported(settings, "jsonl").is_new
    names = {path.name for path in files(settings)}
    assert names == {f"{RUN}.jsonl", f"{RUN}.manifest.json"}


@pytest.mark.parametrize("file_format", formats.FORMATS)
@pytest.mark.parametrize("point", ["export.before_rename", "export.before_manifest"])
def test_a_killed_export_leaves_no_half_a_file(
    settings: Settings, file_format: str, point: str
) -> None:
    of_kind(settings, file_format, "")
    published = published_with(settings.home / "published.duckdb", people())
    program = (
        "import sys; from pathlib import Path; from orchestration.lib.segments import *; "
        "from orchestration.lib.settings import Settings; "
        "export_segments(Settings(home=Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3])"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(settings.home), str(published), RUN],
        # the second time is that of the segment with members, or of its file
        env=os.environ | {"TOUCHLINE_FAIL_AT": f"{point}#{3 if 'rename' in point else 2}"},
    )
    assert killed.returncode == -signal.SIGKILL
    left = {path.name for path in (settings.outbox / "email_tool" / "welcome").iterdir()}
    waits = point == "export.before_rename"
    assert left == {f"{RUN}.{file_format}{'.tmp' if waits else ''}"}
    # an erasure does not wait for the export to be finished
    write_tombstone(settings, "1", [form(PERSON, "", "p_unknown")])
    counts = erase_from_files(settings, tombstones(settings))
    assert counts == ({"outbox: unfinished files removed": 1} if waits else {})
    assert len(independent(exported(settings, file_format).path)) == len(people())
    assert list(settings.outbox.rglob("*.tmp")) == []
