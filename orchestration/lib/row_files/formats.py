"""Formats of a segment's file: CSV, lines of JSON and Parquet, written and read in batches."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

CSV, JSONL, PARQUET = FORMATS = ("csv", "jsonl", "parquet")
# rows held in memory at once
BATCH_ROWS = 2_000
# a row group of Parquet is closed when it holds this much
GROUP_BYTES = 32 * 2**20
# first characters that make a spreadsheet run a cell, full-width forms included
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOMENT = pa.timestamp("us", tz="UTC")

Cell = str | datetime | None
Batch = Sequence[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a file holds its rows; `moments` are columns that Parquet keeps as moments, `has_mark`
    says whether a CSV begins with the byte order mark by which a spreadsheet knows UTF-8."""

    file_format: str
    columns: tuple[str, ...]
    moments: frozenset[str] = frozenset()
    has_mark: bool = False


def write_rows(file: BinaryIO, layout: Layout, batches: Iterable[Batch]) -> int:
    """Write rows to an open file, one batch in memory at a time; how many there were."""
    counted = _Counted(batches)
    _WRITERS[layout.file_format](file, layout, counted)
    return counted.rows


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """UTF-8 CSV with every field quoted and no cell that a spreadsheet would run."""
    file = io.BytesIO()
    layout = Layout(file_format=CSV, columns=tuple(columns))
    write_rows(file, layout, [[tuple(row) for row in rows]])
    return file.getvalue()


def neutralised(cell: str) -> str:
    """`cell`, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def iso(cell: Cell) -> str | None:
    """A cell as text: ISO 8601 with Z for a UTC moment."""
    if isinstance(cell, datetime):
        return f"{cell.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    return cell


def read_layout(path: Path) -> Layout:
    """How a file that `write_rows` wrote holds its rows; lines of JSON without a row have no
    columns."""
    file_format = path.suffix.removeprefix(".")
    if file_format == PARQUET:
        schema = pq.read_schema(path)
        moments = {field.name for field in schema if pa.types.is_timestamp(field.type)}
        return Layout(file_format=PARQUET, columns=tuple(schema.names), moments=frozenset(moments))
    if file_format == JSONL:
        with path.open(encoding="utf-8", newline="\n") as file:
            return Layout(file_format=JSONL, columns=tuple(json.loads(file.readline() or "{}")))
    with path.open(encoding="utf-8", newline="") as file:
        has_mark = file.read(1) == "\ufeff"
    with path.open(encoding="utf-8-sig", newline="") as file:
        columns = tuple(next(_csv_reader(file), ()))
    return Layout(file_format=CSV, columns=columns, has_mark=has_mark)


def read_rows(path: Path) -> Iterator[list[dict[str, Cell]]]:
    """The rows of a file that `write_rows` wrote, by column, one batch at a time."""
    file_format = path.suffix.removeprefix(".")
    if file_format == PARQUET:
        with pq.ParquetFile(path) as parquet:
            for batch in parquet.iter_batches(batch_size=BATCH_ROWS):
                yield batch.to_pylist()
        return
    encoding, newline = ("utf-8", "\n") if file_format == JSONL else ("utf-8-sig", "")
    with path.open(encoding=encoding, newline=newline) as file:
        if file_format == JSONL:
            rows: Iterator[dict[str, Cell]] = map(json.loads, file)
        else:
            lines = _csv_reader(file)
            columns = next(lines, [])
            rows = (dict(zip(columns, line, strict=False)) for line in lines)
        while batch := list(islice(rows, BATCH_ROWS)):
            yield batch


class _Counted:
    """Batches that are not empty, and how many rows went by."""

    def __init__(self, batches: Iterable[Batch]) -> None:
        self._batches = batches
        self.rows = 0

    def __iter__(self) -> Iterator[Batch]:
        for batch in filter(None, self._batches):
            self.rows += len(batch)
            yield batch


def _write_csv(file: BinaryIO, layout: Layout, batches: Iterable[Batch]) -> None:
    encoding = "utf-8-sig" if layout.has_mark else "utf-8"
    text = io.TextIOWrapper(file, encoding=encoding, newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(layout.columns)
    for batch in batches:
        writer.writerows([neutralised(iso(cell) or "") for cell in row] for row in batch)
    text.detach()


def _write_jsonl(file: BinaryIO, layout: Layout, batches: Iterable[Batch]) -> None:
    for batch in batches:
        for row in batch:
            record = dict(zip(layout.columns, map(iso, row), strict=True))
            file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def _write_parquet(file: BinaryIO, layout: Layout, batches: Iterable[Batch]) -> None:
    types = [MOMENT if column in layout.moments else pa.string() for column in layout.columns]
    schema = pa.schema(list(zip(layout.columns, types, strict=True)))
    with pq.ParquetWriter(file, schema) as writer:
        group: list[pa.RecordBatch] = []
        for batch in batches:
            arrays = map(pa.array, zip(*batch, strict=True), types)
            group.append(pa.RecordBatch.from_arrays(list(arrays), schema=schema))
            if sum(one.nbytes for one in group) >= GROUP_BYTES:
                writer.write_table(pa.Table.from_batches(group, schema))
                group = []
        writer.write_table(pa.Table.from_batches(group, schema))


def _csv_reader(file: Iterable[str]) -> Iterator[list[str]]:
    """A reader that takes cells of any length, as the writer does."""
    csv.field_size_limit(sys.maxsize)
    return csv.reader(file)


_WRITERS: Mapping[str, Callable[[BinaryIO, Layout, Iterable[Batch]], None]] = {
    CSV: _write_csv,
    JSONL: _write_jsonl,
    PARQUET: _write_parquet,
}
