"""Keys that are built again because somebody asked, though nothing that landed touches them.

`raw_ops.asked_keys` has a row per kind and key; tables kept by such a key build its rows again, see
macros/increments/way_of.sql. They are found in the tables as the last build left them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from orchestration.lib.asked_again import ACCOUNT, DAYS
from orchestration.lib.building.increments import CREATE
from orchestration.lib.home import open_warehouse
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

# kind and query, in order: a query reads the keys that were found before it, as {kind}
OF_ACCOUNTS = (
    (
        "person",
        "select person_id from identity.int_account_members_listed where account_id in {account}",
    ),
    (
        "touchpoint",
        """
        select touchpoint_id from touchpoints.int_touchpoints_resolved
        where account_id in {account} or person_id in {person}
        """,
    ),
    (
        "identifier",
        """
        select identifier_id from identity.int_identity_clusters_resolved
        where person_id in {person}
        """,
    ),
    (
        "visitor",
        """
        select visitor_key from touchpoints.int_visitor_identifiers_listed
        where identifier_id in {identifier}
        union all
        select device_key from touchpoints.int_sessions_channeled where person_id in {person}
        """,
    ),
    (
        "address",
        """
        select email from touchpoints.int_email_records_grouped
        where identifier_id in {identifier}
        """,
    ),
)
OF_DAYS = (
    (
        "touchpoint",
        "select touchpoint_id from touchpoints.int_touchpoints_resolved where {in_window}",
    ),
    (
        "account",
        """
        select coalesce(account_id, person_id, '') from touchpoints.int_touchpoints_resolved
        where touchpoint_id in {touchpoint}
        """,
    ),
    (
        "visitor",
        """
        select coalesce(device_key, source_record_id) from unified.int_web_events_unified
        where {in_window}
        """,
    ),
    ("address", "select email from touchpoints.int_email_events_timed where {in_window}"),
    (
        "identifier",
        """
        select identifier_id from touchpoints.int_email_records_grouped
        where email in {address}
        """,
    ),
)
# what follows from either
FURTHER = (
    (
        "person",
        """
        select coalesce(person_id, touchpoint_id) from touchpoints.int_touchpoints_resolved
        where touchpoint_id in {touchpoint}
        """,
    ),
    (
        "candidate",
        """
        select candidate_id from touchpoints.int_touchpoint_records_collapsed
        where touchpoint_id in {touchpoint}
        """,
    ),
    (
        "session",
        """
        select coalesce(session_id, source_record_id) from touchpoints.int_web_events_judged
        where coalesce(device_key, source_record_id) in {visitor}
        """,
    ),
    (
        "fact",
        """
        select fact_id from attribution.int_conversion_facts_listed
        where coalesce(account_id, person_id, '') in {account}
        """,
    ),
    (
        "conversion",
        """
        select conversion_id from attribution.int_conversions_unioned
        where coalesce(account_id, person_id, '') in {account}
        """,
    ),
    ("owner", "select key from raw_ops.asked_keys where kind in ('account', 'person')"),
)
KINDS = sorted({kind for kind, _ in (*OF_ACCOUNTS, *OF_DAYS, *FURTHER)})
ADD = """
insert into raw_ops.asked_keys
select distinct '{kind}', cast(key as varchar) from ({query}) as found (key)
where key is not null
except
select kind, key from raw_ops.asked_keys
"""
FOUND = "(select key from raw_ops.asked_keys where kind = '{kind}')"
COUNTED = "select kind, count(*) from raw_ops.asked_keys group by kind order by kind"


def declare_asked_keys(settings: Settings, requests: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Write down the keys that requests for accounts and days are about; how many of each kind.

    Tables of a finished build must be there. What a build that was cut off wrote down stays.
    """
    found = {kind: FOUND.format(kind=kind) for kind in KINDS}
    with open_warehouse(settings) as connection:
        connection.execute(CREATE)
        for request in requests:
            if request["kind"] == ACCOUNT:
                _add(connection, found, [("account", f"select {value(request['key'])}")])
                _add(connection, found, OF_ACCOUNTS)
            elif request["kind"] == DAYS:
                window = {"in_window": _in_window(settings, request["key"])}
                _add(connection, found | window, OF_DAYS)
        _add(connection, found, FURTHER)
        return dict(connection.execute(COUNTED).fetchall())


def _add(
    connection: duckdb.DuckDBPyConnection,
    words: Mapping[str, str],
    steps: Iterable[tuple[str, str]],
) -> None:
    """Add what queries find to the keys."""
    for kind, query in steps:
        connection.execute(ADD.format(kind=kind, query=query.format(**words)))


def _in_window(settings: Settings, days: str) -> str:
    """The condition that something happened on days, as people of the home count them."""
    first, last = (date.fromisoformat(day) for day in days.split("/"))
    zone = ZoneInfo(settings.reporting_timezone)
    begin, end = (
        datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)
        for day in (first, last + timedelta(days=1))
    )
    return f"occurred_at >= timestamp {value(begin)} and occurred_at < timestamp {value(end)}"
