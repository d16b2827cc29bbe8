"""`touchline measure`."""

from __future__ import annotations

import typer

from orchestration.cli.app import FAILED
from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, screen
from orchestration.cli.tables import print_table


def measure(as_json: AsJson = False) -> None:
    """Compare what was published from a generated world with the truth about it.

    Precision is the share of claims that are right, recall the share of true things found; exit
    code 1 if one is below its goal.

    Example: [bold]touchline measure --json[/bold]
    """
    from orchestration.lib.measuring import measure as measured_over
    from orchestration.lib.measuring import open_measured, world_of
    from orchestration.lib.settings import load_settings

    connection = open_measured(load_settings())
    try:
        world, measured = world_of(connection), measured_over(connection)
    finally:
        connection.close()
    rows = [entry.row() for entry in measured]
    if as_json:
        print_json({"world": world, "measures": rows})
    else:
        print_facts(world)
        print_table(rows, title="measures")
    if not all(entry.holds for entry in measured):
        if not as_json:
            below = ", ".join(entry.measure.name for entry in measured if not entry.holds)
            screen.print(f"[red]below the goal[/red]  {below}")
        raise typer.Exit(FAILED)
