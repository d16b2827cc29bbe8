"""`touchline access` and `touchline erase`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

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
    from orchestration.lib.access.telling import all_known, write_known
    from orchestration.lib.export_log import record_export
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    known = all_known(settings, name)
    if out or as_json:
        rows = sum(place["rows"] for place in known.counts)
        to = "file" if out else "screen"  # a file may be called after the person
        record_export(settings, kind="access", rows=rows, person_id=known.person.person_id, to=to)
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
    _tell_places(known.counts, known.landing_files)
    screen.print(f"[dim]written to {out}[/dim]" if out else "[dim]--json has every row[/dim]")


def erase(
    name: Name,
    reason: Annotated[str, typer.Option("--reason", help="Why; it is kept, so name nobody in it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person from raw data, marts, versions, outboxes, ledgers and tools, for good.

    Says first what would go, and asks. Builds and publishes without the person, and keeps whatever
    comes of them later out. The proof names places that are not ours to change, and tools that
    could not be reached: the same command asks those again.

    Example: [bold]touchline erase ana@brightfield-demo.com --reason "request 17"[/bold]
    """
    from orchestration.lib.erasing.erase import erase as erase_person
    from orchestration.lib.erasing.erase import what_goes
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    known = what_goes(settings, name)
    if not as_json:
        _tell_places(known.counts, known.landing_files)
    if not yes and not typer.confirm("Erase this person? It cannot be undone"):
        raise typer.Abort
    proof = erase_person(settings, name, reason=reason)
    if as_json:
        print_json(proof)
        return
    screen.print()
    print_facts({"erasure": proof["erasure_id"]} | proof["counts"])
    for told in proof["tools"]:
        line = f"{told['destination']}: {told['result']}"
        if "reason" in told:
            line = f"[yellow]{line}[/yellow]: {told['reason']}; {told['remedy']}"
        screen.print(line, soft_wrap=True)
    for place in proof.get("not_reached", ()):
        screen.print(f"[yellow]not reached[/yellow] {place}", soft_wrap=True)
    if proof["finished_at"] is None:
        screen.print("a tool still holds the person: the next sync removes them there")
    screen.print("[dim]the proof is in state/erasures.jsonl[/dim]")


def _tell_places(counts: list[dict[str, Any]], landing_files: list[str]) -> None:
    """What is known of somebody, by place."""
    if counts:
        print_table(counts)
    else:
        screen.print("nothing is known of this person")
    for file in landing_files:
        screen.print(f"[dim]also in[/dim] {file}", soft_wrap=True)
