"""The command itself: how errors are told and which exit code they give."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup

from orchestration.cli.output import tell_error
from orchestration.lib.errors import TouchlineError

FAILED = 1


class TellingGroup(TyperGroup):
    """Runs a command; an error meant for people is told as what, where, what to do."""

    def invoke(self, ctx: Any) -> Any:
        """The command's result; exit code 1 after an error, 2 is left to wrong use."""
        try:
            return super().invoke(ctx)
        except TouchlineError as error:
            tell_error(error)
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            tell_error(
                TouchlineError("stopped", "here", "run again: the next run finishes the work")
            )
            raise typer.Exit(FAILED) from None


app = typer.Typer(
    name="touchline",
    cls=TellingGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="A customer-journey warehouse that a team runs itself.\n\n"
    "Where things are: TOUCHLINE_HOME, ./data when it is not set.",
)
