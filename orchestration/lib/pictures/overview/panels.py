"""The panels of the overview: each turns the rows of one question into a title and a drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from orchestration.lib.explain.reading import Row
from orchestration.lib.pictures.overview.bars import Line, rows_of_bars
from orchestration.lib.pictures.overview.lines import (
    channel_line,
    finding_line,
    funnel_line,
    month_line,
    segment_line,
)


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
            drawing=_drawn(answers["funnel"], funnel_line),
            legend=[("strong", "moved on"), ("weak", "still waiting"), ("lost", "left")],
            source="rpt_funnel, all cohorts; days are medians of stays that ended",
            when_empty="no account has entered a stage",
        ),
        Panel(
            title=f"What channels cost and bring, {currency} of new customers",
            drawing=_drawn(answers["channels"], channel_line),
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
            drawing=_drawn(answers["forecast"][::-1], month_line),
            legend=[("strong", "won"), ("weak", "expected"), ("tick", "target")],
            source="rpt_forecast_months",
            when_empty="no deal was won and none is open",
        ),
        Panel(
            title="Who is told",
            drawing=_drawn(answers["segments"], segment_line),
            legend=[("strong", "may be told"), ("lost", "left out")],
            source="activation.rpt_segment_waterfall",
            when_empty="nobody matches a segment",
        ),
    ]


def _drawn(rows: list[Row], line: Callable[[Row], Line]) -> str:
    return rows_of_bars([line(row) for row in rows]) if rows else ""


def _findings(rows: list[Row], *, shade: str) -> str:
    """Shares from none to all; what was found takes a line of its own."""
    lines = [finding_line(row, shade) for row in rows]
    return rows_of_bars(lines, longest=1.0, names_above=True) if rows else ""
