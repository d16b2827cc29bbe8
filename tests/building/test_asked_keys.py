"""What somebody asks for is built again though nothing landed, and nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.asked_again import ACCOUNT, DAYS, asked_relations
from orchestration.lib.building import BuildReport, build
from orchestration.lib.building.asked_keys import declare_asked_keys
from tests.homes import Home

SPOILED = "spoiled"
# kept by person, by account, by touchpoint and by conversion, and the column that is spoiled
TOUCHPOINTS = "touchpoints.int_touchpoints_resolved"
STAGES = "stages.int_stage_intervals_built"
CREDITED = "marts.marts.fct_attribution"
JOURNEYS = "marts.marts.fct_touchpoints"


@pytest.fixture
def home(built_home: Home, tmp_path: Path) -> Home:
    """A copy of the built home."""
    return built_home.copy_to(tmp_path / "home")


def test_rows_of_an_account_come_right_and_those_of_others_stay(home: Home) -> None:
    mine, other = busiest_accounts(home)
    before = {one: rows_of(home, one) for one in (mine, other)}
    for one in (mine, other):
        spoil(home, f"account_id = '{one}'")
    spoiled = rows_of(home, other)
    assert spoiled != before[other]
    asked, report = bring_up_to_date(home, [{"kind": ACCOUNT, "key": mine}])
    assert rows_of(home, mine) == before[mine]
    assert rows_of(home, other) == spoiled
    assert asked["account"] == 1
    assert {"person", "touchpoint", "session", "conversion"} <= asked.keys()
    assert {"unchanged", "in part"} <= {node.way for node in report.nodes}


def test_rows_of_days_come_right_and_those_of_others_stay(home: Home) -> None:
    mine, other = busiest_accounts(home)
    day = day_of_one_alone(home, mine, other)
    before = {one: rows_of(home, one) for one in (mine, other)}
    spoil(home, f"account_id = '{mine}'", day=day)
    spoil(home, f"account_id = '{other}'")
    spoiled = rows_of(home, other)
    assert rows_of(home, mine) != before[mine]
    asked, report = bring_up_to_date(home, [{"kind": DAYS, "key": f"{day}/{day}"}])
    assert rows_of(home, mine) == before[mine]
    assert rows_of(home, other) == spoiled
    assert {"account", "person", "touchpoint", "session"} <= asked.keys()
    assert {"unchanged", "in part"} <= {node.way for node in report.nodes}


def bring_up_to_date(
    home: Home, requests: list[dict[str, Any]]
) -> tuple[dict[str, int], BuildReport]:
    """An increment with requests; the keys asked for by kind, and what was done."""
    asked = declare_asked_keys(home.settings, requests)
    report = build(
        home.settings,
        as_of=home.as_of,
        increment=True,
        data_tests=False,
        again=asked_relations(requests),
    )
    report.raise_for_failures()
    assert not report.full_refresh
    return asked, report


def busiest_accounts(home: Home) -> list[str]:
    """Two accounts with many touchpoints that no person ties together."""
    rows = read(
        home,
        f"""
        select account_id from {TOUCHPOINTS}
        where account_id not in (
            select account_id from identity.int_account_members_listed
            where person_id in (
                select person_id from identity.int_account_members_listed
                group by person_id having count(distinct account_id) > 1
            )
        )
        group by account_id order by count(*) desc, account_id limit 2
        """,
    )
    return [account for (account,) in rows]


def day_of_one_alone(home: Home, mine: str, other: str) -> date:
    """The first day on which one account has touchpoints and the other one has none."""
    days = f"select cast(occurred_at as date) from {TOUCHPOINTS} where account_id = '{{}}'"
    query = f"{days.format(mine)} except {days.format(other)} order by all limit 1"
    return read(home, query)[0][0]


def spoil(home: Home, of_account: str, *, day: date | None = None) -> None:
    """Make rows of kept tables wrong or gone by hand; of touchpoints those of a day, or all."""
    of_touches = f"{of_account} and cast(occurred_at as date) = '{day}'" if day else of_account
    with opened(home, read_only=False) as connection:
        connection.execute(f"update {TOUCHPOINTS} set type_id = '{SPOILED}' where {of_touches}")
        connection.execute(f"delete from {JOURNEYS} where {of_touches}")
        for table in (STAGES, CREDITED):
            connection.execute(f"delete from {table} where {of_account}")


def rows_of(home: Home, account: str) -> list[list[tuple[Any, ...]]]:
    """The rows of an account in the tables that are spoiled."""
    query = "select * from {} where account_id = '{}' order by all"
    return [
        read(home, query.format(one, account)) for one in (TOUCHPOINTS, STAGES, CREDITED, JOURNEYS)
    ]


def read(home: Home, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query over the warehouse and the marts."""
    with opened(home, read_only=True) as connection:
        return connection.execute(query).fetchall()


def opened(home: Home, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """The warehouse with the marts attached as `marts`."""
    connection = duckdb.connect(str(home.settings.warehouse), read_only=read_only)
    way = " (read_only)" if read_only else ""
    connection.execute(f"attach '{home.settings.marts_build}' as marts{way}")
    return connection
