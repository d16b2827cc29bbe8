"""The picture of the bench: how each step grows with the number of events."""

from __future__ import annotations

from orchestration.lib.pictures.svg import element, text
from tests.bench.processes import Step

WIDTH, HEIGHT, MARGIN = 760.0, 420.0, 60.0
COLOURS = ("#334155", "#2563eb", "#16a34a", "#d97706", "#9333ea")


def cost_over_scale(measured: dict[int, list[Step]]) -> str:
    """An SVG with one line per step: seconds over web events, both axes from zero."""
    most_events = max(measured)
    longest = max(step.seconds for steps in measured.values() for step in steps)
    parts = [_axes(most_events, longest)]
    for number, name in enumerate(_names(measured)):
        colour = COLOURS[number % len(COLOURS)]
        places = [
            (_x(events, most_events), _y(step.seconds, longest))
            for events, steps in sorted(measured.items())
            for step in steps
            if step.name == name
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(element("polyline", points=line, fill="none", stroke=colour, stroke_width=2))
        parts += [element("circle", cx=x, cy=y, r=3, fill=colour) for x, y in places]
        parts.append(text(name, MARGIN + 12, MARGIN / 2 + 16 * number, fill=colour))
    return element(
        "svg", "".join(parts), xmlns="http://www.w3.org/2000/svg", font_family="sans-serif",
        font_size=12, width=WIDTH, height=HEIGHT, viewBox=f"0 0 {WIDTH:.0f} {HEIGHT:.0f}",
    )  # fmt: skip


def _axes(most_events: int, longest: float) -> str:
    left, bottom = MARGIN, HEIGHT - MARGIN
    lines = f"M{left},{MARGIN / 4} V{bottom} H{WIDTH - MARGIN / 2}"
    return "".join([
        element("path", d=lines, fill="none", stroke="#94a3b8"),
        text(f"{most_events:,} web events", WIDTH - MARGIN / 2, bottom + 20, text_anchor="end"),
        text(f"{longest:,.0f} s", left - 8, _y(longest, longest) + 4, text_anchor="end"),
        text("0", left - 8, bottom + 4, text_anchor="end"),
    ])  # fmt: skip


def _names(measured: dict[int, list[Step]]) -> list[str]:
    return list(dict.fromkeys(step.name for steps in measured.values() for step in steps))


def _x(events: int, most_events: int) -> float:
    return MARGIN + (WIDTH - 1.5 * MARGIN) * events / most_events


def _y(seconds: float, longest: float) -> float:
    return HEIGHT - MARGIN - (HEIGHT - 1.5 * MARGIN) * seconds / longest
