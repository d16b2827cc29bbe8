"""Tasks for the owner of a record: one per person and segment, no second while one is open.

Salesforce has no key of ours on a task, so its subject ends with the segment's id in brackets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.lib.destinations.salesforce_calls import COLLECTIONS, Session
from orchestration.lib.destinations.salesforce_questions import among, ending, selected

PREFIX = "Task."
SUBJECT = "Subject"
LONGEST_SUBJECT = 255
Record = Mapping[str, Any]


def task_fields(fields: Mapping[str, str | None]) -> dict[str, str | None]:
    """Those of a change's fields that are a task's, by the task's own names."""
    return {
        name.removeprefix(PREFIX): value
        for name, value in fields.items()
        if name.startswith(PREFIX)
    }


def mark(segment_id: str) -> str:
    """How the subject of a segment's tasks ends."""
    return f"[{segment_id}]"


def tasks_of(
    session: Session,
    segment_id: str,
    records: Sequence[str],
    names: Sequence[str] = (),
    *,
    is_recent: bool = False,
) -> dict[str, Record]:
    """The task of the segment for each record that has one: an open one, else the latest.

    `is_recent`: only those that forbid a new one, open or made since yesterday and closed already.
    """
    found: dict[str, Record] = {}
    for part in among("WhoId", records):
        condition = f"{part} AND {SUBJECT} LIKE {ending(mark(segment_id))}"
        if is_recent:
            condition += " AND (IsClosed = false OR CreatedDate = LAST_N_DAYS:1)"
        fields = ("Id", "WhoId", "IsClosed", SUBJECT, *names)
        order = "IsClosed DESC, CreatedDate, Id"
        for task in session.ask(selected(fields, "Task", condition, order=order)):
            found[task["WhoId"]] = task
    return found


def write_tasks(
    session: Session, segment_id: str, wanted: Mapping[str, tuple[Record, dict[str, Any], bool]]
) -> dict[str, list[Any]]:
    """Make or change tasks; the errors of those that failed, by record id.

    `wanted`: by record id the record, the task's fields, and whether one may be made.
    """
    if not wanted:
        return {}
    there = tasks_of(session, segment_id, sorted(wanted), is_recent=True)
    made, changed = [], []
    for record_id, (record, fields, is_new) in sorted(wanted.items()):
        values = dict(fields)
        if SUBJECT in values or is_new:
            values[SUBJECT] = _subject(values.get(SUBJECT), segment_id)
        if record_id not in there and is_new:
            about = {"WhoId": record_id, "OwnerId": record["OwnerId"], **values}
            made.append((record_id, {"attributes": {"type": "Task"}, **about}))
        elif record_id in there and not there[record_id]["IsClosed"]:
            about = {"id": there[record_id]["Id"], **values}
            changed.append((record_id, {"attributes": {"type": "Task"}, **about}))
    failed: dict[str, list[Any]] = {}
    for method, tasks in (("POST", made), ("PATCH", changed)):
        if not tasks:
            continue
        payload = {"allOrNone": False, "records": [task for _, task in tasks]}
        # a task made twice is worse than one more look: never repeated after a fault
        told = session.call(
            method, COLLECTIONS, payload=payload, is_repeatable=method == "PATCH"
        ).body
        for (record_id, _), result in zip(tasks, told, strict=True):
            if not result["success"]:
                failed[record_id] = result["errors"]
    return failed


def told_fields(task: Record | None, segment_id: str, names: Sequence[str]) -> dict[str, Any]:
    """The values of a task by the names of our fields; the subject without its mark."""
    values = {f"{PREFIX}{name}": _text((task or {}).get(name)) for name in names}
    subject = values.get(f"{PREFIX}{SUBJECT}")
    if subject:
        values[f"{PREFIX}{SUBJECT}"] = subject.removesuffix(mark(segment_id)).rstrip()
    return values


def _subject(text: str | None, segment_id: str) -> str:
    ending = f" {mark(segment_id)}"
    return f"{(text or 'Follow up')[: LONGEST_SUBJECT - len(ending)]}{ending}"


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
