"""`touchline backup` and `touchline restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, screen


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder, outside the home.")],
    as_json: AsJson = False,
) -> None:
    """Copy the home: databases, state, rules, settings, the published version, with checksums.

    Landing files, the outbox, past days and the lake are not in it.

    Example: [bold]touchline backup /backups/touchline-2026-07-01[/bold]
    """
    from orchestration.lib.backup.making import make_backup
    from orchestration.lib.home import prepare_home
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    prepare_home(settings, say=lambda message: None)
    content = make_backup(settings, folder.expanduser().resolve())
    facts = {"folder": str(folder), "files": len(content.files), "bytes": content.bytes}
    facts |= {"published": content.run_id or "nothing yet"}
    print_json(facts) if as_json else print_facts(facts)


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `touchline backup` made.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose what the home holds now; landing files stay.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the home what it was when a backup was made; a damaged backup changes nothing.

    Example: [bold]touchline restore /backups/touchline-2026-07-01 --replace[/bold]
    """
    from orchestration.lib.backup.restoring import restore_backup
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    content = restore_backup(settings, folder.expanduser().resolve(), replace=replace)
    facts = {"home": str(settings.home), "made_at": content.made_at, "files": len(content.files)}
    if as_json:
        print_json(facts)
    else:
        print_facts(facts)
        screen.print("[dim]next: touchline run[/dim]")
