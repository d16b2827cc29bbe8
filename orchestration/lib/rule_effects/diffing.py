"""What changed rule rows would move in the marts, each group of them alone and all together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

import duckdb

from orchestration.lib.building.calling import Progress
from orchestration.lib.building.report import BuildError
from orchestration.lib.rule_effects.basing import Base, find_base
from orchestration.lib.rule_effects.changes import (
    RowChange,
    Unit,
    changes_between,
    units_of,
    with_changes,
)
from orchestration.lib.rule_effects.comparing import Differences
from orchestration.lib.rule_effects.keeping import rules_now
from orchestration.lib.rule_effects.trials import Moves, Trials, trials
from orchestration.lib.rules import require_sound_rules, rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name

# so many groups of changes are built one by one to tell them apart; of more, whole rule tables are
SEPARATED = 4
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class UnitMoves:
    """What one group of changes moves when it is made alone; null where that cannot be built."""

    unit: Unit
    alone: Moves | None


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Rows of a mart that belong to no single group of changes.

    `shared` are moved by each of several groups, `joint` only by several together, `undone` by one
    group alone and not by all together.
    """

    mart: str
    shared: int
    joint: int
    undone: int


@dataclass(frozen=True, kw_only=True)
class RuleDiff:
    """What differs between two sets of rules, what that moves, and the models built to know it."""

    base: Base
    changes: tuple[RowChange, ...] = ()
    units: tuple[UnitMoves, ...] = ()
    total: Moves = field(default_factory=Moves)
    overlaps: tuple[Overlap, ...] = ()
    models: int = 0
    seconds: float = 0.0


def rules_diff(
    settings: Settings,
    *,
    revision: str | None = None,
    with_names: bool = False,
    each: bool = False,
    progress: Progress | None = None,
) -> RuleDiff:
    """What the rules of now would move in the published marts, or against those of `revision`.

    Only rules differ: data, models and day are the same on both sides. `each` builds every group
    of changes alone, however many there are. Raises RulesError, PublishError, HomeBusyError,
    BuildError.
    """
    began = monotonic()
    require_sound_rules(settings)
    tables = rule_tables()
    base = find_base(settings, revision=revision)
    now = rules_now(settings)
    changes = changes_between(base.rules, now, tables)
    if not changes:
        return RuleDiff(base=base, seconds=monotonic() - began)
    units = _separable(units_of(changes, tables), each=each)
    with trials(settings, base, with_names=with_names, progress=progress) as tried:
        part = tried.part({change.table for change in changes})
        found = tried.differences(ALL, rules=now, part=part)
        total = tried.moves(ALL, found)
        alone = [_alone(tried, number, units, found, total) for number in range(len(units))]
        overlaps = list(_overlaps(tried.connection, found, [one for one, _ in alone]))
    return RuleDiff(
        base=base,
        changes=tuple(changes),
        units=tuple(
            UnitMoves(unit=unit, alone=moves) for unit, (_, moves) in zip(units, alone, strict=True)
        ),
        total=total,
        overlaps=tuple(overlaps),
        models=len(part.models),
        seconds=monotonic() - began,
    )


def _separable(units: Sequence[Unit], *, each: bool) -> list[Unit]:
    """The groups to be told apart: as they are, joined by rule tables, or all in one."""
    if each or len(units) <= SEPARATED:
        return list(units)
    by_tables: dict[frozenset[str], list[RowChange]] = {}
    for unit in units:
        by_tables.setdefault(unit.tables, []).extend(unit.changes)
    joined = [Unit(changes=tuple(changes)) for changes in by_tables.values()]
    if len(joined) <= SEPARATED:
        return joined
    return [Unit(changes=tuple(change for unit in units for change in unit.changes))]


def _alone(
    tried: Trials, number: int, units: Sequence[Unit], found: list[Differences], total: Moves
) -> tuple[list[Differences], Moves | None]:
    """What one group of changes moves alone; built only where another reaches the same marts."""
    if len(units) == 1:
        return found, total
    unit = units[number]
    part = tried.part(unit.tables)
    others = {
        mart for other in units if other is not unit for mart in tried.part(other.tables).marts
    }
    if not part.marts & others:
        own = {contract.full_name for contract in tried.contracts_of(part)}
        kept = [one for one in found if one.mart in own]
        return kept, tried.moves(ALL, kept)
    label = f"alone_{number}"
    rules = with_changes(tried.base.rules, unit.changes, rule_tables())
    try:
        differences = tried.differences(label, rules=rules, part=part)
        return differences, tried.moves(label, differences)
    except BuildError:
        return [], None
    finally:
        tried.forget(label)


def _overlaps(
    connection: duckdb.DuckDBPyConnection,
    total: Sequence[Differences],
    alone: Sequence[Sequence[Differences]],
) -> Iterator[Overlap]:
    """Marts in which the groups of changes do not simply add up."""
    if len(alone) == 1:
        return
    by_mart: dict[str, list[str]] = {}
    for group in alone:
        for one in group:
            by_mart.setdefault(one.mart, []).append(f"select row_key from {name(one.table)}")
    for one in total:
        singles = " union all ".join(by_mart.get(one.mart, [])) or "select '' where false"
        shared, joint, undone = connection.execute(
            "select count(*) filter (together.row_key is not null and coalesce(groups, 0) > 1), "
            "count(*) filter (groups is null), count(*) filter (together.row_key is null) "
            f"from (select row_key from {name(one.table)}) as together full join "
            f"(select row_key, count(*) as groups from ({singles}) group by 1) as single "
            "on together.row_key = single.row_key"
        ).fetchone()
        if shared or joint or undone:
            yield Overlap(mart=one.mart, shared=shared, joint=joint, undone=undone)
