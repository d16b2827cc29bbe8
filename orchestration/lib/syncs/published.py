"""The published version a sync speaks of, attached to the ledger: who, when, and who refused.

A message asks for a yes and for nobody having refused since. Tasks and suppression lists are no
message: they ask for their own yes alone, and go only where nobody is written to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.lib.segments.members import segments_of
from orchestration.lib.sql_text import value
from orchestration.lib.syncs.ledger import synced_segments

# the same mailbox as the models see it: without the plus tag of the local part
MAILBOX = r"regexp_replace(lower(trim(email)), '^([^+@]+)\+[^@]*@', '\1@')"
# a refusal holds here until the version has read it as raw data; from then on eligibility decides
VIEWS = f"""
    create or replace temp macro mailbox(email) as {MAILBOX};
    create or replace temp table silent_channels as
    select purpose, channel
    from published.activation.fct_send_eligibility
    group by all
    having not bool_or(coalesce({{is_message}}, true));
    create or replace temp view refused_mailboxes as
    select distinct mailbox(email) as mailbox
    from refusals
    where
        happened_at >= (select as_of from published.observability.publication)
        or file not in (
            select source_file from published.observability.rpt_row_reconciliation
            where source_file is not null
        );
    create or replace temp view refused_persons as
    select distinct person_id
    from published.marts.dim_identifiers
    where
        identifier_type = 'email' and person_id is not null
        and mailbox(identifier_value) in (select mailbox from refused_mailboxes);
    create or replace temp view allowed_persons as
    select person_id, purpose, channel, bool_or(coalesce({{is_message}}, true)) as is_message
    from published.activation.fct_send_eligibility
    where
        person_id not in (select person_id from refused_persons)
        or not coalesce({{is_message}}, true)
    group by person_id, purpose, channel
    having count(*) = 1 and bool_and(coalesce(is_eligible, false));
"""
# of a change: its person refused since the version was made, and it is a message to them
REFUSED_SINCE = """
    (
        mailbox(email) in (select mailbox from refused_mailboxes)
        or person_id in (select person_id from refused_persons)
    )
    and not exists (
        select 1 from silent_channels
        where
            silent_channels.purpose = sync_changes.purpose
            and silent_channels.channel = sync_changes.channel
    )
"""
SILENT_SOURCES = """
    select format(
        '{}.{} has brought nothing since {} UTC, {} h (freshness_promises {}: {} h)',
        source_system, source_table, strftime(last_event_at, '%Y-%m-%d %H:%M'),
        round(days_behind * 24)::bigint, promise_id, alarm_hours
    )
    from published.observability.rpt_source_freshness
    where stops_syncs
    order by all
"""
MESSAGED = """
    select distinct lower(trim(email))
    from published.activation.sync_segment_members
    anti join silent_channels using (purpose, channel)
    where
        nullif(trim(email), '') is not null
        and ($segments is null or list_contains($segments, segment_id))
    order by 1
"""
SILENT_MEMBER = """
    select 1
    from published.activation.sync_segment_members as members
    inner join silent_channels
        on members.purpose = silent_channels.purpose
        and members.channel = silent_channels.channel
    where members.destination = ? and members.segment_id = ?
    limit 1
"""
OTHER_CHANNELS = """
    select distinct channel
    from published.activation.sync_segment_members
    where destination = ? and segment_id = ? and channel <> 'email'
    order by all
"""


@dataclass(frozen=True, kw_only=True)
class Version:
    """A published version: its id, the moment it speaks of (UTC) and its segments."""

    run_id: str
    as_of: datetime
    segments: tuple[tuple[str, str], ...]


def attach_version(connection: duckdb.DuckDBPyConnection, path: Path, *, run_id: str) -> Version:
    """Attach a published file read-only as `published`, with views on who may be told.

    Its segments are the active ones and those that a destination still holds members of.
    """
    connection.execute("detach database if exists published")
    connection.execute(f"attach {value(path)} as published (read_only)")
    connection.execute(VIEWS.format(is_message=_is_message(connection)))
    active = segments_of(connection, "published.activation")
    moment = connection.execute("select as_of from published.observability.publication").fetchone()
    return Version(
        run_id=run_id,
        as_of=moment[0],
        segments=tuple(sorted({*active, *synced_segments(connection)})),
    )


def has_silent_members(
    connection: duckdb.DuckDBPyConnection, destination: str, segment_id: str
) -> bool:
    """Whether the attached version tells a destination of persons who are not to be written to."""
    return bool(connection.execute(SILENT_MEMBER, [destination, segment_id]).fetchone())


def messaged_addresses(
    connection: duckdb.DuckDBPyConnection, segments: Sequence[str] | None = None
) -> list[str]:
    """Addresses that the attached version writes to, in any tool; of some segments where named."""
    asked = {"segments": list(segments) if segments else None}
    return [email for (email,) in connection.execute(MESSAGED, asked).fetchall()]


def other_channels(
    connection: duckdb.DuckDBPyConnection, destination: str, segment_id: str
) -> list[str]:
    """Channels but mail by which the attached version means a destination to reach its members."""
    found = connection.execute(OTHER_CHANNELS, [destination, segment_id]).fetchall()
    return [channel for (channel,) in found]


def silent_sources(
    connection: duckdb.DuckDBPyConnection, destination: str, segment_id: str
) -> list[str]:
    """Tables of the attached version that are too late for messages to leave, each as a text.

    None for those who are not to be written to, nor of a version from before promises said so.
    """
    if not _has_column(connection, "observability.rpt_source_freshness", "stops_syncs"):
        return []
    if has_silent_members(connection, destination, segment_id):
        return []
    return [text for (text,) in connection.execute(SILENT_SOURCES).fetchall()]


def _is_message(connection: duckdb.DuckDBPyConnection) -> str:
    """SQL of whether a decision is about a message; to a version of before, all are."""
    has_it = _has_column(connection, "activation.fct_send_eligibility", "is_message")
    return "is_message" if has_it else "true"


def _has_column(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    """Whether a table of the attached version has a column."""
    columns = connection.execute(f"select column_name from (describe published.{table})")
    return (column,) in columns.fetchall()
