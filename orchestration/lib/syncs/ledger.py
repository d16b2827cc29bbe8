"""The ledger of all syncs: plans, their changes, what destinations acknowledged and who refused.

It is history: never rebuilt, in every backup, and written by the sync engine alone, under the lock
of the home. Tables have no keys on purpose: DuckDB checks one before a transaction's own deletes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.settings import Settings

# a million members are planned within it; what does not fit is spilled
MEMORY_LIMIT = "1500MB"
FILE_MODE = 0o600
TABLES = {
    # one row per plan; a plan is of one segment at one destination
    "sync_plans": """
        plan_id varchar, plan_number bigint, destination varchar, segment_id varchar,
        run_id varchar, as_of timestamp, basis varchar, undoes varchar, is_resync boolean,
        status varchar, members bigint, acknowledged bigint, additions bigint, updates bigint,
        removals bigint, unchanged bigint, withheld bigint, quarantined bigint, findings varchar,
        overridden varchar, override_reason varchar, who varchar, error varchar,
        created_at timestamp, ended_at timestamp""",
    # one row per plan and change, numbered in the order of sending
    "sync_changes": """
        plan_id varchar, change_number bigint, wave bigint, destination varchar,
        segment_id varchar, person_id varchar, operation varchar, email varchar, purpose varchar,
        channel varchar, fields varchar, before varchar, after varchar, content_hash varchar,
        idempotency_key varchar, remote_id varchar, batch bigint, state varchar, reason varchar,
        attempts bigint, answered_at timestamp""",
    # one row per destination, segment and address that the destination said it holds; without a
    # payload where nobody knows, because the answer was lost and the change no longer holds
    "acknowledged": """
        destination varchar, segment_id varchar, email varchar, person_id varchar,
        purpose varchar, channel varchar, payload varchar, row_hash varchar, remote_id varchar,
        plan_id varchar, acknowledged_at timestamp""",
    # one row per address that a destination may no longer write to, as it was read back
    "refusals": """
        destination varchar, email varchar, status varchar, reason varchar,
        happened_at timestamp, read_at timestamp, file varchar, is_landed boolean,
        purpose varchar""",
}
# what an interrupted or stopped plan may still be carried on from
OPEN = ("planned", "applying", "stopped", "failed")


class SyncError(TouchlineError):
    """A sync cannot be planned, applied, checked or undone as asked; what is known stays kept."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One row of sync_plans. `basis` is the plan whose answers it builds on, `undoes` the plan it
    takes back; `withheld` counts what a destination refused for good and that did not change."""

    plan_id: str
    plan_number: int
    destination: str
    segment_id: str
    run_id: str
    as_of: datetime
    basis: str
    undoes: str | None
    is_resync: bool
    status: str
    members: int
    acknowledged: int
    additions: int
    updates: int
    removals: int
    unchanged: int
    withheld: int
    quarantined: int
    findings: list[dict[str, Any]]
    overridden: list[str]
    override_reason: str | None
    who: str
    error: str | None
    created_at: datetime
    ended_at: datetime | None

    @property
    def changes(self) -> int:
        """How much there is to send."""
        return self.additions + self.updates + self.removals


def ledger_file(settings: Settings) -> Path:
    """Where the ledger of a home lies."""
    return settings.state / "syncs.duckdb"


@contextmanager
def open_ledger(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger of a home, ready to write; the caller holds the home's lock."""
    settings.state.mkdir(parents=True, exist_ok=True)
    settings.temp.mkdir(parents=True, exist_ok=True)
    file = ledger_file(settings)
    limits = {"memory_limit": MEMORY_LIMIT, "temp_directory": str(settings.temp)}
    with duckdb.connect(str(file), config=limits | {"threads": settings.threads}) as connection:
        file.chmod(FILE_MODE)
        connection.execute("set timezone = 'UTC'; set preserve_insertion_order = false")
        for table, columns in TABLES.items():
            connection.execute(f"create table if not exists {table} ({columns})")
        # of a ledger from before: what it knows was refused for every purpose
        connection.execute("alter table refusals add column if not exists purpose varchar")
        yield connection


def plan_of(connection: duckdb.DuckDBPyConnection, plan_id: str) -> Plan:
    """One plan; raises SyncError when the ledger has none of this name."""
    found = _plans(connection, "where plan_id = ?", [plan_id])
    if not found:
        raise SyncError(
            f"there is no plan {plan_id}", "ledger of syncs", "list them: `touchline sync history`"
        )
    return found[0]


def plans_of(
    connection: duckdb.DuckDBPyConnection,
    *,
    destination: str | None = None,
    segment_id: str | None = None,
) -> list[Plan]:
    """Plans, the newest first."""
    return _plans(
        connection,
        "where destination = coalesce(?, destination) and segment_id = coalesce(?, segment_id)",
        [destination, segment_id],
    )


def add_plan(connection: duckdb.DuckDBPyConnection, facts: Mapping[str, Any]) -> str:
    """Write a new plan; returns its id. Counts and findings may be told later."""
    number = connection.execute(
        "select coalesce(max(plan_number), 0) + 1 from sync_plans"
    ).fetchone()[0]
    row = {"plan_id": f"p{number:06d}", "plan_number": number, **facts}
    columns, marks = ", ".join(row), ", ".join("?" for _ in row)
    connection.execute(f"insert into sync_plans ({columns}) values ({marks})", list(row.values()))
    return row["plan_id"]


def tell_plan(connection: duckdb.DuckDBPyConnection, plan_id: str, **facts: Any) -> None:
    """Write facts into the row of a plan."""
    columns = ", ".join(f"{column} = ?" for column in facts)
    values = [json.dumps(fact) if isinstance(fact, list) else fact for fact in facts.values()]
    connection.execute(f"update sync_plans set {columns} where plan_id = ?", [*values, plan_id])


def basis_of(connection: duckdb.DuckDBPyConnection, destination: str, segment_id: str) -> str:
    """The last plan of which the destination accepted something; empty before the first."""
    found = connection.execute(
        "select max(plan_id) from sync_changes "
        "where destination = ? and segment_id = ? and state = 'accepted'",
        [destination, segment_id],
    ).fetchone()
    return found[0] or ""


def synced_segments(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every (destination, segment) the ledger knows members of."""
    return connection.execute(
        "select distinct destination, segment_id from acknowledged order by all"
    ).fetchall()


def utc_now() -> datetime:
    """Now, UTC without saying so, as the ledger keeps times."""
    return datetime.now(UTC).replace(tzinfo=None)


def _plans(connection: duckdb.DuckDBPyConnection, where: str, values: Sequence[Any]) -> list[Plan]:
    cursor = connection.execute(
        f"select * from sync_plans {where} order by plan_number desc", list(values)
    )
    names = [column[0] for column in cursor.description]
    return [_plan(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _plan(row: Mapping[str, Any]) -> Plan:
    counts = ("members", "acknowledged", "additions", "updates", "removals")
    counts += ("unchanged", "withheld", "quarantined")
    lists = {name: json.loads(row[name] or "[]") for name in ("findings", "overridden")}
    return Plan(**{**row, **{name: row[name] or 0 for name in counts}, **lists})
