"""Homes of examples: the folder of the example, real or small input landed in it, models built."""

from __future__ import annotations

import runpy
import shutil
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from orchestration.lib.building import build
from orchestration.lib.building.project import PROJECT
from orchestration.lib.home import open_warehouse, prepare_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings, load_settings

EXAMPLES = PROJECT / "docs" / "examples"
PUFFY = ("fct_sessions", "fct_touchpoint_records", "int_touchpoints_resolved")


def puffy_home(folder: Path, home: Path, *, models: Collection[str] = ()) -> Settings:
    """The shop's home with the daily files of a folder, its touchpoints and other models built."""

    def put() -> None:
        landing = home / "landing" / "puffy" / "web_events"
        landing.mkdir(parents=True)
        for file in sorted(folder.glob("*.csv")):
            shutil.copyfile(file, landing / file.name)

    return _example_home(
        "puffy", home, put=put, as_of=datetime(2025, 3, 9, tzinfo=UTC), models=[*PUFFY, *models]
    )


def paths_home(source: Path, home: Path, *, models: Collection[str]) -> Settings:
    """The home of the ad paths with a list of contacts, models built."""

    def put() -> None:
        runpy.run_path(str(home / "landing_files.py"))["write"](source, home)

    return _example_home(
        "attribution_paths", home, put=put, as_of=datetime(2018, 8, 1, tzinfo=UTC), models=models
    )


def _example_home(
    example: str,
    home: Path,
    *,
    put: Callable[[], None],
    as_of: datetime,
    models: Collection[str],
) -> Settings:
    """A home of an example; `put` lays its landing files."""
    shutil.copytree(EXAMPLES / example, home)
    put()
    settings = load_settings({}, home=home)
    prepare_home(settings)
    connection = open_warehouse(settings)
    ingest(settings, connection, still_seconds=0)
    refresh_lookups(connection)
    connection.close()
    selected = [f"+{model}" for model in models]
    build(settings, as_of=as_of, select=selected, data_tests=False).raise_for_failures()
    return settings
