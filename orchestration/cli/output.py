"""What commands print: text for people on the terminal, JSON for scripts, errors on stderr."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from textwrap import wrap

from rich.console import Console
from rich.text import Text

from orchestration.cli.cells import cell
from orchestration.lib.errors import TouchlineError

screen = Console(highlight=False)
errors = Console(stderr=True, highlight=False)
# the page of a file or a pipe, which has no width of its own
PIPED_WIDTH = 160
SHORTEST_LINE = 20
GAP = "  "


def page_width() -> int:
    """Characters in a line: as COLUMNS says, as the terminal has, or wide where there is none."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdigit() and int(asked):
        return int(asked)
    return screen.width if screen.is_terminal else PIPED_WIDTH


def print_json(value: object) -> None:
    """One JSON value on stdout."""
    screen.out(json.dumps(value, indent=2, default=str, ensure_ascii=False), highlight=False)


def print_facts(facts: Mapping[str, object]) -> None:
    """Names and values, one pair a line."""
    width = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        print_labelled(f"  {name.ljust(width)}", cell(value), style="dim")


def print_labelled(label: str, text: str, *, style: str, console: Console = screen) -> None:
    """A label and a text beside it; a long text goes on below itself, words and paths unbroken."""
    room = max(page_width() - len(label) - len(GAP), SHORTEST_LINE)
    lines = wrap(text, room, break_long_words=False, break_on_hyphens=False) or [""]
    console.print(Text.assemble((label, style), GAP, lines[0]), soft_wrap=True)
    for line in lines[1:]:
        console.print(Text(" " * len(label) + GAP + line), soft_wrap=True)


def tell_error(error: TouchlineError) -> None:
    """What happened, where, what to do next, and what else was found."""
    print_labelled("Error", error.what, style="bold red", console=errors)
    print_labelled("where", error.where, style="dim", console=errors)
    print_labelled("next ", error.remedy, style="dim", console=errors)
    for line in error.also:
        print_labelled("also ", line, style="dim", console=errors)
