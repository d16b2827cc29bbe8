"""Remembers with each publication what its rules moved, and gives that to the models as input."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import open_warehouse
from orchestration.lib.landing.tables import OPS_TABLES
from orchestration.lib.publishing.contract import contracts_of
from orchestration.lib.publishing.versions import history, last_publication, version_path
from orchestration.lib.rule_effects.changes import CHANGED, RowChange, changes_between
from orchestration.lib.rule_effects.comparing import Sides, find_differences
from orchestration.lib.rule_effects.counting import MartMoves, moves_of
from orchestration.lib.rule_effects.keeping import kept_rules
from orchestration.lib.rule_effects.parts import part_behind
from orchestration.lib.rules import rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value
from orchestration.lib.transaction import transaction

TABLE, RAW_TABLE = "rpt_rule_effects", "raw_ops.rule_effects"
NOWHERE = "none"
PREVIOUS = "previous_version"
BATCHES = "select batch_id, status from {}.observability.rpt_row_reconciliation"
Effect = dict[str, Any]


def record_effects(
    connection: duckdb.DuckDBPyConnection,
    *,
    settings: Settings,
    manifest: Mapping[str, Any],
    build: Mapping[str, Any],
    run_id: str,
    as_of: datetime,
    at: datetime,
) -> dict[str, Any]:
    """Add what the rules of a `build` moved to the open version; returns what to remember of it.

    Nothing is measured where the version before was made with the same rules, or does not say.
    """
    known = {name: build[name] for name in ("rules_id", "code") if name in build}
    previous = last_publication(settings) or {}
    changes = _changes(settings, previous.get("rules_id"), known.get("rules_id"))
    if not changes:
        return known
    file = version_path(settings, previous["run_id"])
    connection.execute(f"attach {value(file)} as {PREVIOUS} (read_only)")
    try:
        besides = _besides(connection, previous, known, as_of=as_of)
        common = {
            "run_id": run_id,
            "published_at": _utc(at),
            "as_of": _utc(as_of),
            "previous_run_id": previous["run_id"],
            "previous_as_of": _utc(datetime.fromisoformat(previous["as_of"])),
            "changed_besides": ", ".join(besides) or None,
        }
        effects = [common | effect for effect in _effects(connection, manifest, changes)]
    finally:
        connection.execute(f"detach {PREVIOUS}")
    _insert(connection, f"observability.{TABLE}", effects)
    return known | {"rule_effects": effects}


def bring_effects(settings: Settings, place: Settings) -> None:
    """Give the models of a `place` all effects the home remembers, as `raw_ops.rule_effects`."""
    effects = [effect for entry in history(settings) for effect in entry.get("rule_effects", ())]
    with open_warehouse(place) as connection, transaction(connection):
        connection.execute("create schema if not exists raw_ops")
        connection.execute(f"create or replace table {RAW_TABLE} ({OPS_TABLES['rule_effects']})")
        _insert(connection, RAW_TABLE, effects)


def _changes(settings: Settings, before: str | None, after: str | None) -> list[RowChange]:
    """Rule rows that differ between two kept states; none where one of them is not known."""
    if not before or not after or before == after:
        return []
    try:
        rules = [kept_rules(settings, rules_id) for rules_id in (before, after)]
    except TouchlineError:
        return []
    return changes_between(*rules, rule_tables())


def _besides(
    connection: duckdb.DuckDBPyConnection,
    previous: Mapping[str, Any],
    known: Mapping[str, Any],
    *,
    as_of: datetime,
) -> Iterator[str]:
    """What else differs from the version before, so that rows may have moved because of it."""
    if datetime.fromisoformat(previous["as_of"]) != as_of:
        yield "as_of"
    here = connection.execute("select current_database()").fetchone()[0]
    one, other = BATCHES.format(PREVIOUS), BATCHES.format(name(here))
    if connection.execute(f"({one} except {other}) union ({other} except {one})").fetchone():
        yield "files"
    if previous.get("code") != known.get("code"):
        yield "models or settings"


def _effects(
    connection: duckdb.DuckDBPyConnection,
    manifest: Mapping[str, Any],
    changes: Sequence[RowChange],
) -> Iterator[Effect]:
    """One record per changed rule and mart in which rows differ; one for a rule without any."""
    marts = {table: _marts(manifest, {table}) for table in {change.table for change in changes}}
    reached = set().union(*marts.values())
    here = connection.execute("select current_database()").fetchone()[0]
    found = find_differences(
        connection,
        [contract for contract in contracts_of(manifest) if contract.full_name in reached],
        sides=Sides(before=PREVIOUS, after=here),
        label="effects",
    )
    moved = [moves for one in found if (moves := moves_of(connection, one)).rows]
    rules: dict[tuple[str, str], list[RowChange]] = {}
    for change in changes:
        rules.setdefault((change.table, change.row_id), []).append(change)
    for (table, row_id), rows in rules.items():
        kinds = {change.kind for change in rows}
        rule = {
            "rule_table": table,
            "rule_id": row_id,
            "kind": kinds.pop() if len(kinds) == 1 else CHANGED,
            "change": "; ".join(change.told for change in rows),
        }
        own = [moves for moves in moved if moves.mart in marts[table]]
        for moves in own:
            sharing = sum(moves.mart in marts[other] for other, _ in rules)
            yield rule | {"rules_in_common": sharing} | _figures(moves)
        if not own:
            yield rule | {"mart": NOWHERE, "rules_in_common": 1}


def _figures(moves: MartMoves) -> Effect:
    """The counts of one mart, and the amount that moved most in it."""
    most = max(moves.money, key=lambda move: max(move.risen, move.fallen), default=None)
    return {
        "mart": moves.mart,
        "rows_before": moves.rows_before,
        "rows_after": moves.rows_after,
        "rows_added": moves.added,
        "rows_removed": moves.removed,
        "rows_changed": moves.changed,
        "account_count": moves.accounts,
        "person_count": moves.persons,
        "amount_column": most.column if most else None,
        "amount_risen": _exact(most.risen) if most else None,
        "amount_fallen": _exact(most.fallen) if most else None,
    }


def _marts(manifest: Mapping[str, Any], tables: Collection[str]) -> set[str]:
    """Full names of the compared marts that rule tables reach."""
    nodes = manifest["nodes"]
    part = part_behind(manifest, tables)
    return {f"{nodes[key]['schema']}.{nodes[key]['alias']}" for key in part.marts}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, effects: Sequence[Effect]) -> None:
    """Add records to a table that has a column for each of their keys."""
    for effect in effects:
        columns = ", ".join(name(column) for column in effect)
        marks = ", ".join("?" for _ in effect)
        connection.execute(
            f"insert into {table} ({columns}) values ({marks})", list(effect.values())
        )


def _utc(moment: datetime) -> str:
    """A moment as text, UTC without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")


def _exact(amount: Decimal) -> str:
    return f"{amount:.2f}"
