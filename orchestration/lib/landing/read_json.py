"""Reads JSON lines, arrays and single objects; every key of any row becomes a text column."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.landing.columns import NOTHING, ColumnMatch, match_columns
from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.landing.file_bytes import (
    BROKEN,
    UnreadableFileError,
    check_is_whole,
    has_wide_encoding,
    head,
    write_clean_copy,
)
from orchestration.lib.landing.lines import stage_lines
from orchestration.lib.landing.stage import stage_rows
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import name, value

LARGEST_OBJECT = 64 << 20


def stage_json(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, spec: TableSpec, workspace: Path
) -> tuple[ColumnMatch, list[str]]:
    """Stage the objects of a JSON file; returns its columns and notes. Rows are numbered from 1.

    Nested objects and lists stay JSON text, null stays null. Raises UnreadableFileError.
    """
    check_is_whole(file)
    start = head(file)
    if not start.strip():
        return NOTHING, ["the file is empty"]
    note = _stage_texts(connection, file, start, workspace)
    _set_bad_lines_aside(connection)
    keys = [row[0] for row in connection.execute(_KEYS).fetchall()]
    if not keys:
        return NOTHING, []
    match = match_columns(keys, spec)
    stage_rows(connection, _relation(keys, match), match, spec)
    return match, [note] if note else []


def _stage_texts(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, start: bytes, workspace: Path
) -> str | None:
    """Fill `file_lines` with one text an object; returns a note on the encoding."""
    if not has_wide_encoding(start):
        try:
            _stage_objects(connection, file.path, file.compression, _shape(file, start))
            return None
        except duckdb.InvalidInputException:
            pass
    clean = workspace / "clean.json"
    note = write_clean_copy(file, clean)
    with clean.open("rb") as stream:
        shape = _shape(file, stream.read(len(start)))
    try:
        _stage_objects(connection, clean, None, shape)
    except duckdb.InvalidInputException as error:
        raise UnreadableFileError(f"not JSON: {str(error).splitlines()[0]}") from None
    return note


def _shape(file: LandedFile, start: bytes) -> str:
    """`lines`, `array` or `unstructured` (objects one after the other), by name and beginning."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if file.format != "json":
        return "lines"
    if text.startswith(b"["):
        return "array"
    first_line = text.split(b"\n", 1)[0].rstrip()
    return "lines" if first_line.endswith(b"}") else "unstructured"


def _stage_objects(
    connection: duckdb.DuckDBPyConnection, path: Path, compression: str | None, shape: str
) -> None:
    """Fill `file_lines` from lines, or from the objects of an array or a sequence."""
    if shape == "lines":
        stage_lines(connection, path, compression=compression)
        return
    connection.execute(
        f"""
        create or replace temp table file_lines as
        select row_number() over () as line_no, json::varchar as text
        from read_json_objects(
            {value(path)}, format = '{shape}', maximum_object_size = {LARGEST_OBJECT},
            compression = {value(compression or "uncompressed")}
        )
        """
    )


def _set_bad_lines_aside(connection: duckdb.DuckDBPyConnection) -> None:
    """Number the lines that are not blank, and fill `bad_lines` with those that are no object."""
    connection.execute(
        f"""
        create or replace temp table json_lines as
        select
            row_number() over (order by line_no) as line_no,
            text,
            contains(text, {value(BROKEN)}) as is_broken,
            case when json_valid(text) then coalesce(len(json_keys(text)), 0) > 0 else false end
                as is_object
        from (select line_no, ltrim(text, chr(65279)) as text from file_lines)
        where trim(text) <> ''
        """
    )
    connection.execute(
        f"""
        insert into bad_lines
        select
            line_no,
            if(is_broken, 'not valid UTF-8', 'not a JSON object with keys'),
            replace(text, {value(BROKEN)}, chr(65533))
        from json_lines
        where is_broken or not is_object
        """
    )


_KEYS = """
select distinct unnest(json_keys(text)) as key
from json_lines
where is_object and not is_broken
order by key
"""


def _relation(keys: list[str], match: ColumnMatch) -> str:
    """SQL that reads every key of every object as text."""
    pointers = ["/" + key.replace("~", "~0").replace("/", "~1") for key in keys]
    columns = [
        f"texts[{position}] as {name(column)}"
        for position, column in enumerate(match.raw_names, start=1)
    ]
    return f"""
        select line_no as _record_no, {", ".join(columns)}
        from (
            select
                line_no,
                json_extract_string(text, [{", ".join(value(one) for one in pointers)}]) as texts
            from json_lines
            where is_object and not is_broken
        )
    """
