"""One published home of a small world, for all that is asked of persons in it."""

from __future__ import annotations

import pytest

from orchestration.lib.running.steps import build_home, destinations, export_home, publish_home
from tests.homes import Home, landed_world


@pytest.fixture(scope="session")
def told_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Built, published and exported; copy it before changing it."""
    home = landed_world(tmp_path_factory.mktemp("told") / "home", accounts=30)
    settings = home.settings
    build_home(settings, place=settings, as_of=home.as_of).raise_for_failures()
    publish_home(settings, place=settings, as_of=home.as_of)
    for destination in destinations(settings):
        export_home(settings, destination=destination)
    return home
