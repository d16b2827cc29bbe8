"""Reads CSV strictly with DuckDB's own reader; a file that is not flawless is read carefully."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import duckdb

from orchestration.lib.landing.columns import NOTHING, ColumnMatch, match_columns
from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.landing.file_bytes import (
    UnreadableFileError,
    check_is_whole,
    has_wide_encoding,
    head,
    write_clean_copy,
)
from orchestration.lib.landing.read_csv_carefully import set_bad_lines_aside
from orchestration.lib.landing.stage import stage_rows
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import value

DELIMITERS = (",", ";", "\t", "|")
LONGEST_RECORD = 64 << 20


def stage_csv(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, spec: TableSpec, workspace: Path
) -> tuple[ColumnMatch, list[str]]:
    """Stage the rows of a CSV file; returns its columns and notes on how it was read.

    A row's number counts records, the header being 1; blank lines are not counted.
    Raises UnreadableFileError.
    """
    check_is_whole(file)
    start = head(file)
    if not start.strip():
        return NOTHING, ["the file is empty"]
    try:
        return _stage_strictly(connection, file, spec, start), []
    except (UnicodeDecodeError, _NotPlainError, duckdb.InvalidInputException):
        return _stage_carefully(connection, file, spec, workspace)


class _NotPlainError(Exception):
    """The strict reader would take the file for something else than it is."""


def _stage_strictly(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, spec: TableSpec, start: bytes
) -> ColumnMatch:
    """Stage a flawless file in one pass; raises when it is not, having staged nothing."""
    if has_wide_encoding(start):
        raise _NotPlainError
    text = codecs.getincrementaldecoder("utf-8-sig")().decode(start)
    names, delimiter = _header(text, spec)
    # The reader takes a blank first line for the header, and in one column a blank line for a row.
    if len(names) == 1 or not text.splitlines()[0].strip():
        raise _NotPlainError
    match = match_columns(names, spec)
    columns = dict.fromkeys(match.raw_names, "VARCHAR")
    options = f"header = true, compression = {value(file.compression or 'none')}"
    relation = f"from {_reader(file.path, delimiter, columns, options)}"
    stage_rows(connection, relation, match, spec, source_row="rowid + 2")
    return match


def _stage_carefully(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, spec: TableSpec, workspace: Path
) -> tuple[ColumnMatch, list[str]]:
    """Rewrite the file clean, take out lines that are no rows, and read the rest strictly."""
    clean, numbered = workspace / "clean.csv", workspace / "numbered.csv"
    note = write_clean_copy(file, clean)
    with clean.open(encoding="utf-8-sig", newline="") as stream:
        names, delimiter = _header(stream.read(1 << 20), spec)
    match = match_columns(names, spec)
    try:
        set_bad_lines_aside(connection, clean, numbered, delimiter=delimiter, columns=len(names))
        stage_rows(connection, _numbered(numbered, delimiter, match), match, spec)
    except duckdb.InvalidInputException as error:
        raise UnreadableFileError(f"not CSV: {str(error).splitlines()[0]}") from None
    return match, [note] if note else []


def _header(text: str, spec: TableSpec) -> tuple[list[str], str]:
    """Column names and delimiter: the one that finds most declared columns, then most columns."""
    declared = {column.lower() for column in spec.column_names}

    def fit(delimiter: str) -> tuple[int, int]:
        names = _first_record(text, delimiter)
        return len(declared & {one.strip().lower() for one in names}), len(names)

    delimiter = max(DELIMITERS, key=fit)
    return _first_record(text, delimiter), delimiter


def _first_record(text: str, delimiter: str) -> list[str]:
    """The first record that is not blank; raises UnreadableFileError when there is none."""
    try:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return next(record for record in records if any(one.strip() for one in record))
    except (csv.Error, StopIteration):
        raise UnreadableFileError("no header line can be read") from None


def _numbered(path: Path, delimiter: str, match: ColumnMatch) -> str:
    """SQL over the clean copy whose first column is the record's number."""
    columns = {"_record_no": "BIGINT"} | dict.fromkeys(match.raw_names, "VARCHAR")
    options = f"header = false, max_line_size = {LONGEST_RECORD}"
    return f"from {_reader(path, delimiter, columns, options)}"


def _reader(path: Path, delimiter: str, columns: dict[str, str], options: str) -> str:
    """A read_csv call that guesses nothing."""
    pairs = ", ".join(f"{value(column)}: {value(kind)}" for column, kind in columns.items())
    return (
        f"read_csv({value(path)}, auto_detect = false, delim = {value(delimiter)},"
        f" quote = '\"', escape = '\"', columns = {{{pairs}}}, {options})"
    )
