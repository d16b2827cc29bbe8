"""The command itself: how errors are told and which exit code they give."""

from __future__ import annotations

import errno
import os
import traceback
from tempfile import NamedTemporaryFile
from typing import Any

import typer
from typer.core import TyperGroup

from orchestration.cli.output import tell_error
from orchestration.lib.errors import TouchlineError

FAILED = 1
# what is raised for wrong use: click's class, or that of typer's own copy of click
WRONG_USE = typer.BadParameter.__mro__[2]
# what a disk refuses: rights, room, and things that are no folder or no file
REFUSALS = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.ENOTDIR,
    errno.EISDIR,
}


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
            tell_error(TouchlineError("stopped by hand", "this run", "the next run finishes it"))
            raise typer.Exit(FAILED) from None
        except (typer.Exit, typer.Abort, WRONG_USE, BrokenPipeError):
            raise
        except Exception as error:
            tell_error(_unforeseen(error))
            raise typer.Exit(FAILED) from None


def _refusal(error: Exception) -> str | None:
    """What the disk says when it refuses, itself or in the words of DuckDB."""
    if isinstance(error, OSError) and error.errno in REFUSALS:
        return error.strerror
    full = os.strerror(errno.ENOSPC)
    return full if full in str(error) else None


def _unforeseen(error: Exception) -> TouchlineError:
    """An error nobody planned for, with its trace in a file instead of on the screen.

    What a disk refuses needs no trace, and its temporary folder may refuse one as well.
    """
    refusal = _refusal(error)
    if refusal:
        place = getattr(error, "filename", None) or "this home, or the folder of temporary files"
        return TouchlineError(
            f"the disk refuses: {refusal}",
            str(place),
            "make room, give this user the right, or name another place; then the same again",
        )
    with NamedTemporaryFile("w", prefix="touchline-", suffix=".txt", delete=False) as file:
        traceback.print_exception(error, file=file)
    lines = str(error).splitlines() or [""]
    return TouchlineError(
        f"{type(error).__name__}: {lines[0]}",
        file.name,
        "run again: finished steps are kept; if it stays, report it with that file",
    )


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
