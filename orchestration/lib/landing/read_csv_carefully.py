"""Splits a damaged CSV file into records that are rows and lines that are not, losing none."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.landing.file_bytes import BROKEN
from orchestration.lib.landing.lines import stage_lines
from orchestration.lib.sql_text import value

_ESCAPED = {",": ",", ";": ";", "\t": r"\t", "|": r"\|"}


def set_bad_lines_aside(
    connection: duckdb.DuckDBPyConnection,
    clean: Path,
    numbered: Path,
    *,
    delimiter: str,
    columns: int,
) -> None:
    """Fill `bad_lines`, and write the good records to `numbered`, each led by its record number.

    A record over several lines is found by its opening line and the next line with an odd number
    of quotes; it counts only if the joined text has all `columns`, so that one quote too many
    spoils its own line and no other.
    """
    row, opening = _patterns(delimiter, columns)
    stage_lines(connection, clean)
    connection.execute(_JUDGE_LINES.format(row=value(row), opening=value(opening)))
    connection.execute(_JOIN_LINES.format(row=value(row)))
    connection.execute(_NUMBER_RECORDS.format(broken=value(BROKEN)))
    connection.execute(
        f"""
        insert into bad_lines
        select
            record_no,
            case
                when is_broken then 'not valid UTF-8'
                when is_odd then 'a quote is opened and never closed'
                else 'not a row of {columns} columns'
            end,
            replace(text, {value(BROKEN)}, chr(65533))
        from csv_records
        where record_no > 1 and (is_broken or not is_row)
        """
    )
    connection.execute(
        f"""
        copy (
            select record_no || {value(delimiter)} || text from csv_records
            where record_no > 1 and is_row and not is_broken
        ) to {value(numbered)} (format csv, header false, quote '', escape '', delimiter '\x02')
        """
    )


def _patterns(delimiter: str, columns: int) -> tuple[str, str]:
    """RE2 patterns of a whole record and of a line that opens a quoted field and leaves it open."""
    mark = _ESCAPED[delimiter]
    field = rf'(?: *"(?:[^"]|"")*" *| *(?:[^"{mark}\n ][^{mark}\n]*)?)'
    row = rf"{field}(?:{mark}{field}){{{columns - 1}}}{mark}?"
    return row, rf'(?:{field}{mark})* *"(?:[^"]|"")*'


_JUDGE_LINES = """
create or replace temp table csv_lines as
select
    line_no,
    text,
    regexp_full_match(text, {row}) as is_row,
    regexp_full_match(text, {opening}) as is_opening,
    (length(text) - length(replace(text, '"', ''))) % 2 = 1 as is_odd
from file_lines
"""

_JOIN_LINES = """
create or replace temp table csv_joined as
with odd_lines as (
    select
        line_no as first_line,
        lead(line_no) over (order by line_no) as last_line,
        is_opening,
        is_row
    from csv_lines
    where is_odd
),
joined as (
    select first_line, last_line, string_agg(csv_lines.text, chr(10) order by line_no) as text
    from odd_lines
    join csv_lines on line_no between first_line and last_line
    where odd_lines.is_opening and not odd_lines.is_row
    group by first_line, last_line
),
judged as (
    select odd_lines.*, joined.text, coalesce(regexp_full_match(joined.text, {row}), false) as fits
    from odd_lines
    left join joined on joined.first_line = odd_lines.first_line
),
runs as (
    select *, count(*) filter (not fits) over (order by first_line) as run_no
    from judged
),
places as (
    select *, row_number() over (partition by run_no, fits order by first_line) as place
    from runs
)
select first_line, last_line, text
from places
where fits and place % 2 = 1
"""

_NUMBER_RECORDS = """
create or replace temp table csv_records as
with single_lines as (
    select line_no, text, is_row, is_odd
    from csv_lines
    where not exists (
        select 1 from csv_joined where line_no between first_line and last_line
    )
),
records as (
    select * from single_lines
    union all
    select first_line, text, true, false from csv_joined
)
select
    row_number() over (order by line_no) as record_no,
    text,
    is_row,
    is_odd,
    contains(text, {broken}) as is_broken
from records
where trim(text) <> ''
"""
