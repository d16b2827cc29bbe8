"""Law 1 in landing: rows in = loaded + duplicate + quarantined + erased, whatever comes in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.lib.landing import FileReport
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home

HEADER = ["activity_id", "activity_type", "occurred_at", "subject"]
TEXTS = ["plain", "with, comma", 'with "quotes"', "two\nlines", "umlaut ä", "=1+1", "'; drop", ""]
# What may follow the header: (lines of the file, loaded, quarantined) for a key number.
KINDS = ("good", "ragged", "missing", "uncastable", "stray_quote", "broken", "repeat")
NUMBERS = count()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LandingHome]:
    root: Path = tmp_path_factory.mktemp("conservation")
    with landing_home(Settings(home=root)) as home:
        yield home


@settings(max_examples=25, deadline=None)
@given(
    kinds=st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(TEXTS)), max_size=30),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_row_is_somewhere(
    home: LandingHome, kinds: list[tuple[str, str]], line_end: str
) -> None:
    name = f"files/activities/{next(NUMBERS)}.csv"
    content = _line(HEADER, line_end)
    loaded = quarantined = duplicate = 0
    last_good = b""
    for kind, text in kinds:
        line = _line([str(next(NUMBERS)), "call", "2026-01-01", text], line_end)
        if kind == "repeat" and last_good:
            duplicate += 1
            line = last_good
        elif kind in ("good", "repeat"):
            loaded += 1
            last_good = line
        else:
            quarantined += 1
            line = _damaged(kind, line_end)
        content += line
    report = home.land(name, content)
    found = (report.rows_loaded, report.rows_duplicate, report.rows_quarantined)
    assert report.status in ("loaded", "repeated")
    if report.status == "loaded":
        assert found == (loaded, duplicate, quarantined)
        assert report.rows_in == len(kinds)
        _check_tables(home, report)


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
    cut=st.integers(0, 2000),
    suffix=st.sampled_from(["csv", "jsonl", "json", "parquet", "csv.gz"]),
)
def test_no_byte_sequence_breaks_the_books(
    home: LandingHome, changes: list[tuple[int, int]], cut: int, suffix: str
) -> None:
    line = '{"activity_id": "%d", "activity_type": "call", "occurred_at": "2026-01-01"}\n'
    rows = [_line([str(n), "call", "2026-01-01", TEXTS[n % 8]], "\n") for n in range(40)]
    text = "".join(line % n for n in range(20)).encode() if "json" in suffix else b"".join(rows)
    content = bytearray(text if "json" in suffix else _line(HEADER, "\n") + text)
    for place, byte in changes:
        content[place % len(content)] = byte
    name = f"files/activities/{next(NUMBERS)}.{suffix}"
    _check_tables(home, home.land(name, bytes(content[: max(cut, 1)])))


def _check_tables(home: LandingHome, report: FileReport) -> None:
    """The tables hold as many rows as the report says, and no file stops the next."""
    batch = f"_batch_id = '{report.batch_id}'"
    assert home.rows(f"select count(*) from raw_files.activities where {batch}") == [
        (report.rows_loaded,)
    ]
    if report.status != "repeated":
        assert home.rows(f"select count(*) from raw_ops.quarantine where {batch[1:]}") == [
            (report.rows_quarantined,)
        ]


def _line(fields: list[str], line_end: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_end).writerow(fields)
    return text.getvalue().encode()


def _damaged(kind: str, line_end: str) -> bytes:
    """A line that must end up in quarantine."""
    number = next(NUMBERS)
    return (
        {
            "ragged": f"{number},call",
            "missing": f"{number},,2026-01-01,x",
            "uncastable": f"{number},call,yesterday,x",
            "stray_quote": f'{number},"call,2026-01-01,x',
            "broken": f"{number},call,2026-01-01,",
        }[kind].encode()
        + (b"\xff\xc3\xa4" if kind == "broken" else b"")
        + line_end.encode()
    )
