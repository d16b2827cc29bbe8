"""`touchline status` and `touchline check`."""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.options import AsJson, Target
from orchestration.cli.output import print_facts, print_json, print_labelled, screen
from orchestration.cli.tables import print_table
from orchestration.lib.building.project import DEFAULT_TARGET

# the rows told, and their most telling columns
LISTS = {
    "freshness": (
        "source_system",
        "source_table",
        "is_late",
        "is_broken",
        "last_event_at",
        "days_behind",
        "rejected_file_count",
        "promise_hours",
        "file_count",
    ),
    "set_aside": ("source_file", "rows_in", "rows_quarantined"),
    "sizes": ("layer", "megabytes", "files"),
    "biggest": ("table", "rows"),
    "doubts": ("source_file", "column_name", "because", "remedy", "severity"),
}


def status(as_json: AsJson = False) -> None:
    """What readers see now, how the last runs went, and what was set aside. Times are UTC.

    Example: [bold]touchline status --json[/bold]
    """
    from orchestration.lib.settings import load_settings
    from orchestration.lib.status import status_of

    found = status_of(load_settings())
    if as_json:
        print_json(found)
        return
    print_facts({name: value for name, value in found.items() if not isinstance(value, list)})
    for name, columns in LISTS.items():
        if found.get(name):
            screen.print()
            print_table(found[name], title=name.replace("_", " "), columns=columns)


def check(
    target: Target = DEFAULT_TARGET,
    data_docs: Annotated[
        bool,
        typer.Option("--data-docs", help="Also write what raw batches were checked for, as pages."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Rules, settings, places, engine: all that can be wrong before a run; builds nothing.

    Example: [bold]touchline check[/bold], or [bold]touchline check --data-docs[/bold]
    """
    from orchestration.lib.building.engines import require_engine
    from orchestration.lib.home import open_home, prepare_home
    from orchestration.lib.raw_checks import declared_tables
    from orchestration.lib.rules import check_rules, rule_tables
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    require_engine(target)
    prepare_home(settings, say=lambda message: screen.print(message, markup=False))
    problems = [str(problem) for problem in check_rules(settings)]
    facts = {
        "home": str(settings.home),
        "raw tables": len(declared_tables()),
        "rule tables": len(rule_tables()),
        "own rule files": len(list(settings.rules.glob("*.csv"))),
        "problems": len(problems),
    }
    if data_docs:
        from orchestration.lib.data_docs import write_data_docs

        with open_home(settings) as connection:
            facts["data docs"] = str(write_data_docs(connection, settings.data_docs))
    if as_json:
        print_json(facts | {"problems": problems})
    else:
        print_facts(facts)
        for problem in problems:
            print_labelled("problem", problem, style="red")
    raise typer.Exit(1 if problems else 0)
