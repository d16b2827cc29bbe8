"""`touchline explain`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, screen
from orchestration.cli.tables import print_table


class Thing(StrEnum):
    """What can be explained."""

    account = "account"
    person = "person"
    touchpoint = "touchpoint"
    segment = "segment"
    column = "column"


def explain(
    thing: Annotated[
        Thing,
        typer.Argument(metavar="KIND", help="account, person, touchpoint, segment or column."),
    ],
    name: Annotated[str, typer.Argument(metavar="ID", help="Its id, domain, name or address.")],
    person: Annotated[
        str | None, typer.Option("--person", help="With a segment: is this person in, or why not?")
    ] = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="With a person: what makes these two identifiers one?"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say where a value comes from: the rules and the evidence, from the published file alone.

    Times are UTC; an id may be given by its beginning. Of a column it is told which raw columns
    and rule columns its values are made of, model by model.

    Example: [bold]touchline explain account brightfield-demo.com[/bold],
    [bold]touchline explain segment case_study --person ana@brightfield-demo.com[/bold],
    [bold]touchline explain person ana@brightfield-demo.com --between lead_1 con_1[/bold], or
    [bold]touchline explain column marts.fct_journeys.amount[/bold]
    """
    from orchestration.lib.explain import explain_thing
    from orchestration.lib.settings import load_settings

    for kind, option, given in (
        (Thing.segment, "--person", person),
        (Thing.person, "--between", between),
    ):
        if given and thing is not kind:
            raise typer.BadParameter(f"goes with a {kind}", param_hint=option)
    settings = load_settings()
    if thing is Thing.column:
        from orchestration.cli.tracing import explain_column

        explain_column(settings, name=name, as_json=as_json)
        return
    story = explain_thing(settings, thing=thing.value, name=name, person=person, between=between)
    if as_json:
        print_json(story.facts())
        return
    screen.print(Text(story.title, style="bold"), soft_wrap=True)
    print_facts(story.summary)
    for chapter in story.chapters:
        screen.print()
        if chapter.rows:
            print_table(chapter.rows, title=chapter.title)
        else:
            screen.print(f"[italic]{chapter.title}[/italic]\n  none")
