"""Saves what can still be read of a file that is set aside whole: line by line, as text."""

from __future__ import annotations

import codecs
from pathlib import Path

import duckdb

from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.landing.file_bytes import UnreadableFileError, decompressed
from orchestration.lib.landing.lines import stage_lines

# Small, since what is asked for beyond the damage is lost with it.
STEP = 4096


def salvage_lines(
    connection: duckdb.DuckDBPyConnection, file: LandedFile, workspace: Path, *, reason: str
) -> None:
    """Fill `bad_lines` with every line up to the damage, but a CSV file's header.

    A Parquet file has no lines. Addresses in what was saved still suppress.
    """
    if file.format == "parquet":
        return
    saved = workspace / "saved.txt"
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    with saved.open("w", encoding="utf-8", newline="") as target:
        try:
            for chunk in decompressed(file, step=STEP):
                target.write(decoder.decode(chunk).replace("\r", "\n"))
        except UnreadableFileError:
            target.write(decoder.decode(b"", final=True))
    stage_lines(connection, saved)
    first = 1 if file.format == "csv" else 0
    connection.execute(
        """
        insert into bad_lines
        select line_no, $reason, text
        from (
            select row_number() over (order by line_no) as line_no, text
            from file_lines
            where trim(text) <> ''
        )
        where line_no > $first
        """,
        {"reason": reason, "first": first},
    )
