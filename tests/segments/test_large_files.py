"""A segment larger than memory goes to its file: no more than a few batches are held at once."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.row_files import formats
from orchestration.lib.row_files.formats import BATCH_ROWS, Layout, read_rows, write_rows
from orchestration.lib.settings import Settings
from tests.segments.told_files import exported
from tests.unit.published_segments import member, published_with

COPIES = f"""
    insert into activation.sync_segment_members
    select one.* replace (
        'p' || n as person_id,
        n || '@acme-demo.com' as email,
        json_object('note', repeat(md5(n::varchar), 60)) as payload
    )
    from activation.sync_segment_members as one, range(2, {10 * BATCH_ROWS + 1}) as numbers (n);
    insert into activation.fct_send_eligibility
    select person_id, purpose, channel, true
    from activation.sync_segment_members where person_id <> 'p1'
"""


@pytest.mark.parametrize("file_format", formats.FORMATS)
def test_rows_pass_through_memory_in_batches(
    tmp_path: Path, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is on its way to the disk before the next but one is asked for."""
    monkeypatch.setattr(formats, "GROUP_BYTES", 1)
    path = tmp_path / f"all.{file_format}"
    sizes: list[int] = []

    def batches() -> Iterator[list[tuple[str]]]:
        for number in range(20):
            sizes.append(path.stat().st_size)
            yield [(f"{number}-{at}-{os.urandom(16).hex()}",) for at in range(BATCH_ROWS)]

    with path.open("wb", buffering=0) as file:
        layout = Layout(file_format=file_format, columns=("person_id",))
        assert write_rows(file, layout, batches()) == 20 * BATCH_ROWS
    assert all(later > earlier for earlier, later in pairwise(sizes[1:]))
    assert [len(batch) for batch in read_rows(path)] == [BATCH_ROWS] * 20


@pytest.mark.parametrize("file_format", formats.FORMATS)
def test_members_are_never_in_memory_together(
    settings: Settings, file_format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the published file to the outbox a few batches are in memory, whatever the format."""
    monkeypatch.setattr(formats, "GROUP_BYTES", 2**20)
    published = published_with(settings.home / "published.duckdb", [member()])
    with duckdb.connect(str(published)) as connection:
        connection.execute(COPIES)
    tracemalloc.start()
    path = exported(settings, file_format).path
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    text = sum(len(row["note"] or "") for batch in read_rows(path) for row in batch)
    assert text > 35 * 2**20 and peak < 20 * 2**20
