"""A source is silent when neither its events nor its files are young: then messages wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home
from tests.homes import Home

CONSENTS = """\
email,purpose,channel,status,basis,changed_at
ana@acme-demo.com,marketing,email,confirmed,double_opt_in,2026-01-05 08:00:00
"""
EVENTS = "event_id,event_name,occurred_at\n1,page_view,2026-01-05 08:00:00\n"
TOLD = "select source_table, is_broken, stops_syncs from observability.rpt_source_freshness"


@pytest.mark.slow
def test_old_events_in_a_young_file_are_no_silence(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.put("files/consents/a.csv", CONSENTS)
        home.put("files/web_events/a.csv", EVENTS)
        home.ingest()
    landed = datetime.now(UTC)
    told = {}
    for days in (3, 5):
        moment = Home(settings=settings, as_of=landed + timedelta(days=days))
        moment.build_unchecked(["+rpt_source_freshness"])
        with duckdb.connect(str(settings.marts_build), read_only=True) as marts:
            told[days] = marts.execute(f"{TOLD} order by 1").fetchall()
    young = [("consents", True, False), ("web_events", True, False)]
    assert told == {3: young, 5: [("consents", True, True), ("web_events", True, False)]}
