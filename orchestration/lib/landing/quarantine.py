"""Sets rows aside with text and reason, and keeps the addresses of those that still suppress."""

from __future__ import annotations

import duckdb

from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import name

_ADDRESS = r"[\pL\pM\pN.!#$%&''*+/=?^_`{|}~-]+@[\pL\pM\pN-]+(?:\.[\pL\pM\pN-]+)+"
# a tab or line end as JSON writes it, whose letter would be taken for the first of an address
_ESCAPED = r"\\[bfnrt]"


def quarantine_rows(
    connection: duckdb.DuckDBPyConnection,
    file: LandedFile,
    spec: TableSpec,
    match: ColumnMatch | None,
    *,
    batch_id: str,
    rejected_because: str | None = None,
) -> int:
    """Set aside bad lines and rows with a fault, or every row of a rejected file; returns how many.

    A row's text is JSON of its filled columns; a line that is no row keeps the text it came with.
    """
    connection.execute(
        f"""
        insert into raw_ops.quarantine
        with bad as (
            select source_row, null as column_name, reason, raw_text from bad_lines
            union all
            select
                _source_row,
                _fault.column_name,
                coalesce(_fault.reason, $rejected),
                {_row_text(match)}
            from staged_rows
            where _fault is not null or $rejected is not null
        )
        select
            md5(concat_ws('|', $batch, source_row, column_name)),
            $batch, $system, $table, $file, source_row, column_name, reason, raw_text, now()
        from bad
        """,
        _named(file, batch_id, rejected_because),
    )
    if spec.suppresses_when_bad:
        _keep_addresses(connection, batch_id)
    row = connection.execute(
        "select count(*) from raw_ops.quarantine where batch_id = ?", [batch_id]
    ).fetchone()
    assert row is not None
    return int(row[0])


def _row_text(match: ColumnMatch | None) -> str:
    """SQL of a staged row as JSON without its empty columns."""
    if match is None or not match.raw_names:
        return "null"
    fields = ", ".join(f"{name(column)} := {name(column)}" for column in match.raw_names)
    return f"json_merge_patch('{{}}', to_json(struct_pack({fields})))::varchar"


def _named(file: LandedFile, batch_id: str, rejected: str | None) -> dict[str, object]:
    return {
        "batch": batch_id,
        "system": file.system,
        "table": file.table,
        "file": file.source_file,
        "rejected": rejected,
    }


def _keep_addresses(connection: duckdb.DuckDBPyConnection, batch_id: str) -> None:
    """Every address in the text just set aside, lower case, once per row, escapes read or not."""
    connection.execute(
        f"""
        insert into raw_ops.quarantined_addresses
        select distinct
            lower(unnest(regexp_extract_all(
                raw_text || ' ' || regexp_replace(raw_text, '{_ESCAPED}', ' ', 'g'), '{_ADDRESS}'
            ))),
            system, table_name, batch_id, source_row
        from raw_ops.quarantine
        where batch_id = ?
        """,
        [batch_id],
    )
