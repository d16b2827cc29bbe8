"""What is to be built again though no file came: asked here, read by whoever plans a build.

`raw_ops.asked_again` has a row per thing asked for: kind, key, asked_at, reason. A request is open
until a build has ended well after it. Rows that vanished stand in `raw_ops.revoked_batches`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.publishing import open_published
from orchestration.lib.raw_checks import declared_tables
from orchestration.lib.running.records import BUILD_FINISHED, steps
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

# A key is `system`, `system/table`, `first day/last day` of what happened, or an account's id.
SYSTEM, TABLE, DAYS, ACCOUNT = "system", "table", "days", "account"


def ask_again(
    connection: duckdb.DuckDBPyConnection, kind: str, keys: Iterable[str], *, reason: str
) -> int:
    """Ask for some keys of a kind; returns how many. The clock is compared with builds only."""
    ensure_raw_tables(connection)
    rows = [[kind, key, _now(), reason] for key in keys]
    if rows:
        connection.executemany("insert into raw_ops.asked_again values (?, ?, ?, ?)", rows)
    return len(rows)


def asked_keys(
    settings: Settings,
    *,
    days: Sequence[tuple[str, str]] = (),
    systems: Sequence[str] = (),
    tables: Sequence[str] = (),
    accounts: Sequence[str] = (),
) -> dict[str, list[str]]:
    """Keys by kind, without empty kinds; raises TouchlineError for a name nothing has."""
    known_tables = {spec.name for spec in declared_tables()}
    known_systems = {spec.system for spec in declared_tables()}
    _require(systems, known_systems, what="system", where="orchestration/lib/raw_checks")
    _require(tables, known_tables, what="table", where="orchestration/lib/raw_checks")
    if accounts:
        published = open_published(settings)
        try:
            rows = published.execute("select account_id from marts.dim_accounts").fetchall()
        finally:
            published.close()
        _require(accounts, {row[0] for row in rows}, what="account", where="marts.dim_accounts")
    asked = {
        DAYS: [f"{first}/{last}" for first, last in days],
        SYSTEM: list(systems),
        TABLE: list(tables),
        ACCOUNT: list(accounts),
    }
    return {kind: keys for kind, keys in asked.items() if keys}


def _require(names: Sequence[str], known: Set[str], *, what: str, where: str) -> None:
    """Raise TouchlineError for the first name that is not known."""
    for name in names:
        if name not in known:
            raise TouchlineError(f"there is no {what} '{name}'", where, _advice(name, known))


def _advice(name: str, known: Set[str]) -> str:
    """Names like this one, or how to find the right one."""
    alike = get_close_matches(name, sorted(known), n=3)
    if alike:
        return f"use one of: {', '.join(alike)}"
    return "look there how it is written; `touchline explain account NAME` tells an account's id"


def open_requests(
    connection: duckdb.DuckDBPyConnection, settings: Settings
) -> list[dict[str, Any]]:
    """What was asked or taken out since the last build that ended well, oldest first.

    `kind` is one of those above, or `revoked` with the batch as key.
    """
    ensure_raw_tables(connection)
    # written out, as a bound value makes DuckDB load pandas, and an idle run is to be quick
    since = f"timestamp {value(_last_build(settings))}"
    rows = connection.execute(
        f"""
        select kind, key, asked_at, reason from raw_ops.asked_again where asked_at > {since}
        union all
        select 'revoked', batch_id, revoked_at, reason
        from raw_ops.revoked_batches
        where revoked_at > {since}
        order by asked_at, kind, key
        """
    ).fetchall()
    return [dict(zip(("kind", "key", "asked_at", "reason"), row, strict=True)) for row in rows]


def asked_relations(requests: Iterable[dict[str, Any]]) -> list[str]:
    """The raw tables, as dbt names them, that requests are about.

    Those of a system or a table; all of them for days and accounts, as any table may tell of them:
    their rows are compared with what was built, and what differs is built again. The keys of days
    and accounts are built again beside, see building/asked_keys.py. A revoked batch is seen by its
    absence.
    """
    relations: set[str] = set()
    for request in requests:
        for spec in declared_tables():
            names = {SYSTEM: spec.system, TABLE: spec.name}
            if request["kind"] in {DAYS, ACCOUNT} or request["key"] == names.get(request["kind"]):
                relations.add(f"source.touchline.{spec.system}.{spec.table}")
    return sorted(relations)


def _last_build(settings: Settings) -> datetime:
    """When the last build ended well, without zone; long ago before the first."""
    ends = [entry["at"] for entry in steps(settings) if entry["step"] == BUILD_FINISHED]
    last = datetime.fromisoformat(ends[-1]) if ends else datetime(1970, 1, 1, tzinfo=UTC)
    return last.astimezone(UTC).replace(tzinfo=None)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
