"""Lays a journey out: stages behind, conversions across, one lane per person, a legend below."""

from __future__ import annotations

from datetime import datetime

from orchestration.lib.pictures.lanes import lanes_of, silences, weekly_acts
from orchestration.lib.pictures.marks import lane_lines, lane_marks, legend, legend_height
from orchestration.lib.pictures.page import LANE, LEFT, OUTCOMES, PULSE, RIGHT, TOP, WIDTH
from orchestration.lib.pictures.scales import TimeScale, colours
from orchestration.lib.pictures.story import JourneyStory
from orchestration.lib.pictures.svg import element, group, text

AXIS = 34.0
# names of outcomes: rows to step aside into, and the width of a letter
OUTCOME_ROWS, OUTCOME_LINE, LETTER = 3, 12.0, 6.2
# stages in their order, from pale to warm; the picture needs no more than it can tell apart
BANDS = ("#eef2f7", "#e2ecf6", "#e4f1ea", "#fbf1da", "#f7e4e1", "#efe6f5", "#ececec")
LEAST_BAND_LABEL = 46.0


def picture_of(story: JourneyStory) -> str:
    """The SVG of a story."""
    scale = TimeScale(begins=story.begins, ends=story.ends, left=LEFT, right=WIDTH - RIGHT)
    lanes = lanes_of(story)
    shade = colours(touch["channel"] for touch in story.touchpoints)
    bottom = TOP + LANE * max(1, len(lanes))
    height = bottom + AXIS + 44 + legend_height(shade)
    return element(
        "svg",
        "".join(
            [
                _stage_bands(story, scale, bottom),
                _axis(scale, bottom),
                _stage_names(story, scale),
                _pulse(story, scale),
                _silences(story, scale, bottom),
                lane_lines(lanes),
                _conversions(story, scale, bottom),
                *(lane_marks(lane, number, scale, shade) for number, lane in enumerate(lanes)),
                legend(story, shade, bottom + AXIS + 26),
            ]
        ),
        viewBox=f"0 0 {WIDTH:.0f} {height:.0f}",
        role="img",
        aria_label="journey of the account over time",
    )


def _stage_bands(story: JourneyStory, scale: TimeScale, bottom: float) -> str:
    """The stage at every moment, as a coloured ground."""
    order = sorted({(stage["rank"] or 0, stage["stage"]) for stage in story.stages})
    tint = {name: BANDS[place % len(BANDS)] for place, (_, name) in enumerate(order)}
    bands = []
    for stage in story.stages:
        left, right = scale.x(stage["entered_at"]), scale.x(stage["exited_at"])
        tip = f"{stage['stage']} from {_day(stage['entered_at'])}, by rule {stage['rule_id']}"
        bands.append(
            element(
                "rect",
                x=left,
                y=PULSE + 20,
                width=max(0.0, right - left),
                height=bottom - PULSE - 20,
                fill=tint[stage["stage"]],
                data_tip=tip,
            )
        )
    return group(*bands)


def _stage_names(story: JourneyStory, scale: TimeScale) -> str:
    """The name of each stage on its ground, where there is room for it."""
    names = []
    for stage in story.stages:
        left, right = scale.x(stage["entered_at"]), scale.x(stage["exited_at"])
        if right - left >= LEAST_BAND_LABEL:
            names.append(text(stage["stage"], left + 6, PULSE + 35, class_="stage"))
    return group(*names)


def _axis(scale: TimeScale, bottom: float) -> str:
    """Months below, with a hair line up through the lanes."""
    marks = []
    for moment, name in scale.ticks():
        x = scale.x(moment)
        marks.append(element("line", x1=x, x2=x, y1=PULSE + 20, y2=bottom + 6, class_="hair"))
        marks.append(text(name, x, bottom + 21, class_="axis"))
    return group(*marks)


def _pulse(story: JourneyStory, scale: TimeScale) -> str:
    """Acts per week as a small area over the picture."""
    weeks = weekly_acts(story)
    most = max((count for _, count in weeks), default=0) or 1
    points = [(scale.x(week), PULSE - count / most * (PULSE - 16)) for week, count in weeks]
    outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    area = f"{points[0][0]:.1f},{PULSE} {outline} {points[-1][0]:.1f},{PULSE}"
    return group(
        element("polygon", points=area, class_="pulse"),
        element("polyline", points=outline, class_="pulse-line"),
        text("acts per week", LEFT - 12, PULSE - 4, class_="side"),
        text(f"peak {most}", LEFT - 12, PULSE - 18, class_="side faint"),
    )


def _silences(story: JourneyStory, scale: TimeScale, bottom: float) -> str:
    """Long silences as hatched ground with the number of days."""
    parts = []
    for begin, end, days in silences(story):
        left, right = scale.x(begin), scale.x(end)
        parts.append(
            element(
                "rect",
                x=left + 6,
                y=bottom - 15,
                width=max(2.0, right - left - 12),
                height=13,
                rx=3,
                class_="silence",
            )
        )
        parts.append(
            text(f"{days} days of silence", (left + right) / 2, bottom - 5, class_="silence-label")
        )
    return group(*parts)


def _conversions(story: JourneyStory, scale: TimeScale, bottom: float) -> str:
    """Outcomes as lines through all lanes, named on top, those with an amount first.

    Names step aside for each other; one without room left is told when its line is pointed at.
    """
    lines: list[str] = []
    names: list[str] = []
    taken: list[list[tuple[float, float]]] = [[] for _ in range(OUTCOME_ROWS)]
    for conversion in sorted(story.conversions, key=lambda one: not one["amount"]):
        x = scale.x(conversion["occurred_at"])
        amount = f" {conversion['amount']:,.0f}" if conversion["amount"] else ""
        name = conversion["conversion_type"] + amount
        width = LETTER * len(name) + 12
        is_late = x + width > WIDTH - RIGHT
        begins = x - width if is_late else x
        row = _free_row(taken, begins, begins + width)
        y = OUTCOMES + OUTCOME_LINE * (row or 0)
        tip = f"{name} on {_day(conversion['occurred_at'])}, by rule {conversion['rule_id']}"
        place, anchor = (x - 5, "end") if is_late else (x + 5, "start")
        lines.append(
            element("line", x1=x, x2=x, y1=y - 9, y2=bottom, class_="conversion", data_tip=tip)
        )
        if row is not None:
            taken[row].append((begins, begins + width))
            names.append(text(name, place, y, class_="conversion-name", text_anchor=anchor))
    return group(*lines, *names)


def _free_row(taken: list[list[tuple[float, float]]], begins: float, ends: float) -> int | None:
    """The first row in which nothing stands between two edges, or None."""
    for row, names in enumerate(taken):
        if all(ends <= left or begins >= right for left, right in names):
            return row
    return None


def _day(moment: datetime) -> str:
    return f"{moment:%-d %b %Y}"
