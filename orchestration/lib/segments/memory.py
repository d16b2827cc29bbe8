"""Keeps who was in which segment when, so that the next build can say who stays or is held out.

The history is `state/segments.jsonl`: a line per publication and segment that somebody entered or
left, fsynced before the table that models read. That can be lost: it is made again of the history.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import append_record, read_records
from orchestration.lib.home import open_warehouse
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.persons.memory import attached_build
from orchestration.lib.settings import Settings
from orchestration.lib.transaction import transaction

ENTRIES = "raw_ops.segment_entries"
EVIDENCE = "activation.fct_segment_evidence"
ALIASES = "marts.fct_person_aliases"
ENTERED, HELD_OUT, LEFT = "entered", "held_out", "left"
# segment, person, entered, left, whether held out
Entry = tuple[str, str, datetime, datetime | None, bool]
# members as a build has them, and those of the memory by the ids that they have now
CHANGES = """
    with fates as (
        select person_id, unnest(map_entries(segments::json::map(varchar, varchar))) as fate
        from build.activation.fct_segment_evidence where segments <> '{}'
    ),
    members as (
        select fate.key as segment_id, person_id, fate.value = 'holdout' as is_held_out
        from fates where fate.value in ('exported', 'holdout')
    ),
    aliases as (
        select
            old_person_id,
            first(current_person_id order by changed_at desc, new_person_id) as person_id
        from build.marts.fct_person_aliases
        where current_person_id is not null
        group by all
    ),
    remembered as (
        select
            entries.segment_id, entries.person_id, entries.is_held_out,
            coalesce(aliases.person_id, entries.person_id) as current_person_id
        from raw_ops.segment_entries as entries
        left join aliases on entries.person_id = aliases.old_person_id
        where entries.left_at is null
    )
    select segment_id, if(is_held_out, 'held_out', 'entered') as change, person_id
    from members where not exists (
        select 1 from remembered where remembered.segment_id = members.segment_id
            and remembered.current_person_id = members.person_id
            and remembered.is_held_out = members.is_held_out
    )
    union all
    select distinct segment_id, 'left' as change, person_id
    from remembered where not exists (
        select 1 from members where remembered.segment_id = members.segment_id
            and remembered.current_person_id = members.person_id
            and remembered.is_held_out = members.is_held_out
    )
    order by all
"""


def entries_file(settings: Settings) -> Path:
    """Every entry into a segment and every leave, a line per publication and segment."""
    return settings.state / "segments.jsonl"


def recall_segments(settings: Settings, *, is_past: bool = False) -> None:
    """Bring the table that models read in line with the history, before a build.

    A day of the past keeps the table it was given: its models pass over what came later.
    """
    if not is_past:
        with open_warehouse(settings) as connection:
            ensure_raw_tables(connection)
            _load(connection, settings)


def remember_segments(settings: Settings, *, run_id: str, as_of: datetime) -> int:
    """Note who entered and left with a publication of the home's own build; how many did.

    Whatever is not noted because the process dies is found again by the next publication.
    """
    with open_warehouse(settings) as connection:
        ensure_raw_tables(connection)
        _load(connection, settings)
        changes = _changes(connection, settings.marts_build)
        told: dict[str, dict[str, list[str]]] = {}
        for segment_id, change, person_id in changes:
            told.setdefault(segment_id, {}).setdefault(change, []).append(person_id)
        moment = as_of.astimezone(UTC).isoformat()
        for segment_id, persons in told.items():
            record = {"run_id": run_id, "as_of": moment, "segment_id": segment_id}
            append_record(entries_file(settings), record | persons)
            failpoint("segments-noted")
        _load(connection, settings)
    return len(changes)


def told_entries(records: list[dict[str, Any]]) -> list[Entry]:
    """Entries that a history tells, a leave ending the open ones of its person."""
    entries: list[Entry] = []
    opened: dict[tuple[str, str], list[int]] = {}
    for record in records:
        segment_id = record["segment_id"]
        moment = datetime.fromisoformat(record["as_of"]).astimezone(UTC).replace(tzinfo=None)
        for person_id in record.get(LEFT, ()):
            for place in opened.pop((segment_id, person_id), ()):
                entries[place] = (*entries[place][:3], moment, entries[place][4])
        for kind in (ENTERED, HELD_OUT):
            for person_id in record.get(kind, ()):
                opened.setdefault((segment_id, person_id), []).append(len(entries))
                entries.append((segment_id, person_id, moment, None, kind == HELD_OUT))
    return entries


def without_persons(
    records: list[dict[str, Any]], is_gone: Callable[[str], bool]
) -> tuple[list[dict[str, Any]], int]:
    """A history without some persons, and how often they were mentioned."""
    kept, gone = [], 0
    for record in records:
        persons = {
            kind: [person_id for person_id in record[kind] if not is_gone(person_id)]
            for kind in (ENTERED, HELD_OUT, LEFT)
            if kind in record
        }
        gone += sum(len(record[kind]) - len(left) for kind, left in persons.items())
        if any(persons.values()):
            kept.append(record | persons)
    return kept, gone


def _changes(connection: duckdb.DuckDBPyConnection, marts: Path) -> list[tuple[str, str, str]]:
    """(segment, entered, held_out or left, person) of a built file against the memory, in order."""
    with attached_build(connection, marts, EVIDENCE, ALIASES) as found:
        return connection.execute(CHANGES).fetchall() if found else []


def _load(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill the table from the history when they are not the same number of entries and leaves."""
    entries = told_entries(read_records(entries_file(settings)))
    told = (len(entries), sum(entry[3] is not None for entry in entries))
    known = connection.execute(f"select count(*), count(left_at) from {ENTRIES}").fetchone()
    if known == told:
        return
    with transaction(connection):
        connection.execute(f"delete from {ENTRIES}")
        if entries:
            columns = [list(column) for column in zip(*entries, strict=True)]
            connection.execute(
                f"insert into {ENTRIES} select unnest(?), unnest(?), unnest(?::timestamp[]),"
                " unnest(?::timestamp[]), unnest(?)",
                columns,
            )
