"""Fixtures every test may use; what a folder of tests alone needs stands in its own conftest."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.lib.settings import Settings
from tests.homes import Home, landed_world, remember_strangers
from tests.parses import shared_parse

os.environ["DO_NOT_TRACK"] = "1"
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "true"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs the shared home, so that two processes share the tests and not the home."""
    if "landed_home" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.shared_home)


@pytest.fixture(scope="session", autouse=True)
def parsed_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The dbt project is parsed for the first home that asks."""
    with shared_parse(tmp_path_factory.mktemp("parsed")):
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home."""
    home = tmp_path / "home"
    for folder in ("landing", "rules"):
        (home / folder).mkdir(parents=True)
    return Settings(home=home)


@pytest.fixture(scope="session")
def landed_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A small world, landed and not built; copy it before changing it."""
    home = landed_world(tmp_path_factory.mktemp("world") / "home", accounts=60)
    remember_strangers(home)
    return home


@pytest.fixture(scope="session")
def built_home(landed_home: Home) -> Home:
    """The small world, built; shared by all tests, never changed by any."""
    landed_home.build()
    return landed_home
