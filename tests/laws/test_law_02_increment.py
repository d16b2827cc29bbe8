"""Law 2: an increment leaves what a rebuild leaves, row for row, in every public table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings

from ..homes import Home, differing_tables
from .increment_worlds import FIRST_DAY, World, land_batch

pytestmark = pytest.mark.slow

WORLDS = 200
STEPS = 5


def test_increments_of_random_batches_equal_a_rebuild(tmp_path: Path) -> None:
    """After each batch only touched rows were built again; the last home equals one built anew."""
    worlds = [World(f"w{number}", seed=number) for number in range(WORLDS)]
    home = Home(settings=Settings(home=tmp_path / "home"), as_of=_after(0))
    kept = 0
    for step in range(STEPS):
        land_batch(home.settings.landing, worlds, step=step, share=0.2 if step else 1.0, acts=4)
        _land(home)
        report = build(home.settings, as_of=_after(step), data_tests=False, increment=step > 0)
        report.raise_for_failures()
        assert report.full_refresh == (step == 0)
        kept += sum(node.message == "slice" for node in report.nodes)
    rebuilt = Home(settings=home.settings, as_of=_after(STEPS - 1)).copy_to(tmp_path / "rebuilt")
    rebuilt.build_unchecked()
    assert kept > 100
    assert differing_tables(home, rebuilt) == {}


def _after(step: int) -> datetime:
    """The moment of the build of a step: the day after its batch."""
    midnight = FIRST_DAY.replace(hour=0, tzinfo=UTC)
    return midnight + timedelta(days=2 * step + 1)


def _land(home: Home) -> None:
    with open_home(home.settings) as connection:
        ingest(home.settings, connection, still_seconds=0)
        refresh_lookups(connection)
