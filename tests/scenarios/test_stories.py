"""Golden journeys: what is given lands, everything is built, what is expected must be there.

Half of the rows of every file come later and are an increment: no story may end otherwise for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings
from tests.homes import mending_whatever_is_touched
from tests.scenarios.people import ABOUT_PEOPLE, found_people
from tests.scenarios.stories import FIRST, LATER, Story, found, land, stories, write_rules

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
EXPECTATIONS = [(story, mart) for story in stories() for mart in story.expected]


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One home with all stories, landed and built through the real chain in two batches."""
    settings = Settings(home=tmp_path_factory.mktemp("stories"))
    write_rules(stories(), settings.home)
    with mending_whatever_is_touched():
        for batch in (FIRST, LATER):
            land(stories(), settings.home, batch=batch)
            take_in(settings)
            report = build(settings, as_of=AS_OF, data_tests=False, increment=batch == LATER)
            report.raise_for_failures()
    assert not report.full_refresh
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        connection.execute(f"attach '{settings.marts_build}' as marts_build (read_only)")
        yield connection


def take_in(settings: Settings) -> None:
    """Ingest what lies in the landing folder; every row is kept."""
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        assert (
            connection.execute("select reason, raw_text from raw_ops.quarantine").fetchall() == []
        )
        refresh_lookups(connection)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("story", "mart"), EXPECTATIONS, ids=[f"{story.name}-{mart}" for story, mart in EXPECTATIONS]
)
def test_story_comes_true(story: Story, mart: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    find = found_people if mart in ABOUT_PEOPLE else found
    expected, built = find(story, mart, warehouse)
    assert built == expected
