"""Every command of `touchline` and the file it lives in."""

from __future__ import annotations

import inspect

import typer

from orchestration.cli import (
    backfilling,
    backing_up,
    building,
    demonstrating,
    documenting,
    erasing,
    explaining,
    faking,
    looking,
    measuring,
    pruning,
    publishing,
    running,
)
from orchestration.cli.ruling import rules
from orchestration.cli.setting_aside import quarantine
from orchestration.cli.syncing import sync


def register(app: typer.Typer) -> None:
    """Add all commands, in the order `touchline --help` lists them."""
    app.command()(demonstrating.demo)
    app.command()(running.run)
    app.command()(running.ingest)
    app.command()(backfilling.backfill)
    app.command()(building.build)
    app.command()(publishing.publish)
    app.command()(publishing.segments)
    app.add_typer(sync, name="sync")
    app.command()(looking.status)
    app.command()(looking.check)
    app.add_typer(rules, name="rules")
    app.add_typer(quarantine, name="quarantine")
    app.command()(explaining.explain)
    app.command()(erasing.access)
    app.command()(erasing.erase)
    app.command()(documenting.docs)
    app.command()(demonstrating.picture)
    app.command()(demonstrating.overview)
    app.command()(demonstrating.generate)
    app.command()(backing_up.backup)
    app.command()(backing_up.restore)
    app.command()(pruning.prune)
    app.command()(measuring.measure)
    app.command()(faking.fake)
    groups = [group.typer_instance for group in app.registered_groups]
    for commands in (app, *(group for group in groups if group)):
        for command in commands.registered_commands:
            command.help = _paragraphs(inspect.getdoc(command.callback) or "")


def _paragraphs(text: str) -> str:
    """A docstring with each paragraph on one line, as a terminal of any width breaks it best."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))
