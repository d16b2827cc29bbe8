"""An erased person leaves files of the outbox in whatever format and flavour they are."""

from __future__ import annotations

import hashlib
import json

import pytest

from orchestration.lib.access.marks import PERSON, form
from orchestration.lib.access.personal import EMAIL
from orchestration.lib.access.told import rows_of_outbox
from orchestration.lib.erasing.files import erase_from_files
from orchestration.lib.erasing.tombstones import tombstones, write_tombstone
from orchestration.lib.row_files import formats
from orchestration.lib.settings import Settings
from tests.segments.told_files import KINDS, LONG, RUN, exported, independent
from tests.unit.published_segments import member


@pytest.mark.parametrize(("file_format", "flavour"), KINDS)
def test_an_erased_person_is_struck_and_all_else_stays_as_it_was(
    settings: Settings, file_format: str, flavour: str
) -> None:
    path = exported(settings, file_format, flavour).path
    before, layout = independent(path), formats.read_layout(path)
    write_tombstone(settings, "1", [form(PERSON, "", "p1"), form(EMAIL, "", LONG)])
    marks = tombstones(settings)
    ((name, told),) = rows_of_outbox(settings, marks)
    assert name == path.relative_to(settings.home).as_posix()
    assert [one["destination"] for one in told] == ["email_tool"] * 2
    assert LONG in json.dumps(told, default=str)
    counts = erase_from_files(settings, marks)
    assert counts == {"outbox: rows removed": 2, "outbox: files rewritten": 1}
    assert independent(path) == [row for at, row in enumerate(before) if at not in (1, 5)]
    assert formats.read_layout(path) == layout
    assert LONG.encode() not in path.read_bytes()
    manifest = json.loads(path.with_name(f"{RUN}.manifest.json").read_text())
    assert manifest["rows"] == len(before) - 2
    assert manifest["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_mode & 0o777 == 0o600
    assert (list(rows_of_outbox(settings, marks)), erase_from_files(settings, marks)) == ([], {})


@pytest.mark.parametrize("file_format", formats.FORMATS)
def test_a_cell_longer_than_readers_expect_is_erased_too(
    settings: Settings, file_format: str
) -> None:
    rows = [member(first_name="x" * 300_000), member(person_id="p2")]
    path = exported(settings, file_format, "machine", rows).path
    write_tombstone(settings, "1", [form(PERSON, "", "p1")])
    erase_from_files(settings, tombstones(settings))
    assert [row["person_id"] for row in independent(path)] == ["p2"]
