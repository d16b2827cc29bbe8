"""Tables for people: one line a row, and the columns that fit the screen, most telling first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from orchestration.cli.cells import cell, is_number, short
from orchestration.cli.output import GAP, page_width, screen

# a text longer than this may be cut to make room, down to a third of it, never a time or a number
NEVER_CUT = 16
WIDEST_SHARE = 2 / 3


def print_table(
    rows: Sequence[Mapping[str, Any]], *, title: str | None = None, columns: Sequence[str] = ()
) -> None:
    """Rows as a table: `columns`, else all of the first row, as many as the page has room for."""
    present = list(rows[0]) if rows else []
    names = [name for name in columns if name in present] or present
    cells = {name: [short(cell(row.get(name))) for row in rows] for name in names}
    widths = _fitting(cells, room=page_width())
    if title:
        left_out = len(present) - len(widths)
        more = f"{GAP}columns in --json only: {left_out}" if left_out else ""
        screen.print(Text.assemble((title, "italic"), (more, "dim")), soft_wrap=True)
    numbers = {name for name in names if any(is_number(row.get(name)) for row in rows)}
    for line in _headers(widths, numbers):
        screen.print(Text(line, style="bold"), soft_wrap=True)
    for row in range(len(rows)):
        line = _line({name: cells[name][row] for name in widths}, widths, numbers)
        screen.print(Text(line), soft_wrap=True)


def _fitting(cells: Mapping[str, Sequence[str]], *, room: int) -> dict[str, int]:
    """Width by column, for the columns that fit into `room`; a long text may be cut."""
    body = {name: max(map(cell_len, texts), default=0) for name, texts in cells.items()}
    for heads in (
        {name: len(name) for name in cells},
        {name: max(map(len, name.split("_"))) for name in cells},
    ):
        full = {name: max(body[name], heads[name]) for name in cells}
        if sum(full.values()) + len(GAP) * (len(full) - 1) <= room:
            return full
    widths: dict[str, int] = {}
    left = room
    for name, wanted in full.items():
        least = wanted if wanted <= NEVER_CUT else max(heads[name], wanted // 3)
        given = min(wanted, left, max(least, int(room * WIDEST_SHARE)))
        if given >= least:
            widths[name] = given
            left -= given + len(GAP)
    last = next(reversed(widths), "")
    return widths | {last: min(full[last], widths[last] + left + len(GAP))} if last else widths


def _headers(widths: Mapping[str, int], numbers: set[str]) -> list[str]:
    """The lines above a table: names broken between words, standing on the first row."""
    told = {
        name: wrap(name.replace("_", " "), width, break_long_words=False)
        for name, width in widths.items()
    }
    height = max(map(len, told.values()), default=0)
    padded = {name: [""] * (height - len(lines)) + lines for name, lines in told.items()}
    return [
        _line({name: lines[number] for name, lines in padded.items()}, widths, numbers)
        for number in range(height)
    ]


def _line(texts: Mapping[str, str], widths: Mapping[str, int], numbers: set[str]) -> str:
    """One line; numbers to the right, what is too long ends in an ellipsis."""
    placed = []
    for name, text in texts.items():
        width = widths[name]
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1).rstrip() + "…"
        space = " " * (width - cell_len(text))
        placed.append(space + text if name in numbers else text + space)
    return GAP.join(placed).rstrip()
