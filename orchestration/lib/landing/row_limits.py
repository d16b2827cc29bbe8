"""Rows of a raw table that are too old: found record by record, let go, counted by batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import duckdb

from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.sql_text import name, value

FOUND = "rows_let_go"


@dataclass(frozen=True, kw_only=True)
class RowLimit:
    """A record of `spec` is let go when all its rows are older than `before`, in UTC.

    `moment` is the column that tells their age, none means when they were loaded; a record of
    which `stays` (SQL) holds for any row is kept however old.
    """

    spec: TableSpec
    rule_id: str
    moment: str | None
    before: datetime
    stays: str


def find_rows(
    connection: duckdb.DuckDBPyConnection, limit: RowLimit, *, batch_id: str | None = None
) -> int:
    """Fill `rows_let_go` with the rows beyond a limit, of one batch or of all; returns how many.

    The rows of a record (one key, or a row without key) go together or not at all: else an old
    version of it would come to light. A row whose moment cannot be read is as old as its loading.
    """
    table, before = raw_table(limit.spec), f"timestamptz {value(limit.before.isoformat())}"
    loaded_at = "_loaded_at at time zone 'UTC'"
    at = f"try_cast({name(limit.moment)} as timestamptz)" if limit.moment else "null"
    is_kept = f"coalesce({at}, {loaded_at}) >= {before} or coalesce({limit.stays}, false)"
    of_batch = f"_batch_id = {value(batch_id)}" if batch_id else "true"
    connection.execute(
        f"""
        create or replace temp table {FOUND} as
        select rowid as place, _batch_id, _source_row
        from {table}
        where not ({is_kept}) and {of_batch}
            and (
                _key_hash is null
                or _key_hash not in (
                    select _key_hash from {table} where _key_hash is not null and ({is_kept})
                )
            )
        """
    )
    return connection.execute(f"select count(*) from {FOUND}").fetchall()[0][0]


def let_go_within(
    cursor: duckdb.DuckDBPyConnection, limit: RowLimit, *, batch_id: str | None = None
) -> int:
    """The same inside a transaction of the caller, and of one batch when it is named.

    The ledger's row of each batch stays; what went is no longer `loaded` but `erased`.
    """
    gone = find_rows(cursor, limit, batch_id=batch_id)
    if gone:
        table = raw_table(limit.spec)
        cursor.execute(f"delete from {table} where rowid in (select place from {FOUND})")
        cursor.execute(
            f"insert into raw_ops.pruned_rows select _batch_id, ?, ?, ?, ?, ?, count(*), ?"
            f" from {FOUND} group by _batch_id",
            [
                *limit.spec.place,
                limit.rule_id,
                limit.moment,
                without_zone(limit.before),
                without_zone(datetime.now(UTC)),
            ],
        )
        cursor.execute(
            f"""
            update raw_ops.load_ledger
            set rows_loaded = rows_loaded - rows_gone, rows_erased = rows_erased + rows_gone
            from (select _batch_id, count(*) as rows_gone from {FOUND} group by _batch_id) as gone
            where load_ledger.batch_id = gone._batch_id
            """
        )
    return gone


def without_zone(moment: datetime) -> datetime:
    """A moment as the ledgers write it: in UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
