"""Records of Salesforce between its shapes and ours: segments, tasks, refusals, values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.lib.destinations.answers import answer
from orchestration.lib.destinations.contract import Answer, Change, State
from orchestration.lib.destinations.salesforce_calls import RECORD_ID
from orchestration.lib.destinations.salesforce_tasks import task_fields
from orchestration.lib.destinations.scrubbing import scrubbed

# what Salesforce may take the next time
PASSING = (
    "UNABLE_TO_LOCK_ROW",
    "SERVER_UNAVAILABLE",
    "STORAGE_LIMIT_EXCEEDED",
    "UNKNOWN_EXCEPTION",
)
Record = Mapping[str, Any]
_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000\+0000$")


def tasks_wanted(
    wanted: Mapping[str, Change], by_id: Mapping[str, Record]
) -> dict[str, tuple[Record, dict[str, Any], bool]]:
    """Tasks that the changes ask for, by record: made for who enters, changed for who is in."""
    return {
        record_id: (by_id[record_id], fields, change.operation == "add")
        for record_id, change in wanted.items()
        if change.operation != "remove" and (fields := task_fields(change.fields))
    }


def segments_with(held: str | None, segment_id: str, change: Change) -> str | None:
    """The value of the picklist with the segment in or out; nothing where none is left."""
    names = {name for name in (held or "").split(";") if name}
    names = names - {segment_id} if change.operation == "remove" else names | {segment_id}
    return ";".join(sorted(names)) or None


def refused(change: Change, errors: Sequence[Mapping[str, Any]]) -> Answer:
    """Why one record was not taken."""
    passing = any(error.get("statusCode") in PASSING for error in errors)
    state: State = "rejected_retryable" if passing else "rejected_permanent"
    said = "; ".join(f"{error.get('statusCode')}: {error.get('message')}" for error in errors)
    return answer(change.person_id, state, scrubbed(said))


def is_record(remote_id: str | None) -> bool:
    return bool(remote_id and RECORD_ID.fullmatch(remote_id))


def as_text(value: Any) -> str | None:
    """A value as it was written: truth in lower case, no needless zero, moments with a Z."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = round(value)
    return _MOMENT.sub(r"\1Z", str(value)) if value not in (None, "") else None
