"""One more day for a generated world: the acts of its last day, told again a day later."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import duckdb

from tests.bench.bare import union_of

# table → its key, when its rows happened, and other moments that are told
ACTS = {
    "web_events": ("event_id", "occurred_at", "received_at"),
    "email_events": ("event_id", "occurred_at"),
    "product_events": ("event_id", "occurred_at"),
    "activities": ("activity_id", "occurred_at"),
    "campaign_members": ("member_id", "occurred_at"),
    "lead_status_changes": ("change_id", "changed_at"),
    "ad_clicks": ("click_id", "clicked_at"),
}
LATER = "strftime(try_cast({0} as timestamp) + interval 1 day, '%Y-%m-%dT%H:%M:%SZ') as {0}"
SHIFTED = """
copy (
    select
        * replace (
            {key} || '-next' as {key},
            {later}
        )
    from ({rows})
    where try_cast({moment} as timestamp) >= timestamp '{day}'
        and try_cast({moment} as timestamp) < timestamp '{day}' + interval 1 day
) to '{target}' (format parquet)
"""


def add_next_day(home: Path, last_day: date) -> None:
    """Write one file per table of acts, old enough to be landed at once."""
    long_ago = time.time() - 60
    for table, (key, moment, *others) in ACTS.items():
        folder = home / "landing" / "files" / table
        target = folder / "next-day.parquet"
        later = ", ".join(LATER.format(told) for told in [moment, *others])
        query = SHIFTED.format(
            key=key,
            later=later,
            moment=moment,
            rows=union_of(folder),
            day=last_day,
            target=target,
        )
        duckdb.execute(query)
        os.utime(target, (long_ago, long_ago))
