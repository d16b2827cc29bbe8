"""Rows in quarantine that name a person: by the columns they were read into, or in their text."""

from __future__ import annotations

from typing import Any

import duckdb

from orchestration.lib.access.marks import Marks, Providers, form, marked_sql
from orchestration.lib.access.personal import ISSUED, PersonalTable, personal_tables
from orchestration.lib.access.raw_rows import FOUND, find_marked, holds_address
from orchestration.lib.explain.reading import as_rows
from orchestration.lib.sql_text import name, value

QUARANTINE = "raw_ops.quarantine"
ADDRESSES = "raw_ops.quarantined_addresses"
MARKED = "marked_aside"
# In a line that is no row, a shorter word than this could be anything.
SHORTEST_ID = 6
_WORDS = r"""[\s,;|"''{}\[\]<>]+"""


def find_set_aside(cursor: duckdb.DuckDBPyConnection, marks: Marks) -> int:
    """Fill `marked_aside` (place, rowids of the quarantine); needs `bring_marks`; how many."""
    cursor.execute(
        f"create or replace temp table {MARKED} as select rowid as place from {QUARANTINE}"
        f" where {lines_marked(QUARANTINE, 'system', marks.providers)}"
    )
    there = cursor.execute(f"select distinct system, table_name from {QUARANTINE}").fetchall()
    for table in personal_tables():
        if table.spec.place in there:
            _find_by_columns(cursor, table, marks)
    return cursor.execute(f"select count(distinct place) from {MARKED}").fetchall()[0][0]


def lines_marked(relation: str, system: str, providers: Providers) -> str:
    """SQL of whether the `raw_text` of a line names somebody; `system` is SQL of whose line it is.

    By an address in it, or by an issued identifier as one of its words.
    """
    kinds = [f"{value(f'{kind}|')} || {system} || {value('|')} || word" for kind in ISSUED]
    kinds.append(f"{value(form('email_sha256', '', ''))} || lower(word)")
    words = f"regexp_split_to_array(raw_text, '{_WORDS}')"
    long_words = f"list_filter({words}, lambda word: length(word) >= {SHORTEST_ID})"
    forms = f"flatten(list_transform({long_words}, lambda word: [{', '.join(kinds)}]))"
    return f"""(
        {holds_address(relation, "raw_text", providers)}
        or rowid in (
            select place
            from (select rowid as place, unnest({forms}) as told_form from {relation})
            where {marked_sql("told_form")}
        )
    )"""


def rows_in_quarantine(
    cursor: duckdb.DuckDBPyConnection, marks: Marks
) -> dict[str, list[dict[str, Any]]]:
    """Rows set aside that name the person, and addresses that were kept of such rows."""
    find_set_aside(cursor, marks)
    rows = cursor.execute(
        "select system || '/' || table_name as \"table\", source_file as _source_file, source_row,"
        f" column_name, reason, raw_text, quarantined_at from {QUARANTINE}"
        f" where rowid in (select place from {MARKED}) order by batch_id, source_row"
    )
    found = {QUARANTINE: as_rows(rows)}
    kept = cursor.execute(
        "select email, kept.system || '/' || kept.table_name as \"table\", kept.source_row,"
        f" ledger.source_file as _source_file from (select * from {ADDRESSES}"
        f" where {holds_address(ADDRESSES, 'email', marks.providers)}) as kept"
        " left join raw_ops.load_ledger as ledger on ledger.batch_id = kept.batch_id order by all"
    )
    return found | {ADDRESSES: as_rows(kept)}


def _find_by_columns(cursor: duckdb.DuckDBPyConnection, table: PersonalTable, marks: Marks) -> None:
    """Add rows of one table that were read and had a fault: their text is JSON of their columns."""
    columns = [one.column for one in table.columns]
    fields = ", ".join(
        f"json_extract_string(raw_text, {value('$.' + name(column))}) as {name(column)}"
        for column in columns
    )
    cursor.execute(
        f"create or replace temp table read_aside as select rowid as _place, {fields}"
        f" from {QUARANTINE} where system = ? and table_name = ? and json_valid(raw_text)",
        list(table.spec.place),
    )
    if find_marked(cursor, "read_aside", table, columns, marks.providers):
        cursor.execute(
            f"insert into {MARKED} select _place from read_aside"
            f" where rowid in (select place from {FOUND})"
        )
