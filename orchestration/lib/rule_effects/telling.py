"""The text of a rule comparison: Markdown that a pull request shows, short unless asked in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from orchestration.lib.rule_effects.details import MartDetail
from orchestration.lib.rule_effects.diffing import RuleDiff, UnitMoves
from orchestration.lib.rule_effects.figures import (
    ROWS_OF,
    amounts,
    in_order,
    inline,
    label,
    many,
    mostly,
    sentence,
)

LONGEST = 60
EVERYTHING = 10**6
# how much is shown of each group of changes: rows of rules, marts
MEASURES = (
    (10, 40),
    (8, 14),
    (6, 10),
    (4, 8),
    (4, 6),
    (3, 5),
    (3, 4),
    (2, 3),
    (2, 2),
    (1, 1),
    (1, 0),
)

# credits keep their amounts when a touchpoint's channel changes; what moves is the channel's sum
CREDITS_BY_CHANNEL = "marts.rpt_channel_credits"


def as_markdown(diff: RuleDiff, *, in_full: bool = False) -> str:
    """The whole text; at most 60 lines unless `in_full`."""
    if in_full:
        return _text(diff, (EVERYTHING, EVERYTHING))
    texts = (_text(diff, measure) for measure in MEASURES)
    text = next((text for text in texts if text.count("\n") <= LONGEST), None)
    return text or _shortened(_text(diff, MEASURES[-1]))


def as_facts(diff: RuleDiff) -> dict[str, Any]:
    """Everything, for a script."""
    facts = asdict(diff)
    base = facts.pop("base")
    return {
        "base": diff.base.told,
        "run_id": base["run_id"],
        "as_of": base["as_of"].isoformat(),
        "rebuilt_because": base["rebuilt_because"],
        **facts,
        "units": [
            {"rules": told.unit.name, "alone": asdict(told.alone) if told.alone else None}
            for told in diff.units
        ],
    }


def _text(diff: RuleDiff, measure: tuple[int, int]) -> str:
    """The text with so many rule rows and marts of each group of changes."""
    lines = ["# What the rule changes move", "", *_head(diff)]
    for told in diff.units:
        lines += ["", *_unit_lines(diff, told, measure)]
    if diff.changes:
        lines += ["", "## In all", "", *_bottom(diff)]
    return "\n".join(lines) + "\n"


def _head(diff: RuleDiff) -> Iterator[str]:
    day = diff.base.as_of.strftime("%Y-%m-%d %H:%M")
    if not diff.changes:
        yield f"Nothing: the rules are those of {diff.base.told}, as of {day} UTC."
        return
    tables = len({change.table for change in diff.changes})
    yield (
        f"Compared with {diff.base.told}, as of {day} UTC: {many(len(diff.changes), 'rule row')} "
        f"of {many(tables, 'table')} differ, which reach {many(diff.models, 'model')}."
    )
    if diff.base.rebuilt_because:
        yield f"Both sides were built, because {diff.base.rebuilt_because}."


def _unit_lines(diff: RuleDiff, told: UnitMoves, measure: tuple[int, int]) -> Iterator[str]:
    """One group of changes: its rows, a table of what it moves, examples."""
    rows, marts = measure
    yield f"## {told.unit.name}"
    yield ""
    for change in told.unit.changes[:rows]:
        key = " / ".join(part or "" for part in change.key)
        yield f"- `{key}` {change.kind}: {inline(change.told)}"
    if len(told.unit.changes) > rows:
        yield f"- and {many(len(told.unit.changes) - rows, 'more row')}: `--full`"
    if told.alone is None:
        yield "- **Cannot be built without the other changes; counted below with them**"
        return
    words = "Alone it moves" if len(diff.units) > 1 else "It moves"
    yield f"- **{words} {sentence(told.alone)}**"
    found = in_order(told.alone)
    if found and marts:
        yield ""
        yield from _table(found, marts)
    if marts == EVERYTHING:
        yield ""
        for detail in found:
            yield f"- {label(detail.moves)}: {inline('; '.join(map(str, detail.examples)))}"


def _table(ordered: Sequence[MartDetail], most: int) -> Iterator[str]:
    """A line per mart: what came, went and changed, the most frequent change, amounts."""
    yield "| mart | new | gone | changed | mostly | amounts | for example |"
    yield "|---|--:|--:|--:|---|---|---|"
    for detail in ordered[:most]:
        one = detail.moves
        yield (
            f"| {one.mart} | {one.added:,} | {one.removed:,} | {one.changed:,} "
            f"| {inline(mostly(detail))} | {inline(amounts(one))} "
            f"| {inline(', '.join(example.label for example in detail.examples))} |"
        )
    if len(ordered) > most:
        left = sum(detail.moves.rows for detail in ordered[most:])
        yield f"| {many(len(ordered) - most, 'more mart')} |  |  | {left:,} | `--full` |  |  |"


def _bottom(diff: RuleDiff) -> Iterator[str]:
    """What all changes move together, and where they do not simply add up."""
    sums = [
        f"{detail.moves.mart} {amounts(detail.moves)}"
        for detail in in_order(diff.total)
        if detail.moves.money and detail.moves.mart in {*ROWS_OF, CREDITS_BY_CHANNEL}
    ]
    told = f" Amounts: {'; '.join(sums)}." if sums else ""
    yield f"**{sentence(diff.total, first_upper=True)}.**{told}"
    if not diff.overlaps:
        return
    shared, joint, undone = (
        sum(getattr(overlap, kind) for overlap in diff.overlaps)
        for kind in ("shared", "joint", "undone")
    )
    said = {
        "moved by several changes, not to be told apart": shared,
        "moved only by several changes together": joint,
        "moved by one change alone, not by all together": undone,
    }
    told = "; ".join(f"{words} {count:,}" for words, count in said.items() if count)
    yield f"Of the rows of all marts: {told}."


def _shortened(text: str) -> str:
    """The text's beginning and its bottom line, where even the shortest form is too long."""
    lines = text.splitlines()
    bottom = lines[lines.index("## In all") :]
    kept: Sequence[str] = lines[: LONGEST - len(bottom) - 2]
    return "\n".join([*kept, "", "More rules are told with `--full`.", *bottom]) + "\n"
