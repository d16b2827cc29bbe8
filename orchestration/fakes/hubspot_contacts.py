"""Contacts of the HubSpot fake: upsert by address, reading, searching by properties."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

ADDRESS = re.compile(r"[^@\s\x00-\x1f\u202a-\u202e]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_ADDRESS = 254
LONGEST_TEXT = 65_536
TOLD = ("email", "createdate", "lastmodifieddate", "hs_object_id")
READ_ONLY = (
    "hs_object_id",
    "lastmodifieddate",
    "createdate",
    "hs_email_optout",
    "hs_email_bounce",
    "hs_email_quarantined",
    "hs_email_hard_bounce_reason_enum",
    "hs_additional_emails",
)
OWN = ("email", "firstname", "lastname", "phone", "city", "journey_stage")


class Refused(Exception):  # noqa: N818 - what is raised is the answer, not a failure of the fake
    """HubSpot does not take something."""

    def __init__(
        self, message: str, *, status: int = 400, category: str = "VALIDATION_ERROR"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.category = category

    def told(self, one: dict[str, Any]) -> dict[str, Any]:
        """The error of one input of a batch."""
        context = {"ids": [str(one.get("id"))]}
        if one.get("objectWriteTraceId"):
            context["objectWriteTraceId"] = [one["objectWriteTraceId"]]
        return {
            "status": "error",
            "category": self.category,
            "message": self.message,
            "context": context,
        }

    @staticmethod
    def not_found(ids: list[str]) -> dict[str, Any]:
        """The error of a batch in which some are not known."""
        return {
            "status": "error",
            "category": "OBJECT_NOT_FOUND",
            "message": "Could not get some CONTACT objects, they may be deleted or not exist.",
            "context": {"ids": ids},
        }


def _properties() -> dict[str, dict[str, Any]]:
    names = (*READ_ONLY, *OWN)
    return {
        name: {
            "name": name,
            "label": name,
            "type": "string",
            "modificationMetadata": {"readOnlyValue": name in READ_ONLY},
        }
        for name in names
    }


@dataclass
class Contacts:
    """Contacts by record id, and the properties there are."""

    by_id: dict[str, dict[str, str]] = field(default_factory=dict)
    properties: dict[str, dict[str, Any]] = field(default_factory=_properties)
    blocked: set[str] = field(default_factory=set)
    last_id: int = 100

    def make(self, email: str, **values: str) -> str:
        """A contact that is there already, as a person in the tool made it; its record id."""
        self.last_id += 1
        record = str(self.last_id)
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        about = {"hs_object_id": record, "createdate": now, "lastmodifieddate": now}
        self.by_id[record] = {**about, "email": email.lower(), **values}
        return record

    def find(self, id_or_email: str, *, by_email: bool) -> str | None:
        """The record id of a contact, by it or by any of its addresses."""
        if not by_email:
            return id_or_email if id_or_email in self.by_id else None
        wanted = id_or_email.strip().lower()
        for record, values in self.by_id.items():
            others = values.get("hs_additional_emails", "").lower().split(";")
            if wanted in (values["email"], *others):
                return record
        return None

    def forget(self, id_or_email: str, *, by_email: bool) -> str | None:
        """Erase a contact, and never take its addresses again; its record id."""
        record = self.find(id_or_email, by_email=by_email)
        values = self.by_id.pop(record, {}) if record else {}
        others = values.get("hs_additional_emails", "").lower().split(";")
        given = id_or_email.strip().lower() if by_email else ""
        self.blocked |= {one for one in (given, values.get("email", ""), *others) if one}
        return record

    def upsert(self, one: dict[str, Any]) -> dict[str, Any]:
        """Make or change one contact by its address."""
        if one.get("idProperty") != "email":
            raise Refused("idProperty must be a unique property")
        email = str(one["id"]).strip()
        if not ADDRESS.fullmatch(email) or len(email) > LONGEST_ADDRESS:
            raise Refused(f"Property values were not valid: email {email} is invalid")
        if email.lower() in self.blocked:
            raise Refused("The contact was permanently deleted and cannot be made again")
        for name, value in one["properties"].items():
            known = self.properties.get(name)
            if known is None:
                raise Refused(f'Property "{name}" does not exist')
            if known["modificationMetadata"]["readOnlyValue"]:
                raise Refused(f'"{name}" is a read only property')
            if len(str(value)) > LONGEST_TEXT:
                raise Refused(f'"{name}" is too long')
        record = self.find(email, by_email=True)
        is_new = record is None
        record = record or self.make(email)
        self.by_id[record] |= {
            name: str(value) for name, value in one["properties"].items() if name != "email"
        }
        told = self.told(record, list(one["properties"]))
        return {**told, "new": is_new, "objectWriteTraceId": one.get("objectWriteTraceId")}

    def told(self, record: str, wanted: list[str]) -> dict[str, Any]:
        """One contact as JSON, with the properties that are wanted."""
        values = self.by_id[record]
        names = dict.fromkeys((*TOLD, *(name for name in wanted if name in self.properties)))
        return {
            "id": record,
            "properties": {name: values.get(name) for name in names},
            "createdAt": values["createdate"],
            "updatedAt": values["lastmodifieddate"],
            "archived": False,
        }


def search(contacts: Contacts, body: dict[str, Any]) -> tuple[list[Any], int]:
    """A page of the contacts of any filter group, by record id, and how many there are."""
    found = [
        record
        for record, values in sorted(contacts.by_id.items(), key=lambda item: int(item[0]))
        if any(
            all(_fits(values, one) for one in group["filters"]) for group in body["filterGroups"]
        )
    ]
    start = int(body.get("after") or 0)
    limit = min(int(body.get("limit", 10)), 200)
    page = found[start : start + limit]
    return [contacts.told(record, body.get("properties") or []) for record in page], len(found)


def _fits(values: dict[str, str], one: dict[str, Any]) -> bool:
    """Whether a contact fits one filter."""
    value = values.get(one["propertyName"])
    if one["operator"] == "HAS_PROPERTY":
        return bool(value)
    if value is None:
        return False
    if one["operator"] == "EQ":
        return value == one["value"]
    if one["operator"] == "GT":
        return int(value) > int(one["value"])
    return datetime.fromisoformat(value).timestamp() * 1000 >= int(one["value"])
