"""What the org of the Salesforce fake holds: objects with fields, and records with rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

BATCH = 200
PREFIXES = {"Contact": "003", "Lead": "00Q", "Task": "00T"}
LONGEST_TEXT = 255
SEGMENTS = "Touchline_Segments__c"
PEOPLE = {
    "Id": "id", "Email": "email", "LastName": "string", "OwnerId": "reference",
    "HasOptedOutOfEmail": "boolean", "EmailBouncedDate": "datetime", "EmailBouncedReason": "string",
    "CreatedDate": "datetime", "SystemModstamp": "datetime", "Journey_Stage__c": "string",
    "Stage_Reason__c": "string", "ICP_Tier__c": "string", SEGMENTS: "multipicklist",
}  # fmt: skip
TASK = {
    "Id": "id", "WhoId": "reference", "OwnerId": "reference", "Subject": "combobox",
    "Description": "textarea", "ActivityDate": "date", "Status": "picklist",
    "Priority": "picklist", "IsClosed": "boolean", "CreatedDate": "datetime",
}  # fmt: skip
SYSTEM = ("Id", "CreatedDate", "SystemModstamp", "IsClosed", "EmailBouncedDate")


def _fields(types: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {
        name: {
            "name": name,
            "type": kind,
            "updateable": name not in SYSTEM,
            "length": LONGEST_TEXT,
            "restrictedPicklist": False,
            "picklistValues": [],
        }
        for name, kind in types.items()
    }


@dataclass
class Org:
    """Records by object and id, and the fields of each object."""

    tables: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {kind: {} for kind in PREFIXES}
    )
    fields: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {
            "Contact": _fields(PEOPLE), "Lead": _fields(PEOPLE), "Task": _fields(TASK)
        }
    )  # fmt: skip
    last_id: int = 0

    def make(self, kind: str, **values: Any) -> str:
        """A record, as a person in the org makes it; its id."""
        self.last_id += 1
        record_id = f"{PREFIXES[kind]}{self.last_id:012d}AAA"
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "+0000")
        about = {"Id": record_id, "CreatedDate": now, "SystemModstamp": now}
        if kind != "Task":
            about |= {"HasOptedOutOfEmail": False, "OwnerId": "005000000000001AAA"}
        else:
            about |= {"IsClosed": False, "Status": "Not Started"}
        self.tables[kind][record_id] = {**about, **values}
        return record_id

    def segment(self, segment_id: str, kind: str = "Contact") -> list[str]:
        """Addresses of the records in a segment, in order."""
        records = self.tables[kind].values()
        there = [one for one in records if segment_id in (one.get(SEGMENTS) or "").split(";")]
        return sorted(one["Email"] for one in there)

    def locked(self) -> dict[str, Any]:
        """The result of a record that someone else has open."""
        return _failed("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")

    def write(self, record: dict[str, Any], *, is_new: bool) -> dict[str, Any]:
        """Make or change one record of a collection; its result."""
        kind = record["attributes"]["type"]
        values = {name: one for name, one in record.items() if name not in ("attributes", "id")}
        for name, value in values.items():
            problem = self._problem(kind, name, value)
            if problem:
                return _failed(*problem, fields=[name])
        if is_new:
            record_id = self.make(kind, **values)
        else:
            record_id = record["id"]
            if record_id not in self.tables[kind]:
                return _failed("ENTITY_IS_DELETED", "entity is deleted")
            self.tables[kind][record_id] |= values
        return {"id": record_id, "success": True, "errors": []}

    def _problem(self, kind: str, name: str, value: Any) -> tuple[str, str] | None:
        """Why a value cannot be written."""
        known = self.fields[kind].get(name)
        if known is None:
            return "INVALID_FIELD", f"No such column '{name}' on sobject of type {kind}"
        if not known["updateable"]:
            return "INVALID_FIELD_FOR_INSERT_UPDATE", f"Unable to create/update fields: {name}"
        is_long = isinstance(value, str) and len(value) > LONGEST_TEXT
        if is_long and known["type"] in ("string", "combobox"):
            return "STRING_TOO_LONG", f"{name}: data value too large"
        if known["type"] == "date" and value:
            try:
                datetime.strptime(value, "%Y-%m-%d")
            except ValueError:
                return "INVALID_TYPE_ON_FIELD_IN_RECORD", f"{name}: value not of required type"
        return None


def _failed(code: str, message: str, *, fields: list[str] | None = None) -> dict[str, Any]:
    error = {"statusCode": code, "message": message, "fields": fields or []}
    return {"success": False, "errors": [error]}
