"""Reads who may leave: the members of a segment, each checked once more before it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.destinations.rows import names_in
from orchestration.lib.errors import TouchlineError

FIXED_COLUMNS = (
    "person_id",
    "email",
    "first_name",
    "last_name",
    "account_name",
    "stage",
    "entered_at",
)
SEGMENTS = """
    select distinct destination, segment_id
    from {schema}.rpt_segment_waterfall
    order by all
"""
# a person without exactly one decision that says yes has none
MEMBERS = """
    select
        members.person_id, members.email, members.first_name, members.last_name,
        members.account_name, members.stage, members.entered_at, members.payload,
        coalesce(decisions.may_leave, false) as may_leave
    from activation.sync_segment_members as members
    left join (
        select person_id, purpose, channel, bool_and(coalesce(is_eligible, false)) as may_leave
        from activation.fct_send_eligibility
        group by all
    ) as decisions
        on members.person_id = decisions.person_id
        and members.purpose = decisions.purpose
        and members.channel = decisions.channel
    where members.destination = ? and members.segment_id = ?
    order by members.person_id, members.email
"""


class ExportError(TouchlineError):
    """A segment cannot be told to its destination as it is; nothing of it was written."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The members of one segment as a table of text cells, in the order of `columns`."""

    destination: str
    segment_id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def segments_of(
    connection: duckdb.DuckDBPyConnection, schema: str = "activation"
) -> list[tuple[str, str]]:
    """Every active segment of a published file as (destination, segment_id), in order.

    A segment that goes to several destinations is named with each of them.
    """
    found = connection.execute(SEGMENTS.format(schema=schema)).fetchall()
    return sorted({(name, segment) for cell, segment in found for name in names_in(cell)})


def read_segment(
    connection: duckdb.DuckDBPyConnection, destination: str, segment_id: str, *, published: Path
) -> Segment:
    """The members of one segment; raises ExportError when one of them must not leave."""
    cursor = connection.execute(MEMBERS, [destination, segment_id])
    names = [column[0] for column in cursor.description]
    members = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    where = f"{published}, activation.sync_segment_members, segment {segment_id}"
    _require_keys(members, where)
    _require_eligible(members, where)
    payloads = [json.loads(member["payload"]) for member in members]
    further = tuple(dict.fromkeys(field for payload in payloads for field in sorted(payload)))
    rows = tuple(
        tuple(_text(member[column]) for column in FIXED_COLUMNS)
        + tuple(_text(payload.get(field)) for field in further)
        for member, payload in zip(members, payloads, strict=True)
    )
    return Segment(
        destination=destination,
        segment_id=segment_id,
        columns=(*FIXED_COLUMNS, *further),
        rows=rows,
    )


def _require_keys(members: list[dict[str, Any]], where: str) -> None:
    """Raise ExportError when a person or address is missing or comes twice."""
    for column in ("person_id", "email"):
        values = [member[column] for member in members]
        if not all(values):
            raise ExportError(f"a member has no {column}", where, _REBUILD)
        if len(set(values)) < len(values):
            raise ExportError(f"two members have the same {column}", where, _REBUILD)


def _require_eligible(members: list[Mapping[str, Any]], where: str) -> None:
    """Raise ExportError when fct_send_eligibility does not allow one of the members."""
    refused = [member["person_id"] for member in members if member["may_leave"] is not True]
    if refused:
        raise ExportError(
            f"{len(refused)} members may not be contacted, first {refused[0]}", where, _REBUILD
        )


def _text(value: object) -> str:
    """A cell: nothing for null, ISO 8601 with Z for a UTC moment."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    return str(value)


_REBUILD = "nothing was written for it; build and publish again with `touchline run --full-refresh`"
