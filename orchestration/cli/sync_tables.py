"""How plans of syncs, and what became of them, look on a screen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from orchestration.cli.output import print_labelled, screen
from orchestration.cli.tables import print_table
from orchestration.lib.syncs.guards import STOP

if TYPE_CHECKING:
    from orchestration.lib.syncs.homes import Planned

VERIFIED = ("agrees", "checked", "missing", "unexpected", "differing")
COMES_AGAIN = {
    "rejected_retryable": "mend the cause above; the next `touchline sync plan` has them again",
    "rejected_permanent": "they come again when their values change, or with `--resync`",
}
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
    stopped = [one for one in plans if one.is_stopped]
    if stopped:
        stops = [one["guard"] for one in stopped[0].plan.findings if one["severity"] == STOP]
        answered = " ".join(f"--override {guard}" for guard in stops)
        text = (
            "find the cause and plan again; where it is right, "
            f'`touchline sync apply {stopped[0].plan.plan_id} {answered} --reason "…"`'
        )
        print_labelled("next ", text, style="dim")
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
    """What became of applied plans, and how those whom a tool rejected come again."""
    told = list(outcomes)
    rows = [
        {name: one.get(name, "") for name in ("plan_id", "destination", "segment_id")}
        | {"status": one.get("status", "not applied"), "changes": counted(one.get("states", {}))}
        | {"why": one.get("error") or counted(one.get("reasons", {}))}
        for one in told
    ]
    if not rows:
        screen.print("no plan waits: `touchline sync plan` makes one")
        return
    print_table(rows)
    for state, text in COMES_AGAIN.items():
        count = sum(one.get("states", {}).get(state, 0) for one in told)
        if count:
            print_labelled("next ", f"{count:,} {state}: {text}", style="dim")


def tell_verified(found: Sequence[Mapping[str, Any]]) -> None:
    """What every tool was found to hold, and what to do where that is not what was told to it."""
    columns = ("destination", "segment_id", *VERIFIED, "error")
    shown = columns if any("error" in one for one in found) else columns[:-1]
    print_table([{name: one.get(name, "") for name in shown} for one in found])
    for one in found:
        whose = f"--destination {one['destination']} --segment {one['segment_id']}"
        if one.get("missing") or one.get("differing"):
            again = f"`touchline sync plan {whose} --resync`, then apply, tells all of them again"
            print_labelled("next ", again, style="dim")
        if one.get("unexpected"):
            text = (
                f"{one['unexpected']:,} in {one['segment_id']} were not put there by a sync, which "
                f"takes out only whom it told: look at them in {one['destination']}"
            )
            print_labelled("next ", text, style="dim")


def tell_history(rows: Sequence[Mapping[str, Any]]) -> None:
    """Plans as they ended: who applied them and when, and which guard somebody answered for."""
    columns = ("plan_id", "destination", "segment_id", "status", "changes", "states")
    columns += ("ended_at", "who", "overridden", "why")
    told = [
        row
        | {"states": counted(row["states"]), "overridden": ", ".join(row["overridden"] or ())}
        | {"why": row["error"] or row["override_reason"] or ""}
        for row in rows
    ]
    print_table(told, columns=[name for name in columns if any(row[name] for row in told)])


def counted(counts: Mapping[str, int]) -> str:
    """Numbers by name, in one line."""
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
