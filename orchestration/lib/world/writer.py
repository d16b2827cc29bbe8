"""Writes tables chunk by chunk into files of the declared formats, without holding them."""

from __future__ import annotations

import gzip
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from .arrays import Columns, iso
from .schema import SHAPES


class Sink(Protocol):
    """One open file."""

    def write(self, table: pa.Table) -> None: ...
    def write_text(self, text: str) -> None: ...
    def close(self) -> None: ...


def _compressed(path: Path) -> gzip.GzipFile:
    """A gzip stream whose bytes do not depend on the file's name or the time."""
    return gzip.GzipFile(path, "wb", compresslevel=4, mtime=0)


class CsvSink:
    """A CSV file with a header, compressed if its name ends in .gz."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._stream = _compressed(path) if path.suffix == ".gz" else path.open("wb")
        self._writer = pacsv.CSVWriter(self._stream, schema)

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def write_text(self, text: str) -> None:
        self._stream.write(text.encode())

    def close(self) -> None:
        self._writer.close()
        self._stream.close()


class JsonlSink:
    """One JSON object a line, compressed."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._stream = _compressed(path)
        fields = ", ".join(f'"{name}" := "{name}"' for name in schema.names)
        self._query = f"select to_json(struct_pack({fields})) as line from arriving"
        self._engine = duckdb.connect()

    def write(self, table: pa.Table) -> None:
        self._engine.register("arriving", table)
        lines = self._engine.execute(self._query).to_arrow_table().column("line").to_pylist()
        self._stream.write("".join(f"{line}\n" for line in lines).encode())

    def write_text(self, text: str) -> None:
        self._stream.write(text.encode())

    def close(self) -> None:
        self._stream.close()
        self._engine.close()


class ParquetSink:
    """A Parquet file, one row group per write."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def write_text(self, text: str) -> None:
        raise ValueError(f"Parquet holds rows only, not {text!r}")

    def close(self) -> None:
        self._writer.close()


_SINKS = {"csv": CsvSink, "csv.gz": CsvSink, "jsonl.gz": JsonlSink, "parquet": ParquetSink}


class Writer:
    """Keeps the files of a world open until it is done, and counts the rows of each table."""

    def __init__(self, landing: Path, truth: Path, *, times_from: int) -> None:
        self._landing, self._truth, self._times_from = landing, truth, times_from
        self._sinks: dict[Path, Sink] = {}
        self.rows: dict[str, int] = {}

    def land(
        self, table: str, columns: Columns, *, part: str, layout: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """Append rows to `<landing>/<table>/<part>.<layout>`; missing columns are null, and some
        may stand under other headers."""
        shape = SHAPES[table]
        ending = layout or shape.layout
        rows = _as_table(columns if ending == "parquet" else _as_text(columns), shape.columns)
        if rows.num_rows == 0:
            return
        rows = rows.rename_columns([(headers or {}).get(name, name) for name in rows.column_names])
        path = self._landing / table / f"{part}.{ending}"
        self._sink(path, rows.schema, ending).write(rows)
        self.rows[table] = self.rows.get(table, 0) + rows.num_rows

    def land_text(
        self, table: str, text: str, *, part: str, layout: str | None = None, rows: int = 0
    ) -> None:
        """Append raw text of so many rows (0: a line that is none) after the rows of a file."""
        path = self._landing / table / f"{part}.{layout or SHAPES[table].layout}"
        schema = _as_table({}, SHAPES[table].columns).schema
        self._sink(path, schema, layout or SHAPES[table].layout).write_text(text)
        self.rows[table] = self.rows.get(table, 0) + rows

    def tell(self, name: str, columns: Columns) -> None:
        """Append rows to `<truth>/<name>.csv`."""
        rows = pa.table(columns)
        self._sink(self._truth / f"{name}.csv", rows.schema, "csv").write(rows)

    def close(self) -> None:
        """Close all files and give them times a minute apart, in the order of their names."""
        for sink in self._sinks.values():
            sink.close()
        for place, path in enumerate(sorted(self._sinks)):
            moment = self._times_from + place * 60
            os.utime(path, (moment, moment))

    def _sink(self, path: Path, schema: pa.Schema, layout: str) -> Sink:
        if path not in self._sinks:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._sinks[path] = _SINKS[layout](path, schema)
        return self._sinks[path]


def _as_table(columns: Columns, names: tuple[str, ...]) -> pa.Table:
    """The columns in declared order, missing ones null."""
    unknown = set(columns) - set(names)
    if unknown:
        raise ValueError(f"columns not in the contract: {sorted(unknown)}")
    count = len(next(iter(columns.values()), ()))
    nothing = pa.nulls(count, pa.string())
    return pa.table({name: columns.get(name, nothing) for name in names})


def _as_text(columns: Columns) -> Columns:
    """The columns with ISO 8601 text for typed timestamps."""
    return {
        name: iso(column.cast(pa.timestamp("s", tz="UTC")).cast(pa.int64()).to_numpy())
        if pa.types.is_timestamp(column.type)
        else column
        for name, column in columns.items()
    }


def months(columns: Columns, moment: str) -> list[tuple[str, Columns]]:
    """Rows split by the month of a time column, in order of the months."""
    stamps = columns[moment]
    if pa.types.is_timestamp(stamps.type):
        stamps = stamps.cast(pa.timestamp("ms")).cast(pa.string())
    month = pc.utf8_slice_codeunits(stamps, 0, 7)
    parts = []
    for value in sorted(pc.unique(month).to_pylist()):
        rows = pc.equal(month, value)
        parts.append((value, {name: column.filter(rows) for name, column in columns.items()}))
    return parts
