"""How plans of syncs, and what became of them, look on a screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from orchestration.cli.output import print_labelled, screen
from orchestration.cli.tables import print_table

if TYPE_CHECKING:
    from orchestration.lib.syncs.homes import Planned

COUNTS = ("additions", "updates", "removals", "unchanged", "withheld", "quarantined")


def tell_plans(plans: Sequence[Planned]) -> None:
    """Counts of every plan, what guards say, and some changes of each."""
    if not plans:
        screen.print("no segment goes to a destination that is synced")
        return
    print_table(
        [
            {"plan": one.plan.plan_id, "destination": one.plan.destination}
            | {"segment": one.plan.segment_id}
            | {name: getattr(one.plan, name) for name in COUNTS}
            | {"stopped": one.is_stopped}
            for one in plans
        ]
    )
    found: dict[tuple[str, str], list[str]] = {}
    for one in plans:
        for finding in one.plan.findings:
            label = f"{finding['severity']} {finding['guard']}"
            found.setdefault((label, finding["text"]), []).append(one.plan.plan_id)
    for (label, text), names in found.items():
        whose = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        print_labelled(f"{label}, {whose}", text, style="yellow")
    for one in plans:
        if one.sample:
            screen.print()
            print_table(list(map(_change, one.sample)), title=f"{one.plan.plan_id}: some changes")


def _change(row: Mapping[str, Any]) -> dict[str, str]:
    """One change as a line: what was, and what is to be."""
    before, after = json.loads(row["before"] or "{}"), json.loads(row["fields"] or "{}")
    names = list(after) if row["operation"] != "remove" else []
    told = [f"{name}: {before.get(name) or '–'} → {after.get(name) or '–'}" for name in names]
    return {
        "change": row["operation"],
        "address": row["email"] or "–",
        "before and after": ", ".join(told) or row["reason"] or "",
    }


def tell_outcomes(outcomes: Iterable[Mapping[str, Any]]) -> None:
    """What became of applied plans."""
    rows = [
        {name: one.get(name, "") for name in ("plan_id", "destination", "segment_id")}
        | {"status": one.get("status", "not applied"), "changes": counted(one.get("states", {}))}
        | {"why": one.get("error") or counted(one.get("reasons", {}))}
        for one in outcomes
    ]
    if rows:
        print_table(rows)
    else:
        screen.print("no plan waits: `touchline sync plan` makes one")


def counted(counts: Mapping[str, int]) -> str:
    """Numbers by name, in one line."""
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
