"""`touchline prune`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_json, print_labelled, screen
from orchestration.cli.tables import print_table

NOTES = {
    "landing": "without landing files a lost warehouse cannot be built again, nor can files be "
    "taken out that others repeat: make a backup first",
    "raw": "the next run builds without these rows: journeys begin later, what only they tied "
    "together parts, counts of old months fall. They stay in landing files, backups and versions "
    "published before. Rows that refuse contact stay, as do records with a younger row",
}


def prune(
    apply: Annotated[bool, typer.Option("--apply", help="Delete it; else it is only listed.")] = (
        False
    ),
    compact: Annotated[
        bool, typer.Option("--compact", help="Also give back room in the private databases.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What is older than retention_rules.csv keeps: list it, or let it go.

    State, rules and the version readers see are never touched; raw rows only where a rule says so.

    Example: [bold]touchline prune[/bold], then [bold]touchline prune --apply --compact[/bold]
    """
    from orchestration.lib import retention
    from orchestration.lib.home import open_warehouse, prepare_home, run_lock
    from orchestration.lib.landing import ensure_raw_tables
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    prepare_home(settings, say=lambda message: None)
    with run_lock(settings):
        with open_warehouse(settings) as connection:
            ensure_raw_tables(connection)
            found = retention.expired(connection, settings)
            if apply:
                retention.prune(connection, settings, found)
        made_smaller = retention.compact(settings) if apply and compact else []
    rows = [_row(one) for one in found]
    layers = list(dict.fromkeys(one.layer for one in found))
    smaller = [
        {"database": one.path.name, "megabytes": one.after / 1e6, "before": one.before / 1e6}
        for one in made_smaller
    ]
    if as_json:
        print_json({"expired": rows, "compacted": smaller, "applied": apply})
        return
    _tell(rows, smaller, layers=layers, apply=apply)


def _row(one: Any) -> dict[str, Any]:
    return {
        "rule": one.rule_id,
        "of": one.limit.spec.name if one.limit else one.layer,
        "files": len(one.paths),
        "megabytes": round(one.bytes / 1e6, 1),
        "rows": one.rows,
        "in_use": one.rows_used,
        "written_before": one.written_before.date().isoformat(),
    }


def _tell(
    rows: list[dict[str, Any]], smaller: list[dict[str, Any]], *, layers: list[str], apply: bool
) -> None:
    """What went, or would go; and what follows from it."""
    if not rows:
        screen.print("nothing is older than the rules keep")
    else:
        print_table(rows)
        for layer in [one for one in layers if one in NOTES]:
            print_labelled("note", NOTES[layer], style="yellow")
        if not apply:
            screen.print("[dim]nothing was changed; with --apply it goes[/dim]")
    if smaller:
        print_table(smaller)
