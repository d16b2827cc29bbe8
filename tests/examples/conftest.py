"""The examples' homes, built once for all tests that ask them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.lib.building.project import REPOSITORY
from orchestration.lib.settings import Settings
from tests.examples.example_home import paths_home, puffy_home
from tests.examples.findings import findings, marts_asked
from tests.examples.olist_home import OlistHome, olist_home

REAL = Path(os.environ.get("TOUCHLINE_TEST_DATA", REPOSITORY / "../shared/data"))


def real(name: str) -> Path:
    """A public set, where it is at hand; else the test is skipped."""
    if not (REAL / name).exists():
        pytest.skip(f"no data at {REAL / name}; set TOUCHLINE_TEST_DATA")
    return REAL / name


@pytest.fixture(scope="session")
def small_olist(tmp_path_factory: pytest.TempPathFactory) -> OlistHome:
    """Seven leads and five orders of our own, with the defects of the public files."""
    folder = Path(__file__).with_name("olist")
    return olist_home(folder, tmp_path_factory.mktemp("olist") / "home")


@pytest.fixture(scope="session")
def real_olist(small_olist: OlistHome, tmp_path_factory: pytest.TempPathFactory) -> OlistHome:
    """The public files, where they are at hand; the project was parsed for the small home."""
    folder, home = real("olist"), tmp_path_factory.mktemp("olist") / "home"
    models = marts_asked(findings("olist"))
    return olist_home(folder, home, parsed=small_olist.settings.home / "target", models=models)


@pytest.fixture(scope="session")
def real_puffy(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Fourteen days of the shop's pixel, where they are at hand."""
    folder, home = real("puffy_web_events"), tmp_path_factory.mktemp("puffy") / "home"
    return puffy_home(folder, home, models=marts_asked(findings("puffy")))


@pytest.fixture(scope="session")
def real_paths(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The list of ad contacts, where it is at hand."""
    source = real("attribution_paths") / "attribution_data.csv"
    home = tmp_path_factory.mktemp("paths") / "home"
    return paths_home(source, home, models=marts_asked(findings("attribution_paths")))
