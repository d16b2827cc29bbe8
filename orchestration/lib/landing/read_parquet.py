"""Reads Parquet: typed columns become text, times and dates in ISO 8601."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.landing.columns import ColumnMatch, match_columns
from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.landing.file_bytes import UnreadableFileError
from orchestration.lib.landing.stage import stage_rows
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import name, value

_ROW_NUMBER = "file_row_number"


def stage_parquet(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, spec: TableSpec, workspace: Path
) -> tuple[ColumnMatch, list[str]]:
    """Stage the rows of a Parquet file, numbered from 1. Raises UnreadableFileError."""
    reader = f"read_parquet({value(file.path)}, {_ROW_NUMBER} = true)"
    try:
        described = connection.execute(f"describe select * from {reader}").fetchall()
        kinds = {row[0]: row[1] for row in described if row[0] != _ROW_NUMBER}
        if any("\0" in column for column in kinds):
            raise UnreadableFileError("a column name holds a NUL byte")
        match = match_columns(list(kinds), spec)
        columns = [
            f"{_as_text(column, kind)} as {name(raw_name)}"
            for (column, kind), raw_name in zip(kinds.items(), match.raw_names, strict=True)
        ]
        numbered = f"{_ROW_NUMBER} + 1 as _record_no"
        relation = f"select {', '.join([numbered, *columns])} from {reader}"
        stage_rows(connection, relation, match, spec)
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise UnreadableFileError(f"not Parquet: {str(error).splitlines()[0]}") from None
    return match, []


def _as_text(column: str, kind: str) -> str:
    """SQL of one typed column as the text an export would write."""
    quoted = name(column)
    if kind == "TIMESTAMP WITH TIME ZONE":
        return _iso(f"{quoted} at time zone 'UTC'") + " || 'Z'"
    if kind.startswith("TIMESTAMP"):
        return _iso(f"{quoted}::timestamp")
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"to_json({quoted})::varchar"
    if kind == "BLOB":
        return f"coalesce(try(decode({quoted})), {quoted}::varchar)"
    return f"{quoted}::varchar"


def _iso(timestamp: str) -> str:
    """SQL of ISO 8601 text with a fraction only where there is one, as exports to text write it."""
    return f"rtrim(rtrim(strftime({timestamp}, '%Y-%m-%dT%H:%M:%S.%f'), '0'), '.')"
