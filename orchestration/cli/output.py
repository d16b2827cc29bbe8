"""What commands print: text for people on the terminal, JSON for scripts, errors on stderr."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from orchestration.lib.errors import TouchlineError

screen = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def print_json(value: object) -> None:
    """One JSON value on stdout."""
    screen.out(json.dumps(value, indent=2, default=str, ensure_ascii=False), highlight=False)


def print_table(
    rows: Sequence[Mapping[str, Any]], *, title: str | None = None, columns: Sequence[str] = ()
) -> None:
    """Rows as a table; the columns of the first row unless given."""
    names = list(columns) or (list(rows[0]) if rows else [])
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name in names:
        is_number = bool(rows) and isinstance(rows[0].get(name), int | float)
        side = "right" if is_number else "left"
        table.add_column(name.replace("_", " "), justify=side, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in names))
    screen.print(table)


def print_facts(facts: Mapping[str, Any]) -> None:
    """Names and values, one pair a line."""
    width = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        screen.print(f"  [dim]{name.ljust(width)}[/dim]  {_cell(value)}", soft_wrap=True)


def tell_error(error: TouchlineError) -> None:
    """What happened, where, and what to do next."""
    errors.print(f"[bold red]Error[/bold red]  {_safe(error.what)}", soft_wrap=True)
    errors.print(f"[dim]where[/dim]  {_safe(error.where)}", soft_wrap=True)
    errors.print(f"[dim]next[/dim]   {_safe(error.remedy)}", soft_wrap=True)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return _safe(str(value))


def _safe(text: str) -> str:
    """`text` with nothing in it that rich would take for markup."""
    return text.replace("[", r"\[")
