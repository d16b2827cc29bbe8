"""Turns one row of an answer into one row of bars."""

from __future__ import annotations

from decimal import Decimal

from orchestration.lib.explain.reading import Row
from orchestration.lib.pictures.overview.bars import Bar, Line


def funnel_line(row: Row) -> Line:
    """Who entered a stage, by what became of them."""
    entered, converted, waiting = row["entered"], row["converted"], row["waiting"]
    days = "" if row["median_days"] is None else f", {row['median_days']:,.0f} d"
    left = entered - converted - waiting
    return Line(
        name=f"{row['from_stage']} → {row['to_stage']}",
        bars=[
            Bar(end=converted, shade="strong", tip=f"{converted:,} of {entered:,} moved on"),
            Bar(
                begin=converted,
                end=converted + waiting,
                shade="weak",
                tip=f"{waiting:,} are still in the stage",
            ),
            Bar(
                begin=converted + waiting,
                end=entered,
                shade="lost",
                tip=f"{left:,} left without moving on",
            ),
        ],
        note=f"{_share(converted, entered)} of {entered:,}{days}",
    )


def channel_line(row: Row) -> Line:
    """What a channel cost, and what it brought by three models."""
    amounts = {
        "spend": "spent",
        "first": "by first touch",
        "linear": "by linear",
        "last": "by last touch",
    }
    shades = {"linear": "strong"}
    return Line(
        name=row["channel"],
        height=38.0,
        bars=[
            Bar(
                end=float(row[name] or 0),
                shade=shades.get(name, name),
                tip=f"{row['channel'].replace('_', ' ')}: {row[name] or 0:,.0f} {words}",
                lane=lane,
            )
            for lane, (name, words) in enumerate(amounts.items())
        ],
        note=f"{_short(row['linear'])} for {_short(row['spend'])}",
    )


def finding_line(row: Row, shade: str) -> Line:
    """A share with its interval, and that of all others as a tick."""
    words = f"{row['where_found']}: {row['what']}"
    tip = f"{words}\n{_percent(row['rate'])} of {row['n']:,}, others {_percent(row['base_rate'])}"
    return Line(
        name=words,
        bars=[
            Bar(
                begin=float(row["rate_low"]),
                end=float(row["rate_high"]),
                shade=f"{shade} interval",
                tip=tip,
            ),
            Bar(
                begin=float(row["rate"]) - 0.004,
                end=float(row["rate"]) + 0.004,
                shade=shade,
                tip=f"{tip}\n{row['next_action']}",
            ),
        ],
        ticks=[(float(row["base_rate"] or 0), f"all others: {_percent(row['base_rate'])}")],
        note=f"{_percent(row['rate'])}, others {_percent(row['base_rate'])}",
    )


def month_line(row: Row) -> Line:
    """What was won in a month, what is expected on top, its target as a tick."""
    won, expected = float(row["won_amount"] or 0), float(row["expected_amount"] or 0)
    target = row["target"]
    return Line(
        name=row["period"],
        bars=[
            Bar(end=won, shade="strong", tip=f"{won:,.0f} won"),
            Bar(begin=won, end=won + expected, shade="weak", tip=f"{expected:,.0f} expected"),
        ],
        ticks=[] if target is None else [(float(target), f"target {target:,.0f}")],
        note=_short(won + expected) + ("" if target is None else f" of {_short(target)}"),
    )


def segment_line(row: Row) -> Line:
    """Who matches a segment, and who of them may be told."""
    matched, reached = row["matched"], row["reached"] or 0
    why = (row["mostly_because"] or "").replace("_", " ")
    left_out = f"{matched - reached:,} left out" + (f", mostly: {why}" if why else "")
    return Line(
        name=row["segment_id"],
        bars=[
            Bar(end=matched, shade="lost", tip=left_out),
            Bar(end=reached, shade="strong", tip=f"{reached:,} of {matched:,} may be told"),
        ],
        note=f"{reached:,} of {matched:,}",
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _percent(share: Decimal | None) -> str:
    return "unknown" if share is None else f"{share:.0%}"


def _short(amount: Decimal | float | None) -> str:
    """An amount as people say it: 1.2m, 34k, 560."""
    number = float(amount or 0)
    for size, letter in ((1e6, "m"), (1e3, "k")):
        if abs(number) >= size:
            return (
                f"{number / size:,.1f}{letter}"
                if number < 10 * size
                else f"{number / size:,.0f}{letter}"
            )
    return f"{number:,.0f}"
