"""Before which moment rows of raw tables go: by the rules, and as a history has it was applied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.lib.history import read_records
from orchestration.lib.landing.row_limits import RowLimit
from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.retention.rules import RAW_ROWS, Keep, active_rules, rule_of
from orchestration.lib.rules.refusals import refusal
from orchestration.lib.settings import Settings


def history_file(settings: Settings) -> Path:
    """Records of all that was pruned in a home."""
    return settings.state / "pruned.jsonl"


def wanted_limits(settings: Settings, *, now: datetime) -> list[RowLimit]:
    """What the rules let go as of now, of each raw table that a rule is about."""
    keeps = active_rules(settings)
    found = ((spec, rule_of(keeps, spec)) for spec in declared_tables())
    return [_limit(settings, spec, keep, now - keep.days) for spec, keep in found if keep]


def limits_in_force(settings: Settings) -> list[RowLimit]:
    """Limits that somebody applied, as far as the rules of today still want them.

    A rule that is switched off lets rows in again, one that keeps longer the younger of them.
    """
    applied = _applied(settings)
    if not applied:
        return []
    limits = []
    for limit in wanted_limits(settings, now=datetime.now(UTC)):
        last = applied.get(limit.spec.name)
        if last and last["moment"] == limit.moment:
            before = min(limit.before, datetime.fromisoformat(last["written_before"]))
            limits.append(replace(limit, before=before))
    return limits


def _limit(settings: Settings, spec: TableSpec, keep: Keep, before: datetime) -> RowLimit:
    """Whoever refused is not to be written to for want of the row that says so: it stays."""
    return RowLimit(
        spec=spec,
        rule_id=keep.rule_id,
        moment=keep.moment,
        before=before,
        stays=refusal(settings, spec) or "false",
    )


def _applied(settings: Settings) -> dict[str, dict[str, Any]]:
    """The last record of rows let go, by table."""
    records = read_records(history_file(settings))
    return {entry["table"]: entry for entry in records if entry["layer"] == RAW_ROWS}
