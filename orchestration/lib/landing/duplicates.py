"""Marks staged rows that say nothing new: repeats of a key's latest version or of a keyless row."""

from __future__ import annotations

import duckdb

from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import version_at


def find_duplicates(connection: duckdb.DuckDBPyConnection, spec: TableSpec) -> None:
    """Fill `duplicate_rows` (_source_row) from the good rows of `staged_rows`.

    A keyed row is a duplicate if it equals the version that is latest just before it; latest is by
    updated_at, then by batch, then by line. A keyless row is one if it equals any earlier row.
    """
    connection.execute(
        "create or replace temp table duplicate_rows as "
        + _DUPLICATES.format(raw=raw_table(spec), version=version_at(spec.column_names))
    )


def duplicate_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Rows marked by find_duplicates."""
    row = connection.execute("select count(*) from duplicate_rows").fetchone()
    assert row is not None
    return int(row[0])


_DUPLICATES = """
with good_rows as (
    select _source_row, _key_hash, _content_hash, _version_at as version_at
    from staged_rows
    where _fault is null
),
keyless_repeats as (
    select _source_row
    from good_rows
    where _key_hash is null
    qualify
        row_number() over (partition by _content_hash order by _source_row) > 1
        or _content_hash in (select _content_hash from {raw})
),
latest_before as (
    select
        _key_hash,
        arg_max(_content_hash, row({version}, _batch_id, _source_row)) as _content_hash,
        max({version}) as version_at
    from {raw}
    where _key_hash in (select _key_hash from good_rows)
    group by _key_hash
),
versions as (
    select 0::bigint as _source_row, _key_hash, _content_hash, version_at from latest_before
    union all
    select _source_row, _key_hash, _content_hash, version_at
    from good_rows
    where _key_hash is not null
),
repeated_keys as (
    select _key_hash from versions group by _key_hash having count(*) > 1
),
compared as (
    select
        _source_row,
        _content_hash,
        arg_max(_content_hash, row(version_at, _source_row)) over (
            partition by _key_hash
            order by _source_row
            rows between unbounded preceding and 1 preceding
        ) as latest_content_hash
    from versions
    where _key_hash in (select _key_hash from repeated_keys)
)
select _source_row from keyless_repeats
union all
select _source_row from compared where _source_row > 0 and _content_hash = latest_content_hash
"""
