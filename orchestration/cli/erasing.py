"""`touchline access` and `touchline erase`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, screen
from orchestration.cli.tables import print_table

Name = Annotated[
    str, typer.Argument(metavar="EMAIL|PERSON", help="An address, a person's id or its beginning.")
]


def access(
    name: Name,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write everything there as JSON.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """All that is known of a person: marts, raw rows, quarantine, what was told to which tool.

    The screen has counts, JSON has everything. Files of the landing folder are named, not read.

    Example: [bold]touchline access ana@brightfield-demo.com --out ana.json[/bold]
    """
    from orchestration.lib.access import all_known, write_known
    from orchestration.lib.settings import load_settings

    known = all_known(load_settings(), name)
    if out:
        write_known(known, out)
    if as_json:
        print_json(known.facts())
        return
    print_facts(
        {
            "person": known.person.person_id or "nobody that a build has seen",
            "identifiers": len(known.person.identifiers),
            "published run": known.run_id or "none",
        }
    )
    screen.print()
    if known.counts:
        print_table(known.counts)
    else:
        screen.print("nothing is known of this person")
    for file in known.landing_files:
        screen.print(f"[dim]also in[/dim] {file}", soft_wrap=True)
    screen.print(f"[dim]written to {out}[/dim]" if out else "[dim]--json has every row[/dim]")
