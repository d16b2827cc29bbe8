"""`touchline sync`: plan, apply, verify, undo, history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_json, print_labelled, screen, tell_error
from orchestration.cli.sync_tables import tell_history, tell_outcomes, tell_plans, tell_verified
from orchestration.lib.errors import TouchlineError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from orchestration.lib.syncs.homes import Planned, SyncDesk

sync = typer.Typer(
    no_args_is_help=True,
    help="Segments and the tools they go to: look first, then apply, check, take back.",
)
Destination = Annotated[
    str | None, typer.Option("--destination", metavar="NAME", help="Only this destination.")
]
Segment = Annotated[str | None, typer.Option("--segment", metavar="ID", help="Only this segment.")]


@sync.command()
def plan(
    destination: Destination = None,
    segment: Segment = None,
    resync: Annotated[
        bool, typer.Option("--resync", help="Send what is unchanged again; removals stay removals.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What would change in the tools, from the published version; sends nothing.

    Exit code 1 when a guard stops one of the plans, or a segment must not go where it is told to.

    Example: [bold]touchline sync plan --destination mailchimp[/bold]
    """
    from orchestration.lib.syncs.homes import file_destinations
    from orchestration.lib.syncs.ledger import SyncError

    plans, failed = [], []
    with _desk() as desk:
        by_file = file_destinations(desk)
        for names in desk.segments(destination, segment):
            try:
                plans.append(desk.plan(*names, is_resync=resync))
            except SyncError as error:
                failed.append(error)
    if as_json:
        print_json({"plans": [_facts(one) for one in plans], "by_file": by_file})
    else:
        tell_plans(plans)
        for name in by_file:
            told = "a destination of kind file: `touchline segments` writes it whole, each run"
            print_labelled(name, told, style="dim")
    for error in failed:
        tell_error(error)
    raise typer.Exit(1 if failed or any(one.is_stopped for one in plans) else 0)


@sync.command()
def apply(
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PLAN]...", help="Plans by id; all that wait unless given."),
    ] = None,
    destination: Destination = None,
    segment: Segment = None,
    override: Annotated[
        list[str] | None,
        typer.Option(
            "--override", metavar="GUARD", help="A guard you answer for; may be repeated."
        ),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; it is kept.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make plans true in the tools, or go on with those that were interrupted.

    A plan that cannot be applied does not keep the others. Exit code 1 when one failed or a tool
    rejected changes.

    Example: [bold]touchline sync apply p000007[/bold], or
    [bold]touchline sync apply p000007 --override removals_share --reason "list was cleaned"[/bold]
    """
    from orchestration.lib.syncs.applying import Override

    outcomes: list[dict[str, Any]] = []
    failed: list[TouchlineError] = []
    with _desk() as desk:
        for plan_id in plans or desk.waiting(destination, segment):
            try:
                answer = Override(guards=override or (), reason=reason)
                outcomes.append(desk.apply(plan_id, answer))
            except TouchlineError as error:
                failed.append(error)
                outcomes.append(desk.names_of(plan_id) | {"error": error.what})
    if as_json:
        print_json(outcomes)
    else:
        tell_outcomes(outcomes)
    for error in {error.what: error for error in failed}.values():
        tell_error(error)
    rejected = any(
        state.startswith("rejected") for one in outcomes for state in one.get("states", ())
    )
    raise typer.Exit(1 if failed or rejected else 0)


@sync.command()
def verify(
    destination: Destination = None,
    segment: Segment = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", min=1, help="Read back so many, not all."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read back what the tools hold and compare; exit code 1 when they do not agree.

    A tool that cannot be read does not keep the others.

    Example: [bold]touchline sync verify --destination mailchimp --sample 200[/bold]
    """
    found: list[dict[str, Any]] = []
    failed: dict[str, TouchlineError] = {}
    with _desk() as desk:
        for names in desk.segments(destination, segment):
            try:
                found.append(desk.verify(*names, sample=sample).facts())
            except TouchlineError as error:
                failed[error.what] = error
                told = dict(zip(("destination", "segment_id"), names, strict=True))
                found.append(told | {"agrees": False, "error": error.what})
    if as_json:
        print_json(found)
    elif found:
        tell_verified(found)
    else:
        screen.print("no destination is synced; see seeds/rules/destinations.csv")
    for error in failed.values():
        tell_error(error)
    raise typer.Exit(0 if all(one["agrees"] for one in found) else 1)


@sync.command()
def undo(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The last plan applied.")],
    as_json: AsJson = False,
) -> None:
    """Plan the inverse of an applied plan; `touchline sync apply` then carries it out.

    Nobody comes back who may not be contacted now.

    Example: [bold]touchline sync undo p000007[/bold]
    """
    with _desk() as desk:
        planned = desk.undo(plan)
    print_json(_facts(planned)) if as_json else tell_plans([planned])
    raise typer.Exit(1 if planned.is_stopped else 0)


@sync.command()
def history(
    destination: Destination = None,
    segment: Segment = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="So many plans.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Plans, newest first: what they were, who applied them, what became of their changes.

    Example: [bold]touchline sync history --segment welcome_1[/bold]
    """
    from orchestration.lib.syncs.history import history_of

    with _ledger() as ledger:
        rows = history_of(ledger, destination=destination, segment_id=segment, limit=limit)
    if as_json:
        print_json(rows)
    elif rows:
        tell_history(rows)
    else:
        screen.print("nothing was planned yet: `touchline sync plan`")


@contextmanager
def _desk() -> Iterator[SyncDesk]:
    """The home with everything syncs need, held against runs."""
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.settings import load_settings
    from orchestration.lib.syncs.homes import open_desk

    settings = load_settings()
    prepare_home(settings, say=lambda message: None)
    with run_lock(settings), open_desk(settings) as desk:
        yield desk


@contextmanager
def _ledger() -> Iterator[DuckDBPyConnection]:
    """The ledger alone, held against runs; nothing need have been published."""
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.settings import load_settings
    from orchestration.lib.syncs.ledger import open_ledger

    settings = load_settings()
    prepare_home(settings, say=lambda message: None)
    with run_lock(settings), open_ledger(settings) as ledger:
        yield ledger


def _facts(planned: Planned) -> dict[str, Any]:
    return asdict(planned.plan) | {"sample": list(planned.sample), "stopped": planned.is_stopped}
