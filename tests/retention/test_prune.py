"""What is older than the rules keep goes when asked, and what is needed never does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import run_lock
from orchestration.lib.publishing.versions import current_run_id, version_path, versions
from orchestration.lib.retention import compact, expired, prune, sizes, wasted_share
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home
from tests.unit.published_journeys import RUN_ID, published_home

LONG_AGO = time.time() - 4000 * 86_400
HEADER = "rule_id,layer,keep_days,keep_count,is_active,rule_version,note\n"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[LandingHome]:
    settings = published_home(tmp_path / "home")
    with landing_home(settings) as opened:
        opened.land("files/accounts/a.csv", "account_id,name\n1,One\n,nobody\n")
        yield opened


def aged(path: Path, text: str = "x") -> Path:
    """A file that was written long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_text(text)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def gone(home: LandingHome) -> set[str]:
    """Names of what would go."""
    found = expired(home.connection, home.settings)
    return {path.name for one in found for path in one.paths}


def test_old_versions_go_and_the_current_one_stays(home: LandingHome) -> None:
    settings = home.settings
    for number in range(6):
        aged(version_path(settings, f"2026010{number}T000000000000Z"))
    aged(version_path(settings, RUN_ID))
    assert len(gone(home)) == 5
    prune(home.connection, settings, expired(home.connection, settings))
    assert len(versions(settings)) == 2
    assert current_run_id(settings) == RUN_ID
    assert (settings.state / "pruned.jsonl").exists()


def test_young_things_stay(home: LandingHome) -> None:
    for number in range(9):
        (home.settings.home / "past" / str(number)).mkdir(parents=True)
    assert gone(home) == set()


def test_days_of_the_past_and_files_of_the_outbox_go(home: LandingHome) -> None:
    for number in range(5):
        aged(home.settings.home / "past" / f"day{number}" / "marts_build.duckdb")
    for number in range(12):
        aged(home.settings.outbox / "tool" / "segment" / f"{number:02}.csv")
        aged(home.settings.outbox / "tool" / "segment" / f"{number:02}.manifest.json")
    assert gone(home) == {"day0", "day1", "day2", "00.csv", "01.csv"}
    prune(home.connection, home.settings, expired(home.connection, home.settings))
    assert not list(home.settings.outbox.glob("*/*/00*"))


def test_text_in_quarantine_goes_and_counts_stay(home: LandingHome) -> None:
    home.connection.execute("update raw_ops.quarantine set quarantined_at = timestamp '2001-01-01'")
    (found,) = expired(home.connection, home.settings)
    prune(home.connection, home.settings, [found])
    assert home.rows("select raw_text, reason is null from raw_ops.quarantine") == [(None, False)]
    assert expired(home.connection, home.settings) == []


def test_landing_files_go_only_when_a_rule_says_so_and_they_are_taken_up(home: LandingHome) -> None:
    aged(home.settings.landing / "files/accounts/a.csv")
    aged(home.settings.landing / "files/accounts/waits.csv")
    assert gone(home) == set()
    own = home.settings.rules / "retention_rules.csv"
    own.write_text(f"{HEADER}landing_files,landing,1100,,true,1,\n")
    assert gone(home) == {"a.csv"}


def test_a_rule_that_is_no_number_is_told(home: LandingHome) -> None:
    own = home.settings.rules / "retention_rules.csv"
    own.write_text(f"{HEADER}past_days,past,soon,,true,1,\n")
    with pytest.raises(TouchlineError, match="no number of days"):
        expired(home.connection, home.settings)


def test_a_database_with_much_unused_room_is_written_anew(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.land("files/accounts/a.csv", "account_id,name\n1,One\n")
        home.connection.execute(
            "create table big as select range, hash(range)::varchar as text from range(1000000);"
            "create view raw_files.names as select name from warehouse.raw_files.accounts;"
            "checkpoint; drop table big; checkpoint"
        )
    assert wasted_share(settings.warehouse) > 0.5
    with run_lock(settings):
        (done,) = compact(settings)
    assert done.after < done.before / 2
    with duckdb.connect(str(settings.warehouse)) as connection:
        assert connection.execute("from raw_files.names").fetchall() == [("One",)]
    assert not list(settings.home.glob("*.compacting*"))


def test_sizes_are_told_by_layer(home: LandingHome) -> None:
    layers = [row["layer"] for row in sizes(home.settings)]
    assert {"landing", "warehouse", "published"} <= set(layers)
