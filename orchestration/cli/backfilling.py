"""`touchline backfill`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from orchestration.cli.options import AsJson, AsOf, moment
from orchestration.cli.output import print_json, screen

Keys = list[str] | None


def backfill(
    first: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First day of what happened.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Last day; the first unless given.")
    ] = None,
    system: Annotated[Keys, typer.Option("--system", help="All tables of a system.")] = None,
    table: Annotated[Keys, typer.Option("--table", help="One table, as files/orders.")] = None,
    account: Annotated[Keys, typer.Option("--account", help="An account, by its id.")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, for later.")] = "not said",
    ask_only: Annotated[bool, typer.Option("--ask-only", help="Leave it to the next run.")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Build again what has to do with a time, a system, a table or an account, and publish.

    For accounts their sessions, touchpoints, stages, journeys and credits are built again whether
    they differ or not, with those of all their persons; for days those of the visitors, addresses
    and accounts that did something then. Rows of others stay. Tables that are not kept by such
    keys (identity, KPIs, reports), and everything of a system or a table, follow where raw rows
    differ from what was built of them.

    What is asked for stays asked until a run ends well. Options add up. No file is read again: for
    that see [bold]touchline ingest --again[/bold]. Everything, whether it differs or not:
    [bold]touchline run --full-refresh[/bold].

    Example: [bold]touchline backfill --from 2026-05-01 --to 2026-05-31[/bold]
    """
    from orchestration.cli.whole_run import run_home
    from orchestration.lib.asked_again import ask_again, asked_keys
    from orchestration.lib.home import open_home
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    days = [_days(first, last)] if first or last else []
    asked = asked_keys(
        settings, days=days, systems=system or [], tables=table or [], accounts=account or []
    )
    if not asked:
        raise typer.BadParameter("say what: --from, --system, --table or --account")
    with open_home(settings) as connection:
        for kind, keys in asked.items():
            ask_again(connection, kind, keys, reason=reason)
    if ask_only:
        print_json(asked) if as_json else screen.print("[dim]asked; next: touchline run[/dim]")
        return
    summary = run_home(settings, as_of=moment(as_of, settings), quiet=as_json)
    print_json(summary.facts()) if as_json else summary.show()
    raise typer.Exit(1 if summary.rejected else 0)


def _days(first: str | None, last: str | None) -> tuple[str, str]:
    """The first and the last day, in order; wrong use where one is no day."""
    try:
        ends = [date.fromisoformat(text) for text in (first or last, last or first) if text]
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--from and --to") from None
    if ends[0] > ends[1]:
        raise typer.BadParameter("the first day is after the last", param_hint="--from and --to")
    if ends[0] > date.today() + timedelta(days=1):
        raise typer.BadParameter("nothing has happened then yet", param_hint="--from")
    return ends[0].isoformat(), ends[1].isoformat()
