"""Law 2: an increment leaves what a rebuild leaves, row for row, in every public table.

Between batches rules are edited, and raw rows are let go by a rule.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.lib.asked_again import asked_relations, open_requests
from orchestration.lib.building import BuildReport, build
from orchestration.lib.fingerprint import fingerprint
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.retention import expired, prune
from orchestration.lib.settings import Settings

from ..homes import Home, differing_tables
from .increment_worlds import FIRST_DAY, World, land_batch
from .rule_edits import edit_rules

# it has homes of its own, and stands where the two processes of tests take equally long
pytestmark = [pytest.mark.slow, pytest.mark.shared_home]

WORLDS = 200
STEPS = 5
EDITED_BEFORE, PRUNED_BEFORE = 2, 4
RETENTION = """rule_id,layer,raw_table,moment,keep_days,is_active
web_event_rows,raw,*/web_events,occurred_at,5,true
email_event_rows,raw,*/email_events,occurred_at,5,true
contact_rows,raw,*/contacts,updated_at,6,true
"""


def test_increments_of_random_batches_equal_a_rebuild(tmp_path: Path) -> None:
    """After each batch only touched rows were built again; the last home equals one built anew."""
    worlds = [World(f"w{number}", seed=number) for number in range(WORLDS)]
    home = Home(settings=Settings(home=tmp_path / "home"), as_of=_after(0))
    built_with: dict[str, str] = {}
    kept = 0
    for step in range(STEPS):
        land_batch(home.settings.landing, worlds, step=step, share=0.2 if step else 1.0, acts=4)
        _land(home)
        if step == EDITED_BEFORE:
            edit_rules(home.settings, seed=step, count=8)
            home.add_rules({"retention_rules": RETENTION})
        if step == PRUNED_BEFORE:
            assert _prune(home, now=_after(step)) > WORLDS
        parts = fingerprint(home.settings)
        report = _build(home, step, increment=parts == built_with)
        assert report.full_refresh == (step in (0, EDITED_BEFORE))
        kept += sum(node.message == "slice" for node in report.nodes)
        built_with = parts
    rebuilt = Home(settings=home.settings, as_of=_after(STEPS - 1)).copy_to(tmp_path / "rebuilt")
    rebuilt.build_unchecked()
    assert kept > 100
    assert differing_tables(home, rebuilt) == {}


def _build(home: Home, step: int, *, increment: bool) -> BuildReport:
    """Build as a run would: what landed or was asked for, everything when rules differ."""
    with open_home(home.settings) as connection:
        again = asked_relations(open_requests(connection, home.settings))
    report = build(
        home.settings, as_of=_after(step), data_tests=False, increment=increment, again=again
    )
    report.raise_for_failures()
    return report


def _prune(home: Home, *, now: datetime) -> int:
    """Let raw rows go as a pruning of that day would; returns how many went."""
    with open_home(home.settings) as connection:
        found = expired(connection, home.settings, now=now)
        prune(connection, home.settings, found)
    return sum(one.rows for one in found)


def _after(step: int) -> datetime:
    """The moment of the build of a step: the day after its batch."""
    midnight = FIRST_DAY.replace(hour=0, tzinfo=UTC)
    return midnight + timedelta(days=2 * step + 1)


def _land(home: Home) -> None:
    with open_home(home.settings) as connection:
        ingest(home.settings, connection, still_seconds=0)
        refresh_lookups(connection)
