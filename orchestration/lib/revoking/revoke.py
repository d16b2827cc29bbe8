"""Decides that contents stay out, come back or are landed again, and carries the decision out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import duckdb

from orchestration.lib.failpoints import failpoint
from orchestration.lib.landing.decisions import (
    RESTORED,
    REVOKED,
    record_decision,
    revoked_contents,
)
from orchestration.lib.landing.tables import ensure_raw_tables, raw_table
from orchestration.lib.lookups.feeds import declared_feeds
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.revoking.choosing import Batch, all_batches
from orchestration.lib.revoking.evidence import keep_refusals
from orchestration.lib.revoking.second_looks import (
    judge_again,
    later_files,
    prepare_second_looks,
    same_file,
)
from orchestration.lib.settings import Settings
from orchestration.lib.transaction import transaction

# The ledger's word for a batch whose file may be landed again, as a batch of its own.
SUPERSEDED = "superseded"
OUT = (REVOKED, SUPERSEDED)


def revoke(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    batches: Sequence[Batch],
    *,
    reason: str,
    keep_evidence: bool = True,
) -> list[dict[str, Any]]:
    """Take batches out and keep their contents out; returns counts per table.

    The decision is recorded first: should the process die, the next ingest carries it out. Files
    of the landing folder stay where they are. Raises TouchlineError, with nothing changed, when a
    later file that must be read again is not there.
    """
    for spec, found in _by_table(batches):
        later_files(connection, settings, spec, [batch.batch_id for batch in found])
    for content in dict.fromkeys(batch.content for batch in batches):
        record_decision(settings, REVOKED, content, reason=reason, keeps_refusals=keep_evidence)
    failpoint("revoke.after_decision")
    return finish_revocations(connection, settings)


def finish_revocations(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> list[dict[str, Any]]:
    """Carry out decisions that were recorded and not carried out yet; counts per table."""
    decided = revoked_contents(settings)
    ensure_raw_tables(connection)
    batches = all_batches(connection)
    if back := [one for one in batches if one.status == REVOKED and one.content not in decided]:
        _let_in(connection, back, reason="restored")
    open_ones = [one for one in batches if one.content in decided and one.status not in OUT]
    return [
        _take_out(
            connection,
            settings,
            spec,
            batches,
            status=REVOKED,
            reason=decided[batches[-1].content]["reason"],
            keep_evidence=all(decided[one.content]["keeps_refusals"] for one in batches),
        )
        for spec, batches in _by_table(open_ones)
    ]


def restore(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    batches: Sequence[Batch],
    *,
    reason: str,
) -> list[str]:
    """Let revoked contents in again with the next ingest, as new batches; returns their files."""
    for content in dict.fromkeys(batch.content for batch in batches):
        record_decision(settings, RESTORED, content, reason=reason)
    failpoint("restore.after_decision")
    _let_in(connection, batches, reason=f"restored: {reason}")
    return sorted({batch.source_file for batch in batches})


def land_again(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    batches: Sequence[Batch],
    *,
    reason: str,
) -> list[dict[str, Any]]:
    """Forget that files were landed, so that the next ingest judges them by the rules of now.

    Raises TouchlineError when one of them is not in the landing folder as it was.
    """
    for batch in batches:
        same_file(settings, batch.spec, batch.source_file, batch.file_hash)
    return [
        _take_out(
            connection,
            settings,
            spec,
            found,
            status=SUPERSEDED,
            reason=reason,
            keep_evidence=False,
        )
        for spec, found in _by_table(batches)
    ]


def _let_in(
    connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch], *, reason: str
) -> None:
    """Have the ledger know the files no more, so that the next ingest lands them."""
    connection.execute(
        "update raw_ops.load_ledger set status = ?, reason = ? where list_contains(?, batch_id)",
        [SUPERSEDED, reason, [batch.batch_id for batch in batches]],
    )


def _by_table(batches: Sequence[Batch]) -> Iterator[tuple[TableSpec, list[Batch]]]:
    ordered = sorted(batches, key=lambda one: (one.system, one.table, one.batch_id))
    for _, found in groupby(ordered, key=lambda one: (one.system, one.table)):
        of_table = list(found)
        yield of_table[0].spec, of_table


def _take_out(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    batches: Sequence[Batch],
    *,
    status: str,
    reason: str,
    keep_evidence: bool,
) -> dict[str, Any]:
    """Delete the rows of some batches of a table, and judge later rows anew: one transaction."""
    numbers = [batch.batch_id for batch in batches]
    cursor = connection.cursor()
    try:
        looks = prepare_second_looks(cursor, settings, spec, numbers)
        with transaction(cursor):
            kept = keep_refusals(cursor, settings, spec, numbers) if keep_evidence else 0
            if not keep_evidence:
                _delete(cursor, "raw_ops.quarantined_addresses", numbers)
            for table in ("quarantine", "uncastable_values", "batch_checks"):
                _delete(cursor, f"raw_ops.{table}", numbers)
            gone = _delete(cursor, raw_table(spec), numbers, column="_batch_id")
            again = judge_again(cursor, spec, numbers, looks)
            _write_books(cursor, batches, status=status, reason=reason)
            _search_again(cursor, spec)
            failpoint("revoke.before_commit")
    finally:
        cursor.close()
    failpoint("revoke.after_commit")
    counts = {"table": spec.name, "batches": len(numbers), "rows_deleted": gone}
    return counts | again | {"refusals_kept": kept}


def _delete(
    cursor: duckdb.DuckDBPyConnection, table: str, numbers: list[str], *, column: str = "batch_id"
) -> int:
    row = cursor.execute(
        f"delete from {table} where list_contains(?, {column})", [numbers]
    ).fetchone()
    return int(row[0]) if row else 0


def _write_books(
    cursor: duckdb.DuckDBPyConnection, batches: Sequence[Batch], *, status: str, reason: str
) -> None:
    """The ledger keeps the batches, their rows as taken out; a list tells the next build of them.

    The moment is a clock for people and for the next build; no model uses it.
    """
    numbers = [batch.batch_id for batch in batches]
    now = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "insert into raw_ops.revoked_batches select batch_id, system, table_name, source_file,"
        " file_hash, status, rows_loaded, ?, ?, ? from raw_ops.load_ledger"
        " where list_contains(?, batch_id)",
        [status, reason, now, numbers],
    )
    cursor.execute(
        "update raw_ops.load_ledger set status = ?, reason = ?, rows_loaded = 0,"
        " rows_duplicate = 0, rows_quarantined = 0, rows_erased = rows_in"
        " where list_contains(?, batch_id)",
        [status, reason, numbers],
    )


def _search_again(cursor: duckdb.DuckDBPyConnection, spec: TableSpec) -> None:
    """Have the lookups search the whole table again: what came to life is of old batches."""
    feeds = [feed.name for feed in declared_feeds() if feed.spec.name == spec.name]
    cursor.execute("create schema if not exists lookups")
    cursor.execute(
        "create table if not exists lookups.feeds_read (feed varchar, last_batch_id varchar)"
    )
    cursor.execute("delete from lookups.feeds_read where list_contains(?, feed)", [feeds])
