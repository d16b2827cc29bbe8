"""Reads who may leave: the members of a segment, each checked once more before it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.destinations.rows import names_in
from orchestration.lib.errors import TouchlineError
from orchestration.lib.row_files.flavours import MACHINE
from orchestration.lib.row_files.formats import BATCH_ROWS, CSV, Batch, Cell

FIXED_COLUMNS = (
    "person_id",
    "email",
    "first_name",
    "last_name",
    "account_name",
    "stage",
    "entered_at",
)
MOMENTS = frozenset({"entered_at"})
SEGMENTS = """
    select distinct destination, segment_id
    from {schema}.rpt_segment_waterfall
    order by all
"""
MEMBERS = """
    activation.sync_segment_members as members
    where members.destination = $destination and members.segment_id = $segment_id
"""
ROWS = f"select {', '.join(FIXED_COLUMNS)}, payload from {MEMBERS} order by person_id, email"
FIELDS = f"select distinct unnest(json_keys(payload)) from {MEMBERS} order by all"
# a person without exactly one decision that says yes has none
FAULTS = f"""
    with asked as (
        select person_id, email, purpose, channel from {MEMBERS}
    ),
    decisions as (
        select person_id, purpose, channel, bool_and(coalesce(is_eligible, false)) as may_leave
        from activation.fct_send_eligibility
        group by all
    ),
    judged as (
        select asked.person_id, asked.email, coalesce(decisions.may_leave, false) as may_leave
        from asked
        left join decisions
            on asked.person_id = decisions.person_id
            and asked.purpose = decisions.purpose
            and asked.channel = decisions.channel
    )
    select
        count(*),
        count(*) filter (where coalesce(person_id, '') = ''),
        count(person_id) - count(distinct person_id),
        count(*) filter (where coalesce(email, '') = ''),
        count(email) - count(distinct email),
        count(*) filter (where not may_leave),
        min(person_id) filter (where not may_leave)
    from judged
"""


class ExportError(TouchlineError):
    """A segment cannot be told to its destination as it is; nothing of it was written."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The members of one segment as a table in the order of `columns`, read batch by batch.

    `size` is how many there are, `moments` the columns that are UTC moments; all others are text.
    `file_format` and `flavour` are those of the destination.
    """

    destination: str
    segment_id: str
    columns: tuple[str, ...]
    size: int
    batches: Callable[[], Iterable[Batch]]
    moments: frozenset[str] = MOMENTS
    file_format: str = CSV
    flavour: str = MACHINE


def segments_of(
    connection: duckdb.DuckDBPyConnection, schema: str = "activation"
) -> list[tuple[str, str]]:
    """Every active segment of a published file as (destination, segment_id), in order.

    A segment that goes to several destinations is named with each of them.
    """
    found = connection.execute(SEGMENTS.format(schema=schema)).fetchall()
    return sorted({(name, segment) for cell, segment in found for name in names_in(cell)})


def read_segment(
    connection: duckdb.DuckDBPyConnection,
    destination: str,
    segment_id: str,
    *,
    published: Path,
    file_format: str = CSV,
    flavour: str = MACHINE,
) -> Segment:
    """The members of one segment, to be read while `connection` is open; raises ExportError when
    one of them must not leave."""
    asked = {"destination": destination, "segment_id": segment_id}
    where = f"{published}, activation.sync_segment_members, segment {segment_id}"
    size = _require_sound(connection, asked, where)
    found = [field for (field,) in connection.execute(FIELDS, asked).fetchall()]
    if clashing := sorted(set(found) & set(FIXED_COLUMNS)):
        raise ExportError(
            f"a field of the payload is named like the column {clashing[0]}",
            where,
            "give it another name in segment_fields.csv",
        )
    return Segment(
        destination=destination,
        segment_id=segment_id,
        columns=(*FIXED_COLUMNS, *found),
        size=size,
        batches=lambda: _batches(connection, asked, found),
        file_format=file_format,
        flavour=flavour,
    )


def _batches(
    connection: duckdb.DuckDBPyConnection, asked: dict[str, str], fields: list[str]
) -> Iterator[Batch]:
    """Members in order of persons, as many in memory as a batch has."""
    cursor = connection.cursor().execute(ROWS, asked)
    while members := cursor.fetchmany(BATCH_ROWS):
        batch = []
        for *fixed, payload in members:
            values = json.loads(payload or "{}")
            batch.append((*fixed, *(_text(values.get(field)) for field in fields)))
        yield batch


def _require_sound(connection: duckdb.DuckDBPyConnection, asked: dict[str, str], where: str) -> int:
    """How many members there are; raises ExportError when a person or address is missing or comes
    twice, or when fct_send_eligibility does not allow one of them."""
    size, no_person, twice, no_email, same, refused, first = connection.execute(
        FAULTS, asked
    ).fetchall()[0]
    for count, what in (
        (no_person, "a member has no person_id"),
        (twice, "two members have the same person_id"),
        (no_email, "a member has no email"),
        (same, "two members have the same email"),
        (refused, f"{refused} members may not be contacted, first {first}"),
    ):
        if count:
            raise ExportError(what, where, _REBUILD)
    return size


def _text(value: object) -> Cell:
    """A value of a payload as a cell: text as it is, lists and objects as JSON."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


_REBUILD = "nothing was written for it; build and publish again with `touchline run --full-refresh`"
