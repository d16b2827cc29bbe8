"""Takes erased persons out of the warehouse, raw rows, quarantine and books, in one transaction."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import duckdb

from orchestration.lib.access.marks import PERSON, Marks, bring_marks, form, marked_sql
from orchestration.lib.access.personal import PersonalTable
from orchestration.lib.access.raw import raw_tables_there
from orchestration.lib.access.raw_rows import holds_address, text_columns
from orchestration.lib.access.set_aside import ADDRESSES, MARKED, QUARANTINE, find_set_aside
from orchestration.lib.asked_again import TABLE
from orchestration.lib.erasing.striking import GONE, delete_struck, strike
from orchestration.lib.failpoints import failpoint
from orchestration.lib.landing.tables import raw_table
from orchestration.lib.lookups.feeds import Feed, declared_feeds
from orchestration.lib.sql_text import name, value
from orchestration.lib.transaction import transaction

REASON = "rows of a person were erased"
# Where an address may stand beside raw rows, and what is forgotten of it.
EXAMPLES = (
    ("raw_ops.uncastable_values", "example", "example = null"),
    ("raw_ops.batch_checks", "result", "result = null, observed = null"),
    ("raw_ops.batch_checks", "observed", "observed = null"),
)


def erase_from_warehouse(
    connection: duckdb.DuckDBPyConnection, marks: Marks, erasures: list[str]
) -> dict[str, int]:
    """Take everyone marked out, and note that these erasures are carried out; rows per place.

    Raw tables that lost rows or values are asked to be compared with what was built of them.
    """
    counts: Counter[str] = Counter()
    cursor = connection.cursor()
    try:
        bring_marks(cursor, marks)
        with transaction(cursor):
            touched = [
                table.spec.name
                for table in list(raw_tables_there(cursor))
                if _erase_rows(cursor, table, marks, counts)
            ]
            _erase_set_aside(cursor, marks, counts)
            for relation, column, change in EXAMPLES:
                holds = holds_address(relation, column, marks.providers)
                cursor.execute(f"update {relation} set {change} where {holds}")
            for lookup in sorted({one.lookup for one in declared_feeds()}) if touched else []:
                _forget_values(cursor, lookup)
            _forget_ids(cursor)
            _note(cursor, touched, erasures)
            failpoint("erase.before_commit")
    finally:
        cursor.close()
    failpoint("erase.after_commit")
    return dict(counts)


def not_carried_out(connection: duckdb.DuckDBPyConnection, erasures: list[str]) -> list[str]:
    """Erasures that this warehouse knows nothing of: decided and cut off, or it is another one."""
    done = {
        key for (key,) in connection.execute("select erasure_id from raw_ops.erasures").fetchall()
    }
    return [erasure for erasure in erasures if erasure not in done]


def _erase_rows(
    cursor: duckdb.DuckDBPyConnection, table: PersonalTable, marks: Marks, counts: Counter[str]
) -> bool:
    """Take everyone marked out of one raw table; the ledger counts rows that went as erased."""
    relation, spec = raw_table(table.spec), table.spec
    columns = text_columns(cursor, spec.schema, spec.table)
    gone, blanked = strike(cursor, relation, table, columns, marks.providers)
    if gone:
        _count(cursor, "rows_loaded", f"{relation} where rowid in (select place from {GONE})")
        delete_struck(cursor, relation)
    for what, rows in (("rows removed", gone), ("rows without a name", blanked)):
        if rows:
            counts[f"raw {spec.name}: {what}"] += rows
    return bool(gone or blanked)


def _erase_set_aside(cursor: duckdb.DuckDBPyConnection, marks: Marks, counts: Counter[str]) -> None:
    """Rows in quarantine go; addresses kept of such rows go too, as the tombstone refuses them."""
    if found := find_set_aside(cursor, marks):
        there = f"{QUARANTINE} where rowid in (select place from {MARKED})"
        _count(cursor, "rows_quarantined", there, batch="batch_id")
        cursor.execute(f"delete from {there}")
        counts["quarantine: rows removed"] += found
    kept = holds_address(ADDRESSES, "email", marks.providers)
    (addresses,) = cursor.execute(f"delete from {ADDRESSES} where {kept}").fetchone() or (0,)
    if addresses:
        counts["quarantine: addresses removed"] += addresses


def _count(
    cursor: duckdb.DuckDBPyConnection, was: str, rows: str, *, batch: str = "_batch_id"
) -> None:
    """Have the ledger count rows as erased that it counted as something else."""
    cursor.execute(
        f"update raw_ops.load_ledger set {was} = {was} - went, rows_erased = rows_erased + went"
        f" from (select {batch} as number, count(*) as went from {rows} group by all) as gone"
        " where load_ledger.batch_id = gone.number"
    )


def _forget_values(cursor: duckdb.DuckDBPyConnection, lookup: str) -> None:
    """Drop what a lookup says of texts that no raw row has any more, such as a phone number."""
    feeds = [feed for feed in declared_feeds() if feed.lookup == lookup]
    key = cursor.execute(
        "select column_name from duckdb_columns() where schema_name = 'lookups' and table_name = ?"
        " and database_name = current_database() order by column_index limit 1",
        [lookup],
    ).fetchall()
    if key:
        column = name(key[0][0])
        used = " union ".join(_values(feed) for feed in feeds)
        cursor.execute(f"delete from lookups.{lookup} where {column} not in ({used})")


def _values(feed: Feed) -> str:
    return f"select {feed.value_sql} from {raw_table(feed.spec)} where {feed.value_sql} is not null"


def _forget_ids(cursor: duckdb.DuckDBPyConnection) -> None:
    """Drop ids of persons that were made of the identifiers, what became of them, and where."""
    prefix = value(form(PERSON, "", ""))
    # brought from the ledger again before the next build, without them
    cursor.execute("delete from raw_ops.sync_acknowledged")
    cursor.execute(
        f"delete from raw_ops.person_map where {marked_sql(f'{prefix} || identifier_id')}"
        f" or {marked_sql(f'{prefix} || person_id')}"
    )
    cursor.execute(
        f"delete from raw_ops.person_changes where {marked_sql(f'{prefix} || old_person_id')}"
        f" or {marked_sql(f'{prefix} || new_person_id')}"
    )
    cursor.execute(
        f"delete from raw_ops.segment_entries where {marked_sql(f'{prefix} || person_id')}"
    )


def _note(cursor: duckdb.DuckDBPyConnection, touched: list[str], erasures: list[str]) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    for table in touched:
        cursor.execute(
            "insert into raw_ops.asked_again values (?, ?, ?, ?)", [TABLE, table, now, REASON]
        )
    for erasure in erasures:
        cursor.execute("insert into raw_ops.erasures values (?, ?)", [erasure, now])
