"""Shows how far work in this process is, and keeps libraries from talking over it."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration.cli.output import errors
from orchestration.lib.running.progress import listening


@contextmanager
def watched(title: str, *, quiet: bool) -> Iterator[None]:
    """A progress line on stderr unless quiet, and silence of libraries, while the block runs."""
    with _silence(), _step_shown(title, quiet=quiet):
        yield


@contextmanager
def _silence() -> Iterator[None]:
    """Keep libraries from talking over the progress bar."""
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


@contextmanager
def _step_shown(title: str, *, quiet: bool) -> Iterator[None]:
    """A progress line on stderr: the step, what it works on, how many of how many."""
    if quiet:
        yield
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[step]:<10}"),
        BarColumn(bar_width=24),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    # a file or a pipe would get an empty line for it
    shown = errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=not shown) as progress:
        task = progress.add_task("starting", total=None, step=title)

        def show(step: str, detail: str, number: int, total: int) -> None:
            progress.update(
                task, step=step, description=detail, completed=number, total=total or None
            )

        with listening(show):
            yield
