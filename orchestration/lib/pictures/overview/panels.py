"""The panels of the overview: each turns the rows of one question into a title and a drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.lib.explain.reading import Row
from orchestration.lib.pictures.overview.bars import Bar, Line, rows_of_bars


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One card: what it shows, its drawing, what the shades mean, where the numbers are from."""

    title: str
    drawing: str
    legend: Sequence[tuple[str, str]]
    source: str
    when_empty: str


def panels_of(answers: dict[str, list[Row]]) -> list[Panel]:
    """All panels in the order of the page; one without rows has no drawing."""
    currency = answers["version"][0]["currency"]
    return [
        Panel(
            title="From stage to stage",
            drawing=_drawn(answers["funnel"], _funnel_line),
            legend=[("strong", "moved on"), ("weak", "still waiting"), ("lost", "left")],
            source="rpt_funnel, all cohorts; days are medians of stays that ended",
            when_empty="no account has entered a stage",
        ),
        Panel(
            title=f"What channels cost and bring, {currency} of new customers",
            drawing=_drawn(answers["channels"], _channel_line),
            legend=[
                ("spend", "spent"),
                ("first", "first touch"),
                ("strong", "linear"),
                ("last", "last touch"),
            ],
            source="rpt_channel_performance",
            when_empty="nothing was spent and no customer won",
        ),
        Panel(
            title="Where it hurts",
            drawing=_findings(answers["pains"], shade="pain"),
            legend=[("pain", "share, with its 95 % interval"), ("tick", "all others")],
            source="rpt_pain_points: only what is beyond chance",
            when_empty="nothing hurts beyond chance",
        ),
        Panel(
            title="What works",
            drawing=_findings(answers["strengths"], shade="gain"),
            legend=[("gain", "share, with its 95 % interval"), ("tick", "all others")],
            source="rpt_strengths: only what is beyond chance",
            when_empty="nothing stands out beyond chance",
        ),
        Panel(
            title=f"Deals by month, {currency}",
            drawing=_drawn(answers["forecast"][::-1], _month_line),
            legend=[("strong", "won"), ("weak", "expected"), ("tick", "target")],
            source="rpt_forecast_months",
            when_empty="no deal was won and none is open",
        ),
        Panel(
            title="Who is told",
            drawing=_drawn(answers["segments"], _segment_line),
            legend=[("strong", "may be told"), ("lost", "left out")],
            source="activation.rpt_segment_waterfall",
            when_empty="nobody matches a segment",
        ),
    ]


def _drawn(rows: list[Row], line: Callable[[Row], Line]) -> str:
    return rows_of_bars([line(row) for row in rows]) if rows else ""


def _findings(rows: list[Row], *, shade: str) -> str:
    """Shares from none to all; what was found takes a line of its own."""
    lines = [_finding_line(row, shade) for row in rows]
    return rows_of_bars(lines, longest=1.0, names_above=True) if rows else ""


def _funnel_line(row: Row) -> Line:
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


def _channel_line(row: Row) -> Line:
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


def _finding_line(row: Row, shade: str) -> Line:
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


def _month_line(row: Row) -> Line:
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


def _segment_line(row: Row) -> Line:
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
