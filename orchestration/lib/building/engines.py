"""What each engine needs around a dbt call: DuckDB nothing, Spark the lake it reads and leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from orchestration.lib.building.parsing import manifest_path, read_manifest
from orchestration.lib.building.project import SPARK
from orchestration.lib.building.report import NodeResult
from orchestration.lib.settings import Settings


def require_engine(target: str) -> None:
    """Raise SparkError, with what to install, when `target` is Spark and cannot run here."""
    if target == SPARK:
        from orchestration.lib.lake.ready import require_spark

        require_spark()


@contextmanager
def engine(settings: Settings, *, target: str) -> Iterator[None]:
    """Make a home ready for a dbt call on `target`; raises SparkError when Spark cannot run here.

    What Java says goes to `spark.log` beside dbt's own log.
    """
    if target != SPARK:
        yield
        return
    from orchestration.lib.lake.filling import fill_lake

    require_engine(target)
    log = manifest_path(settings, target=target).with_name("logs") / "spark.log"
    fill_lake(settings, manifest=read_manifest(settings, target=target))
    with _children_speak_to(log):
        yield


def bring_marts(settings: Settings, nodes: Sequence[NodeResult], *, target: str) -> None:
    """Bring the public tables among the built `nodes` to where the publisher looks for them."""
    if target != SPARK:
        return
    from orchestration.lib.lake.fetching import fetch_marts

    manifest = read_manifest(settings, target=target)
    fetch_marts(settings, manifest=manifest, built={node.name for node in nodes})


def selectors(names: Iterable[str], *, target: str) -> list[str]:
    """dbt's words for `names`; on Spark with all they read, as its tables end with the process."""
    return [f"+{name}" if target == SPARK else name for name in names]


@contextmanager
def _children_speak_to(path: Path) -> Iterator[None]:
    """Send what child processes print to a file; Python's own output stays where it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as log, _given_away(1, "stdout", log), _given_away(2, "stderr", log):
        yield


@contextmanager
def _given_away(descriptor: int, stream: str, log: BinaryIO) -> Iterator[None]:
    """Let `descriptor` mean `log` for new processes, and Python's `stream` what it meant before."""
    shown, written = os.dup(descriptor), getattr(sys, stream)
    with os.fdopen(shown, "w", buffering=1) as terminal:
        setattr(sys, stream, terminal)
        os.dup2(log.fileno(), descriptor)
        try:
            yield
        finally:
            os.dup2(shown, descriptor)
            setattr(sys, stream, written)
