"""`touchline quarantine list` and `touchline quarantine show`."""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_json, print_labelled, screen
from orchestration.cli.tables import print_table

quarantine = typer.Typer(
    no_args_is_help=True, help="Rows that could not be kept as rows: why, and which."
)


@quarantine.command("list")
def list_reasons(as_json: AsJson = False) -> None:
    """How many rows of which table were set aside for which reason.

    Example: [bold]touchline quarantine list[/bold]
    """
    from orchestration.lib.home import open_home
    from orchestration.lib.landing.set_aside import reasons_for_setting_aside
    from orchestration.lib.settings import load_settings

    with open_home(load_settings()) as connection:
        found = reasons_for_setting_aside(connection)
    if as_json:
        print_json(found)
    elif found:
        print_table(found)
        screen.print("[dim]next: touchline quarantine show TABLE[/dim]")
    else:
        screen.print("nothing was set aside")


@quarantine.command("show")
def show_rows(
    place: Annotated[str, typer.Argument(help="A table, files/contacts, or a file of it.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows to show, newest first.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Rows that were set aside, with file, line, reason and the text as it came.

    Example: [bold]touchline quarantine show files/contacts --limit 5[/bold]
    """
    from orchestration.lib.home import open_home
    from orchestration.lib.landing.set_aside import rows_set_aside
    from orchestration.lib.settings import load_settings

    with open_home(load_settings()) as connection:
        found = rows_set_aside(connection, place=place, limit=limit)
    if as_json:
        print_json(found)
        return
    for row in found:
        column = f"{row['column']}: " if row["column"] else ""
        print_labelled(f"{row['file']}, line {row['line']}", f"{column}{row['reason']}", style="")
        screen.print(f"  {row['text'] or ''}", style="dim", markup=False, soft_wrap=True)
    if not found:
        screen.print(f"nothing of {place} was set aside; see touchline quarantine list")
