"""Law 3: a build of a past moment knows nothing of what happened later.

Broken by: a model that reads a record, or a value, that the unified layer has not let through.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.lib.building.project import PROJECT
from orchestration.lib.home import open_home
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.sql_text import name
from tests.homes import Home, differing_tables

KNOWN_MOMENTS = PROJECT / "macros" / "unified" / "known_moments.sql"
# it counts rows that wait for their time
ABOUT_ROWS = {"observability.rpt_row_reconciliation"}


@pytest.mark.slow
def test_what_happened_later_changes_nothing(built_home: Home, tmp_path: Path) -> None:
    past = Home(settings=built_home.settings, as_of=built_home.as_of - timedelta(days=42))
    with_future = past.copy_to(tmp_path / "with_future")
    with_future.build_unchecked()
    without = with_future.copy_to(tmp_path / "without")
    gone = forget_what_happened_later(without)
    assert {"contacts", "opportunities", "web_events", "orders", "ad_days"} <= gone.keys()
    without.build_unchecked()
    assert differing_tables(with_future, without).keys() == ABOUT_ROWS


def forget_what_happened_later(home: Home) -> dict[str, int]:
    """Take out the raw rows of moments from as_of on; how many went, by kind."""
    moments = dict(re.findall(r"'(\w+)': '(.+)',", KNOWN_MOMENTS.read_text(encoding="utf-8")))
    gone = {}
    with open_home(home.settings) as connection:
        for kind, moment in moments.items():
            deleted = connection.execute(
                f"delete from raw_files.{name(kind)} where (_batch_id, _source_row) in ("
                f"select (_batch_id, _source_row) from staging.{name('stg_files__' + kind)} "
                f"where {moment} >= $as_of)",
                {"as_of": home.as_of.replace(tzinfo=None)},
            ).fetchone()
            gone[kind] = deleted[0]
        refresh_lookups(connection)
    return {kind: count for kind, count in gone.items() if count}
