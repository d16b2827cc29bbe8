"""Law 2: an increment leaves what a rebuild leaves, row for row, in every public table.

An increment is what the next one does not hide: homes are compared before anything is built whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.lib.asked_again import asked_relations, open_requests
from orchestration.lib.building import BuildReport, build, read_manifest
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.persons import remember_persons
from orchestration.lib.retention import expired, prune
from orchestration.lib.segments.memory import remember_segments
from orchestration.lib.settings import Settings

from ..homes import Home, differing_tables, mending_whatever_is_touched, public_tables
from .increment_worlds import FIRST_DAY, World, land_batch
from .rule_edits import edit_rules

# it has homes of its own, and stands where the two processes of tests take equally long
pytestmark = [pytest.mark.slow, pytest.mark.shared_home]

WORLDS = 200
INCREMENTS = 4
SELDOM_FILLED = {
    "marts.fct_account_aliases",
    "marts.fct_identity_conflicts",
    "marts.fct_person_aliases",
    "marts.fct_person_field_conflicts",
    "marts.fct_session_aliases",
}
RETENTION = """rule_id,layer,raw_table,moment,keep_days,is_active
web_event_rows,raw,*/web_events,occurred_at,30,true
email_event_rows,raw,*/email_events,occurred_at,30,true
contact_rows,raw,*/contacts,updated_at,30,true
"""


@pytest.fixture
def mends_whatever_is_touched() -> Iterator[None]:
    """A quarter of all worlds is much for one increment: none of it may be built whole for that."""
    with mending_whatever_is_touched():
        yield


@pytest.mark.usefixtures("mends_whatever_is_touched")
def test_increments_of_random_batches_equal_a_rebuild(tmp_path: Path) -> None:
    """Every world is told more after the first build, in one of four increments; then rules are
    edited, which builds everything, and rows of a few worlds are let go, which is an increment."""
    worlds = [World(f"w{number}", seed=number) for number in range(WORLDS)]
    home = Home(settings=Settings(home=tmp_path / "home"), as_of=_after(0))
    tell(home, worlds, step=0)
    build_after(home, step=0, increment=False)
    mended: set[str] = set()
    for step in range(1, INCREMENTS + 1):
        tell(home, worlds[step - 1 :: INCREMENTS], step=step)
        mended |= tables_mended(build_after(home, step=step, increment=True))
    assert kept_tables(home) - mended == set()
    assert SELDOM_FILLED - filled_tables(home) == set()
    assert unlike_rebuilt(home, tmp_path / "told", step=INCREMENTS) == {}

    edit_rules(home.settings, seed=2, count=8)
    home.add_rules({"retention_rules": RETENTION})
    build_after(home, step=INCREMENTS, increment=False)
    assert let_go(home, step=INCREMENTS + 1) > WORLDS / 10
    mended = tables_mended(build_after(home, step=INCREMENTS + 1, increment=True))
    assert len(mended) > len(kept_tables(home)) / 2
    assert unlike_rebuilt(home, tmp_path / "let_go", step=INCREMENTS + 1) == {}


def tell(home: Home, worlds: Sequence[World], *, step: int) -> None:
    """What was built is published, as far as the next build knows of it; a batch is landed."""
    if step:
        remember_persons(home.settings, run_id=f"step {step}")
        remember_segments(home.settings, run_id=f"step {step}", as_of=_after(step - 1))
    land_batch(home.settings.landing, worlds, step=step, acts=5)
    with open_home(home.settings) as connection:
        ingest(home.settings, connection, still_seconds=0)
        refresh_lookups(connection)


def tables_mended(report: BuildReport) -> set[str]:
    """Of which only touched rows were built again."""
    return {node.name for node in report.nodes if node.message == "slice"}


def kept_tables(home: Home) -> set[str]:
    """Those that an increment may mend."""
    nodes = read_manifest(home.settings)["nodes"].values()
    return {node["name"] for node in nodes if node["config"].get("meta", {}).get("kept_by")}


def filled_tables(home: Home) -> set[str]:
    """Public tables that have rows; two empty ones are always alike."""
    with home.marts() as marts:
        tables = public_tables(marts)
        return {name for name in tables if marts.sql(f"select 1 from {name} limit 1").fetchone()}


def unlike_rebuilt(home: Home, folder: Path, *, step: int) -> dict[str, int]:
    """Public tables with rows that a home built anew has not, or the other way round."""
    rebuilt = Home(settings=home.settings, as_of=_after(step)).copy_to(folder)
    rebuilt.build_unchecked()
    return differing_tables(home, rebuilt)


def build_after(home: Home, *, step: int, increment: bool) -> BuildReport:
    """Build as a run would: what landed or was asked for, or everything."""
    with open_home(home.settings) as connection:
        again = asked_relations(open_requests(connection, home.settings))
    report = build(
        home.settings, as_of=_after(step), data_tests=False, increment=increment, again=again
    )
    report.raise_for_failures()
    return report


def let_go(home: Home, *, step: int) -> int:
    """Let raw rows go as a pruning of that day would; returns how many went."""
    with open_home(home.settings) as connection:
        found = expired(connection, home.settings, now=_after(step))
        prune(connection, home.settings, found)
    return sum(one.rows for one in found)


def _after(step: int) -> datetime:
    """The moment of the build of a step: the day after its batch."""
    midnight = FIRST_DAY.replace(hour=0, tzinfo=UTC)
    return midnight + timedelta(days=2 * step + 1)
