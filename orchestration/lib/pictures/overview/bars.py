"""Rows of bars: a name, bars and ticks on one scale, a note on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.lib.pictures.svg import element, group, text

WIDTH, LEFT, RIGHT = 640.0, 190.0, 132.0
BAR, NAME = 16.0, 18.0
LONGEST_NAME = {False: 31, True: 96}


@dataclass(frozen=True, kw_only=True)
class Bar:
    """From `begin` to `end` on the scale of the rows; bars of one lane lie over each other."""

    begin: float = 0.0
    end: float
    shade: str
    tip: str
    lane: int = 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row: its name, its bars, marks across them as (value, tip), and what stands beside."""

    name: str
    bars: Sequence[Bar] = ()
    ticks: Sequence[tuple[float, str]] = ()
    note: str = ""
    height: float = 30.0


def rows_of_bars(
    lines: Sequence[Line], *, longest: float | None = None, names_above: bool = False
) -> str:
    """An SVG of the lines, one below the other; `longest` is the end of the scale.

    Names stand left of the bars, or on a line of their own above them.
    """
    most = longest or max((value for line in lines for value in _values(line)), default=0) or 1
    scale = _Scale(left=2.0 if names_above else LEFT, most=most)
    top, parts = 0.0, []
    for line in lines:
        if names_above:
            parts.append(_name(line, 0, top + 13, anchor="start", is_long=True))
            top += NAME
        else:
            parts.append(_name(line, LEFT - 12, top + line.height / 2 + 4, anchor="end"))
        parts.append(_bars(line, top, scale))
        top += line.height
    return element("svg", "".join(parts), viewBox=f"0 0 {WIDTH:.0f} {top + 4:.0f}", role="img")


@dataclass(frozen=True, kw_only=True)
class _Scale:
    """Values to pixels; what is beyond the end is put on it."""

    left: float
    most: float

    def x(self, value: float) -> float:
        share = min(max(value, 0.0) / self.most, 1.0)
        return self.left + (WIDTH - self.left - RIGHT) * share


def _bars(line: Line, top: float, scale: _Scale) -> str:
    """The bars of a line between its base and its note."""
    middle = top + line.height / 2
    lanes = 1 + max((bar.lane for bar in line.bars), default=0)
    thick = BAR if lanes == 1 else (line.height - 8) / lanes
    start = middle - thick * lanes / 2
    bars = [
        element(
            "rect", x=scale.x(bar.begin), y=start + bar.lane * thick, rx=2,
            width=max(scale.x(bar.end) - scale.x(bar.begin), 0.8), height=thick - (lanes > 1),
            class_=f"bar {bar.shade}", data_tip=bar.tip,
        )
        for bar in line.bars
    ]  # fmt: skip
    ticks = [
        element(
            "rect", x=scale.x(value) - 1, y=middle - BAR / 2 - 3, width=2.5, height=BAR + 6,
            class_="tick", data_tip=tip,
        )
        for value, tip in line.ticks
    ]  # fmt: skip
    base = f"M{scale.left},{middle - line.height / 2 + 2} v{line.height - 4}"
    note = text(line.note, WIDTH - RIGHT + 10, middle + 4, class_="note")
    return group(element("path", d=base, class_="base"), *bars, *ticks, note)


def _name(line: Line, x: float, y: float, *, anchor: str, is_long: bool = False) -> str:
    """The name of a line, shortened where it does not fit; all of it when pointed at."""
    most = LONGEST_NAME[is_long]
    words = line.name if len(line.name) <= most else f"{line.name[: most - 1]}…"
    return text(words, x, y, text_anchor=anchor, data_tip=line.name)


def _values(line: Line) -> list[float]:
    return [bar.end for bar in line.bars] + [value for value, _ in line.ticks]
