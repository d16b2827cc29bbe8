"""`touchline run` and `touchline ingest`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli import undoing
from orchestration.cli.options import AsJson, AsOf, FullRefresh, Target, moment
from orchestration.cli.output import print_json, print_labelled, screen
from orchestration.lib.building.project import DEFAULT_TARGET

if TYPE_CHECKING:
    from orchestration.lib.settings import Settings


def run(
    as_of: AsOf = None,
    full_refresh: FullRefresh = False,
    target: Target = DEFAULT_TARGET,
    publish_past: Annotated[
        bool, typer.Option("--publish", help="With a past --as-of: publish it as well.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Land new files, build, test, publish, write segments: all that is needed, and no more.

    Example: [bold]touchline run[/bold], or [bold]touchline run --as-of 2026-07-01[/bold]
    """
    from orchestration.cli.whole_run import run_home
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    summary = run_home(
        settings,
        as_of=moment(as_of, settings),
        full_refresh=full_refresh,
        target=target,
        publish_past=publish_past,
        quiet=as_json,
    )
    if as_json:
        print_json(summary.facts())
    else:
        summary.show()
    raise typer.Exit(1 if summary.rejected else 0)


def ingest(
    revoke: undoing.Revoke = None,
    restore: undoing.Restore = None,
    again: undoing.Again = None,
    batches: undoing.Batches = False,
    dry_run: undoing.DryRun = False,
    drop_refusals: undoing.DropRefusals = False,
    reason: undoing.Reason = "not said",
    as_json: AsJson = False,
) -> None:
    """Land new files into raw tables, or take landed ones out again; builds nothing.

    Example: [bold]touchline ingest --json[/bold], or
    [bold]touchline ingest --revoke files/contacts/june.csv --dry-run[/bold]
    """
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    if batches:
        undoing.list_batches(settings, as_json=as_json)
        return
    if revoke:
        undoing.take_out(
            settings,
            revoke,
            reason=reason,
            dry_run=dry_run,
            keep_refusals=not drop_refusals,
            as_json=as_json,
        )
        return
    if restore:
        undoing.let_in(settings, restore, reason=reason)
    if again:
        undoing.judge_again(settings, again, reason=reason)
    _land(settings, as_json=as_json)


def _land(settings: Settings, *, as_json: bool) -> None:
    """Land what waits, and tell what came of it."""
    from orchestration.cli.summary import doubts_of_files, ingested, rejected
    from orchestration.cli.watching import watched
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.running.whole import land
    from orchestration.lib.syncs.hearing import hear_refusals

    prepare_home(settings)
    with watched("ingest", quiet=as_json), run_lock(settings):
        unheard = hear_refusals(settings)
        landed = land(settings)
    facts, aside = ingested(landed), rejected(landed)
    doubts = doubts_of_files(landed) + unheard
    if as_json:
        print_json(facts | {"rejected": aside, "doubts": doubts})
    else:
        screen.print(
            f"{facts['files']:,} files: {facts['rows_in']:,} rows, {facts['rows_loaded']:,} new, "
            f"{facts['rows_duplicate']:,} known already, {facts['rows_quarantined']:,} quarantined"
        )
        for line in aside:
            print_labelled("set aside", line, style="red")
        for line in doubts:
            print_labelled("warning  ", line, style="yellow")
    raise typer.Exit(1 if aside else 0)
