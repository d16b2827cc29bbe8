"""Whether the fields that the rules name are in Salesforce, and ours to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orchestration.lib.destinations.contract import DestinationError, DestinationRow
from orchestration.lib.destinations.salesforce_calls import API, Session
from orchestration.lib.destinations.salesforce_refusals import BOUNCED_AT, BOUNCED_WHY, OPTED_OUT

NOT_OURS = ("Email", OPTED_OUT, BOUNCED_AT, BOUNCED_WHY)
PICKLIST = "multipicklist"


def require_picklist(session: Session, kind: str, name: str, segment_id: str) -> None:
    """Raise DestinationError where a field cannot hold the name of the segment among others."""
    if ";" in segment_id:
        said = f"'{segment_id}' cannot be a value of a picklist"
        raise _wrong(session.row, said, "take the semicolon out of the segment_id")
    field = _described(session, kind).get(name) or {}
    values = {one["value"] for one in field.get("picklistValues") or () if one["active"]}
    is_open = not field.get("restrictedPicklist") or segment_id in values
    if field.get("type") != PICKLIST or not field["updateable"] or not is_open:
        raise _wrong(
            session.row,
            f"{kind}.{name} is no multi-select picklist that takes '{segment_id}'",
            "make it in Salesforce, either not restricted or with the segment among its values",
        )


def require_fields(
    session: Session, kind: str, names: Sequence[str], *, taken: Sequence[str] = ()
) -> None:
    """Raise DestinationError where a field is missing, read only, or not ours to write."""
    known = _described(session, kind) if names else {}
    for name in names:
        if name in (*NOT_OURS, *taken):
            raise _wrong(session.row, f"{kind}.{name} may not be mapped", "take its row away")
        if name not in known:
            remedy = "make it in Salesforce and let the app's user see it, or correct the row"
            raise _wrong(session.row, f"Salesforce has no field {kind}.{name}", remedy)
        if not known[name]["updateable"]:
            what = f"{kind}.{name} may not be written"
            raise _wrong(
                session.row, what, "map to another field, or give the app's user the right"
            )


def _described(session: Session, kind: str) -> dict[str, dict[str, Any]]:
    """The fields of an object that the app may see, by name."""
    found = session.call("GET", f"{API}/sobjects/{kind}/describe").body["fields"]
    return {field["name"]: field for field in found}


def _wrong(row: DestinationRow, what: str, remedy: str) -> DestinationError:
    return DestinationError(what, f"destination {row.destination}", remedy)
