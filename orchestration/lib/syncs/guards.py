"""Guards: what must not leave by itself. Each is a row of sync_guards; a stop needs an override."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.ledger import Plan, SyncError

TABLE = "sync_guards"
STOP = "stop"
# what a row may be limited to, the narrower first; rows of a home need not have the columns
LIMITS = ("segment_id", "destination")


@dataclass(frozen=True, kw_only=True)
class Guard:
    """One row of sync_guards: it speaks up beyond `threshold`, from `min_count` changes on."""

    guard: str
    threshold: float
    min_count: int
    severity: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What guards look at: a plan with its counts, and what is known around it.

    `newest_run_id` is the newest version that was ever applied to the segment; `unresolved` are
    plans of which it is not known what arrived; `lacking` are fields the tool does not have;
    `silent_sources` tell of tables that should have brought who refused, and are late.
    """

    plan: Plan
    newest_run_id: str | None
    unresolved: Sequence[str]
    lacking: Sequence[str]
    silent_sources: Sequence[str]
    now: datetime


def read_guards(settings: Settings, destination: str, segment_id: str) -> list[Guard]:
    """Guards that hold for a segment at a destination: its own row of a guard, else the row of the
    destination, else the row for all."""
    rows = effective_rows(settings, rule_tables()[TABLE])
    active = [row.values for row in rows if (row.values["is_active"] or "").lower() == "true"]
    asked = dict(zip(LIMITS, (segment_id, destination), strict=True))
    found: dict[str, Guard] = {}
    for row in sorted(active, key=lambda row: [bool(row.get(name)) for name in LIMITS]):
        if all(row.get(name) in (None, asked[name]) for name in LIMITS):
            found[str(row["guard"])] = Guard(
                guard=str(row["guard"]),
                threshold=float(row["threshold"] or 0),
                min_count=int(row["min_count"] or 0),
                severity=row["severity"] or STOP,
            )
    return [found[name] for name in sorted(found)]


def findings_of(facts: Facts, guards: Iterable[Guard]) -> list[dict[str, Any]]:
    """What the guards find in a plan: guard, severity and a text with the figures."""
    return [
        {"guard": guard.guard, "severity": guard.severity, "text": text}
        for guard in guards
        if (text := CHECKS[guard.guard](facts, guard))
    ]


def require_overridden(plan: Plan, overrides: Sequence[str], reason: str | None) -> None:
    """Raise SyncError where a guard stops the plan and nobody answers for it."""
    stops = {one["guard"]: one["text"] for one in plan.findings if one["severity"] == STOP}
    if overrides and not (reason or "").strip():
        raise SyncError(
            "an override needs a reason", f"plan {plan.plan_id}", 'add `--reason "…"`; it is kept'
        )
    left = [name for name in stops if name not in overrides]
    if left:
        first, *others = left
        raise SyncError(
            f"guard {first} stops the plan: {stops[first]}",
            f"plan {plan.plan_id}, segment {plan.segment_id} at {plan.destination}",
            f"find the cause; if it is right: `touchline sync apply {plan.plan_id} "
            f'--override {first} --reason "…"`',
            also=[f"guard {name}: {stops[name]}" for name in others],
        )


def _empty_segment(facts: Facts, guard: Guard) -> str:
    plan = facts.plan
    if plan.members or plan.acknowledged <= guard.threshold:
        return ""
    return f"nobody is left of {plan.acknowledged:,} members"


def _removals_share(facts: Facts, guard: Guard) -> str:
    plan = facts.plan
    share = plan.removals / plan.acknowledged if plan.acknowledged else 0
    if plan.removals < guard.min_count or share <= guard.threshold:
        return ""
    return f"{plan.removals:,} of {plan.acknowledged:,} would be removed ({share:.0%})"


def _removals_count(facts: Facts, guard: Guard) -> str:
    if facts.plan.removals <= guard.threshold:
        return ""
    return f"{facts.plan.removals:,} would be removed, more than {guard.threshold:,.0f}"


def _shrinks(facts: Facts, guard: Guard) -> str:
    plan = facts.plan
    lost = plan.removals - plan.additions
    left = plan.acknowledged - lost
    if left <= 0 or lost < guard.min_count or lost <= guard.threshold * plan.acknowledged:
        return ""
    return f"of {plan.acknowledged:,} members {left:,} would be left"


def _additions_share(facts: Facts, guard: Guard) -> str:
    plan = facts.plan
    is_first = not plan.basis
    share = plan.additions / plan.acknowledged if plan.acknowledged else float("inf")
    if is_first or plan.additions < guard.min_count or share <= guard.threshold:
        return ""
    return f"{plan.additions:,} would be added to {plan.acknowledged:,}"


def _stale_source(facts: Facts, guard: Guard) -> str:
    told = facts.plan.additions + facts.plan.updates
    if not told or len(facts.silent_sources) <= guard.threshold:
        return ""
    return f"who refused may not be known: {'; '.join(facts.silent_sources)}"


def _stale_version(facts: Facts, guard: Guard) -> str:
    age = facts.now - facts.plan.as_of
    if not facts.plan.changes or age <= timedelta(hours=guard.threshold):
        return ""
    hours = age / timedelta(hours=1)
    return f"the published version speaks of {facts.plan.as_of:%Y-%m-%d %H:%M}, {hours:,.0f} h ago"


def _older_version(facts: Facts, guard: Guard) -> str:
    newest = facts.newest_run_id
    if not facts.plan.changes or newest is None or facts.plan.run_id >= newest:
        return ""
    return f"version {facts.plan.run_id} is older than {newest}, applied before"


def _unresolved_plan(facts: Facts, guard: Guard) -> str:
    if len(facts.unresolved) <= guard.threshold:
        return ""
    plans = ", ".join(facts.unresolved)
    return f"it is not known what arrived of {plans}: `touchline sync apply {facts.unresolved[0]}`"


def _bad_key(facts: Facts, guard: Guard) -> str:
    count = facts.plan.quarantined
    if count <= guard.threshold:
        return ""
    return f"{count:,} members have no key, or one that is not unique; they are left as they are"


def _unknown_field(facts: Facts, guard: Guard) -> str:
    if len(facts.lacking) <= guard.threshold:
        return ""
    return f"the tool cannot take what is mapped: {'; '.join(facts.lacking)}"


CHECKS: dict[str, Callable[[Facts, Guard], str]] = {
    "additions_share": _additions_share,
    "bad_key": _bad_key,
    "empty_segment": _empty_segment,
    "older_version": _older_version,
    "removals_count": _removals_count,
    "removals_share": _removals_share,
    "shrinks": _shrinks,
    "stale_source": _stale_source,
    "stale_version": _stale_version,
    "unknown_field": _unknown_field,
    "unresolved_plan": _unresolved_plan,
}
