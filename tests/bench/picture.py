"""The picture of the bench: how each step grows with the number of events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from orchestration.lib.pictures.svg import element, group, text
from tests.bench.processes import Step

WIDTH, HEIGHT = 760.0, 460.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, WIDTH - 130.0, 30.0, HEIGHT - 50.0
COLOURS = ("#334155", "#2563eb", "#16a34a", "#d97706", "#9333ea")
GREY, GRID = "#64748b", "#e2e8f0"


@dataclass(frozen=True)
class _Axis:
    """Whole powers of ten between two places of the picture."""

    first: int
    last: int
    begin: float
    end: float

    def place(self, value: float) -> float:
        share = (log10(value) - self.first) / max(self.last - self.first, 1)
        return self.begin + (self.end - self.begin) * share

    def ticks(self) -> Iterator[int]:
        return (10**power for power in range(self.first, self.last + 1))


def cost_over_scale(measured: Mapping[int, Sequence[Step]]) -> str:
    """An SVG with one line per step: seconds over web events, both axes in powers of ten.

    A line as steep as the grey one grows with its events; a flatter one grows slower than they do.
    """
    across = _axis(measured, LEFT, RIGHT)
    up = _axis([step.seconds for steps in measured.values() for step in steps], BOTTOM, TOP)
    lines = [
        _line(colour, name, across, up, sorted(_points(measured, name)))
        for colour, name in zip(COLOURS, _names(measured), strict=False)
    ]
    return element(
        "svg",
        "".join([_grid(across, up), _as_many_seconds_as_events(across, up), *lines]),
        xmlns="http://www.w3.org/2000/svg", font_family="sans-serif", font_size=12,
        width=WIDTH, height=HEIGHT, viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
    )  # fmt: skip


def _axis(values: Iterable[float], begin: float, end: float) -> _Axis:
    known = list(values)
    return _Axis(floor(log10(min(known))), ceil(log10(max(known))), begin, end)


def _grid(across: _Axis, up: _Axis) -> str:
    parts = [element("rect", width=WIDTH, height=HEIGHT, fill="#ffffff")]
    for events in across.ticks():
        x = across.place(events)
        parts.append(element("path", d=f"M{x:.1f},{TOP} V{BOTTOM}", stroke=GRID))
        parts.append(text(f"{events:,}", x, BOTTOM + 18, text_anchor="middle", fill=GREY))
    for seconds in up.ticks():
        y = up.place(seconds)
        parts.append(element("path", d=f"M{LEFT},{y:.1f} H{RIGHT}", stroke=GRID))
        parts.append(text(f"{seconds:,} s", LEFT - 8, y + 4, text_anchor="end", fill=GREY))
    middle = (LEFT + RIGHT) / 2
    parts.append(text("web events", middle, BOTTOM + 38, text_anchor="middle", fill=GREY))
    return group(*parts)


def _as_many_seconds_as_events(across: _Axis, up: _Axis) -> str:
    """A line of slope one from the lower right end of the picture upwards."""
    powers = min(across.last - across.first, up.last - up.first)
    begin = across.place(10 ** (across.last - powers)), up.place(10**up.first)
    end = across.place(10**across.last), up.place(10 ** (up.first + powers))
    path = f"M{begin[0]:.1f},{begin[1]:.1f} L{end[0]:.1f},{end[1]:.1f}"
    label = text("in proportion", end[0] + 8, end[1] + 4, fill=GREY)
    return element("path", d=path, stroke=GREY, stroke_dasharray="2 4") + label


def _line(
    colour: str, name: str, across: _Axis, up: _Axis, points: Sequence[tuple[int, float]]
) -> str:
    places = [(across.place(events), up.place(seconds)) for events, seconds in points]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return group(
        element("polyline", points=path, fill="none", stroke=colour, stroke_width=2),
        *(element("circle", cx=x, cy=y, r=3, fill=colour) for x, y in places),
        text(name, places[-1][0] + 8, places[-1][1] + 4, fill=colour),
    )


def _points(measured: Mapping[int, Sequence[Step]], name: str) -> Iterator[tuple[int, float]]:
    return (
        (events, step.seconds)
        for events, steps in measured.items()
        for step in steps
        if step.name == name
    )


def _names(measured: Mapping[int, Sequence[Step]]) -> list[str]:
    return list(dict.fromkeys(step.name for steps in measured.values() for step in steps))
