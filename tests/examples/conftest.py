"""The Olist example's homes, built once for all tests that ask them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.lib.building.project import REPOSITORY
from tests.examples.olist_home import OlistHome, olist_home

REAL = Path(os.environ.get("TOUCHLINE_TEST_DATA", REPOSITORY / "../shared/data")) / "olist"


@pytest.fixture(scope="session")
def small_olist(tmp_path_factory: pytest.TempPathFactory) -> OlistHome:
    """Seven leads and five orders of our own, with the defects of the public files."""
    folder = Path(__file__).with_name("olist")
    return olist_home(folder, tmp_path_factory.mktemp("olist") / "home")


@pytest.fixture(scope="session")
def real_olist(small_olist: OlistHome, tmp_path_factory: pytest.TempPathFactory) -> OlistHome:
    """The public files, where they are at hand; the project was parsed for the small home."""
    if not REAL.is_dir():
        pytest.skip(f"no data at {REAL}; set TOUCHLINE_TEST_DATA")
    home = tmp_path_factory.mktemp("olist") / "home"
    return olist_home(REAL, home, parsed=small_olist.settings.home / "target")
