"""Reads a clean text file line by line into a temporary table, whatever the lines hold."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.sql_text import value

LONGEST_LINE = 64 << 20
# Control characters no text file holds in this order: each line is one column.
_NO_DELIMITER = "\x02\x03\x04\x05"


def stage_lines(
    connection: duckdb.DuckDBPyConnection, path: Path, *, compression: str | None = None
) -> None:
    """Fill `file_lines` (line_no, text); raises duckdb.Error when the file is not valid UTF-8."""
    connection.execute(
        f"""
        create or replace temp table file_lines as
        select row_number() over () as line_no, coalesce(text, '') as text
        from read_csv(
            {value(path)}, auto_detect = false, header = false, quote = '', escape = '',
            delim = {value(_NO_DELIMITER)}, columns = {{'text': 'VARCHAR'}},
            compression = {value(compression or "none")}, max_line_size = {LONGEST_LINE}
        )
        """
    )
