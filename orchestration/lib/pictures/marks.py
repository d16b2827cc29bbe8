"""The marks of a journey picture: lanes with their people, touchpoints on them, the legend."""

from __future__ import annotations

import math
from collections import Counter

from orchestration.lib.explain.reading import Row
from orchestration.lib.pictures.lanes import EXPOSURE, Lane
from orchestration.lib.pictures.page import LANE, LEFT, RIGHT, TOP, WIDTH
from orchestration.lib.pictures.scales import REST, TimeScale
from orchestration.lib.pictures.story import JourneyStory
from orchestration.lib.pictures.svg import element, group, text

LEGEND_LINE, LEGEND_COLUMN, LEGEND_COLUMNS = 22.0, 168.0, 6
STACK = (0.0, -8.0, 8.0, -4.0, 4.0)
CROWDED = 9.0


def legend_height(shade: dict[str, str]) -> float:
    """Pixels the legend of these channels takes."""
    return LEGEND_LINE * (1 + math.ceil(len(shade) / LEGEND_COLUMNS))


def lane_lines(lanes: list[Lane]) -> str:
    """The name of each person on the left, how much there was on the right."""
    parts = []
    for number, lane in enumerate(lanes):
        y = _middle(number)
        last = lane.touchpoints[-1]["occurred_at"]
        parts += [
            element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="lane"),
            text(_short(lane.name, 28), LEFT - 12, y - 1, class_="side name"),
            text(_short(lane.detail, 32), LEFT - 12, y + 12, class_="side faint"),
            text(
                f"{lane.acts} acts, last {last:%-d %b}", WIDTH - RIGHT + 12, y - 1, class_="right"
            ),
            text(lane.contact, WIDTH - RIGHT + 12, y + 12, class_="right faint"),
        ]
    return group(*parts)


def lane_marks(lane: Lane, number: int, scale: TimeScale, shade: dict[str, str]) -> str:
    """A mark per touchpoint; neighbours that would hide each other step up or down."""
    marks = []
    crowd, last = 0, float("-inf")
    for touch in lane.touchpoints:
        x = scale.x(touch["occurred_at"])
        crowd = crowd + 1 if x - last < CROWDED and touch["kind"] != EXPOSURE else 0
        if touch["kind"] != EXPOSURE:
            last = x
        marks.append(_mark(touch, x, _middle(number) + STACK[crowd % len(STACK)], shade))
    return group(*marks)


def _mark(touch: Row, x: float, y: float, shade: dict[str, str]) -> str:
    """A tick for an exposure, a disc for what people did, a ring for what we did."""
    colour = shade.get(touch["channel"] or "", REST)
    tip = _tip(touch)
    if touch["kind"] == EXPOSURE:
        return element(
            "line", x1=x, x2=x, y1=y - 5, y2=y + 5, stroke=colour, class_="exposure", data_tip=tip
        )
    size = 5.0 + min(3.0, math.log10(max(1.0, float(touch["quantity"] or 1))))
    ours = touch["direction"] == "outbound"
    return element(
        "circle",
        cx=x,
        cy=y,
        r=size,
        class_="act",
        data_tip=tip,
        stroke=colour,
        fill="#fff" if ours else colour,
    )


def legend(story: JourneyStory, shade: dict[str, str], top: float) -> str:
    """What shapes and colours mean, with the number of touchpoints per channel."""
    counts = Counter(touch["channel"] for touch in story.touchpoints)
    shapes = [
        (element("circle", cx=0, cy=-4, r=5.5, fill="#555", stroke="#555"), "done by them"),
        (
            element("circle", cx=0, cy=-4, r=5, fill="#fff", stroke="#555", stroke_width=2),
            "done by us",
        ),
        (
            element("line", x1=0, x2=0, y1=-10, y2=2, stroke="#555", class_="exposure"),
            "seen or sent only",
        ),
    ]
    parts = []
    for place, (shape, words) in enumerate(shapes):
        parts.append(_key(shape, words, LEFT + place * LEGEND_COLUMN, top))
    for place, (channel, colour) in enumerate(shade.items()):
        row, column = divmod(place, LEGEND_COLUMNS)
        shape = element("rect", x=-6, y=-10, width=12, height=12, rx=3, fill=colour)
        parts.append(
            _key(
                shape,
                f"{channel} ({counts[channel]})",
                LEFT + column * LEGEND_COLUMN,
                top + LEGEND_LINE * (row + 1),
            )
        )
    return group(*parts)


def _key(shape: str, words: str, x: float, y: float) -> str:
    return group(
        shape, text(words, 14, 0, class_="key"), transform=f"translate({x + 6:.0f} {y:.0f})"
    )


def _tip(touch: Row) -> str:
    """What a pointer over a mark is told."""
    what = " ".join(part for part in (touch["touchpoint_type"], touch["action"]) if part)
    parts = [
        f"{touch['occurred_at']:%-d %b %Y %H:%M}",
        what,
        touch["channel"],
        touch["campaign_id"] and f"campaign {touch['campaign_id']}",
        touch["content"],
        touch["stage_at_touch"] and f"stage before: {touch['stage_at_touch']}",
        touch["journey_position"] and f"touch {touch['journey_position']} of the journey",
    ]
    return "\n".join(str(part) for part in parts if part)


def _middle(number: int) -> float:
    return TOP + LANE * number + LANE / 2


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
