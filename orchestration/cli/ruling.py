"""`touchline rules diff`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_json, screen

rules = typer.Typer(no_args_is_help=True, help="Rule rows: what a change of them moves.")


@rules.command("diff")
def diff(
    base: Annotated[
        str | None,
        typer.Option(
            "--base",
            metavar="REF",
            help="Compare with the rules of a git revision, not of the published version.",
        ),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option("--markdown", metavar="FILE", help="Also write the text there.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every mart and ten examples, however long.")
    ] = False,
    each: Annotated[
        bool, typer.Option("--each", help="Build every change alone, however many there are.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="Show names and addresses in examples.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """What the rule rows as they are now would move in the published marts; changes nothing.

    Compared is what `seeds` and the home's own rules say now, on the data and day of the published
    version. It is built in a folder of its own, which is removed at the end.

    Example: [bold]touchline rules diff[/bold], or
    [bold]touchline rules diff --base main --markdown effects.md[/bold]
    """
    from orchestration.cli.watching import watched
    from orchestration.lib.rule_effects.diffing import rules_diff
    from orchestration.lib.rule_effects.telling import as_facts, as_markdown
    from orchestration.lib.running.progress import tell
    from orchestration.lib.settings import load_settings

    if markdown and not markdown.absolute().parent.is_dir():
        raise typer.BadParameter(f"there is no folder {markdown.parent}", param_hint="--markdown")
    with watched("rules diff", quiet=as_json):
        found = rules_diff(
            load_settings(),
            revision=base,
            with_names=names,
            each=each,
            progress=lambda name, number, total: tell("building", name, number, total),
        )
    text = as_markdown(found, in_full=full)
    if markdown:
        markdown.write_text(text, encoding="utf-8")
    if as_json:
        print_json(as_facts(found))
    else:
        screen.out(text, end="", highlight=False)
