"""A moment falls on the day of the reporting time zone, whatever that zone is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import jinja2
import pytest

from orchestration.lib.building.project import PROJECT

MACRO = PROJECT / "macros" / "dialect" / "local_date.sql"
# midnights, and nights in which clocks are put on or back
MOMENTS = [
    "2026-06-30 21:59:59",
    "2026-06-30 22:00:00",
    "2026-06-30 23:59:59",
    "2026-07-01 00:00:00",
    "2026-07-01 02:59:59",
    "2026-03-29 00:59:59",
    "2026-10-25 22:30:00",
    "2026-10-25 23:00:00",
    "1969-12-31 23:30:00",
]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata"])
@pytest.mark.parametrize("session_zone", ["UTC", "Pacific/Auckland"])
def test_the_day_is_that_of_the_zone(zone: str, session_zone: str) -> None:
    template = jinja2.Template(MACRO.read_text(encoding="utf-8"))
    macros = template.make_module({"var": {"reporting_timezone": zone}.__getitem__})
    connection = duckdb.connect()
    connection.execute(f"set TimeZone = '{session_zone}'")
    for text in MOMENTS:
        query = "select " + macros.duckdb__local_date(f"timestamp '{text}'")
        told = datetime.fromisoformat(text).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
        assert connection.sql(query).fetchall() == [(told,)], (zone, text)
