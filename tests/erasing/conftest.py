"""One published home of a small world, for all that is asked of persons in it."""

from __future__ import annotations

import pytest

from orchestration.lib.running.steps import destinations, export_home
from tests.homes import Home
from tests.rule_effects.example import publish_as_a_run


@pytest.fixture(scope="session")
def told_home(built_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small world, published and exported as by a run; copy it before changing it."""
    home = built_home.copy_to(tmp_path_factory.mktemp("told") / "home")
    publish_as_a_run(home)
    for destination in destinations(home.settings):
        export_home(home.settings, destination=destination)
    return home
