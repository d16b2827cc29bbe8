"""`touchline demo`, `generate`, `picture` and `overview`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, screen

Accounts = Annotated[int, typer.Option("--accounts", min=1, help="How many accounts.")]
Seed = Annotated[int, typer.Option("--seed", help="Another number, another world.")]
LAST_DAY = "2026-06-30"
LastDay = Annotated[
    datetime, typer.Option("--last-day", formats=["%Y-%m-%d"], help="Its last day.")
]


def generate(
    accounts: Accounts = 1000,
    days: Annotated[int, typer.Option("--days", min=1, help="How many days of history.")] = 400,
    last_day: LastDay = LAST_DAY,  # type: ignore[assignment]
    seed: Seed = 7,
    as_json: AsJson = False,
) -> None:
    """Write a made-up world into the landing folder, and the truth about it beside.

    Example: [bold]touchline generate --accounts 200 --days 365[/bold]
    """
    from orchestration.lib.home import prepare_home
    from orchestration.lib.settings import load_settings
    from orchestration.lib.world import generate as write_world

    settings = load_settings()
    prepare_home(settings)
    report = write_world(
        settings.home, accounts=accounts, days=days, last_day=last_day.date(), seed=seed
    )
    facts = {"home": str(settings.home), "seconds": round(report.seconds, 1)} | report.rows
    print_json(facts) if as_json else print_facts(facts)


def picture(
    account: Annotated[
        str | None,
        typer.Argument(metavar="[ACCOUNT]", help="Its id, domain or name; the most telling one."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where to write it.")] = None,
) -> None:
    """Draw the journey of one account as a page that any browser opens, without a network.

    Example: [bold]touchline picture brightfield-demo.com[/bold]
    """
    from orchestration.lib.pictures import draw_journey
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    path = draw_journey(settings, account=account, path=output)
    screen.print(f"[green]picture[/green]  {path}", soft_wrap=True)


def overview(
    output: Annotated[Path | None, typer.Option("--output", help="Where to write it.")] = None,
) -> None:
    """Draw all journeys at a glance as one page: stages, channels, pains, deals, segments.

    Example: [bold]touchline overview --output overview.html[/bold]
    """
    from orchestration.lib.pictures import draw_overview
    from orchestration.lib.settings import load_settings

    path = draw_overview(load_settings(), path=output)
    screen.print(f"[green]overview[/green]  {path}", soft_wrap=True)


def demo(accounts: Accounts = 1000, seed: Seed = 7) -> None:
    """Make up a world, run everything on it, and show what comes out: tables, segments, a picture.

    Example: [bold]TOUCHLINE_HOME=/tmp/demo touchline demo[/bold]
    """
    from orchestration.cli.showing import show_answers
    from orchestration.cli.whole_run import run_home
    from orchestration.lib.pictures import draw_journey, draw_overview
    from orchestration.lib.running.demo import demo_as_of, require_demo_home, write_demo_world
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    require_demo_home(settings)
    screen.print(f"[bold]1  a world of {accounts:,} accounts[/bold] in {settings.landing}")
    rows = write_demo_world(
        settings, accounts=accounts, seed=seed, last_day=date.fromisoformat(LAST_DAY)
    )
    screen.print(f"   {sum(rows.values()):,} rows in {len(rows)} tables")
    screen.print("[bold]2  land, build, test, publish, write segments[/bold]")
    summary = run_home(settings, as_of=demo_as_of(settings, date.fromisoformat(LAST_DAY)))
    summary.show()
    screen.print("\n[bold]3  some answers[/bold]")
    show_answers(settings)
    screen.print("\n[bold]4  all journeys at a glance, and one of them[/bold]")
    screen.print(f"[green]overview[/green] {draw_overview(settings)}", soft_wrap=True)
    screen.print(f"[green]picture[/green]  {draw_journey(settings)}", soft_wrap=True)
