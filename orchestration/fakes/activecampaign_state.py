"""What an account of the ActiveCampaign fake knows; ids are text, as the tool has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

ADDRESS = re.compile(r"[^@\s\x00-\x1f\u202a-\u202e]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_ADDRESS = 250
OWN = ("firstName", "lastName", "phone")


class Refused(Exception):  # noqa: N818 - what is raised is the answer, not a failure of the fake
    """The tool does not take something; it says so in several shapes."""

    def __init__(self, status: int, what: str | list[Any]) -> None:
        super().__init__(status)
        self.status = status
        self.told = {"message": what} if isinstance(what, str) else {"errors": what}


@dataclass
class AccountState:
    """Contacts, tags, the ties between them, fields with their values, lists and places in them."""

    contacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    tags: dict[str, dict[str, Any]] = field(default_factory=dict)
    ties: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            "1": {"id": "1", "title": "Journey stage", "perstag": "JOURNEY_STAGE", "type": "text"}
        }
    )
    filled: dict[tuple[str, str], str] = field(default_factory=dict)
    lists: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {"7": {"id": "7", "name": "Newsletter"}}
    )
    places: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    imports: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_id: int = 0

    def next_id(self) -> str:
        """A new id; one row of numbers for all things."""
        self.last_id += 1
        return str(self.last_id)

    def make(self, email: str, **about: Any) -> str:
        """A contact, as a person in the tool makes it; its id."""
        record = self.next_id()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.contacts[record] = {
            "id": record, "email": email, **dict.fromkeys(OWN, ""), "bounced_hard": "0",
            "bounced_date": "0000-00-00", "cdate": now, "udate": now, **about,
        }  # fmt: skip
        return record

    def sync(self, contact: Mapping[str, Any]) -> tuple[str, bool]:
        """Make or change a contact by its address; its id, and whether it is new."""
        email = str(contact["email"]).strip()
        if not is_address(email):
            told = {"title": "Contact Email Address is not valid.", "code": "email_invalid",
                    "source": {"pointer": "/data/attributes/email"}}  # fmt: skip
            raise Refused(422, [told])
        for one in contact.get("fieldValues") or ():
            if str(one["field"]) not in self.fields:
                raise Refused(422, [f"field {one['field']} does not exist"])
        known = [record for record, one in self.contacts.items() if same(one["email"], email)]
        record = known[0] if known else self.make(email)
        self.contacts[record] |= {name: contact[name] for name in OWN if name in contact}
        for one in contact.get("fieldValues") or ():
            self.filled[record, str(one["field"])] = one["value"]
        return record, not known

    def values(self, record: str) -> list[dict[str, Any]]:
        """The values of a contact's own fields."""
        return [
            {"contact": record, "field": field_id, "value": value}
            for (owner, field_id), value in self.filled.items()
            if owner == record
        ]

    def contact(self, record: str) -> str:
        """The id of a contact that is there."""
        if record not in self.contacts:
            raise Refused(404, f"No Result found for Subscriber with id {record}")
        return record

    def forget(self, record: str) -> None:
        """Delete a contact, with its tags, its values and its places on lists."""
        del self.contacts[self.contact(record)]
        self.ties = {key: one for key, one in self.ties.items() if one["contact"] != record}
        self.filled = {key: one for key, one in self.filled.items() if key[0] != record}
        self.places = {key: one for key, one in self.places.items() if key[1] != record}

    def make_tag(self, name: str) -> dict[str, Any]:
        """A new tag."""
        if any(same(tag["tag"], name) for tag in self.tags.values()):
            raise Refused(422, [{"title": "The tag already exists", "code": "duplicate"}])
        tag_id = self.next_id()
        self.tags[tag_id] = {"id": tag_id, "tag": name, "tagType": "contact"}
        return self.tags[tag_id]

    def tie(self, record: str, tag: str) -> dict[str, Any]:
        """Tie a tag to a contact, once."""
        self.contact(record)
        if tag not in self.tags:
            raise Refused(404, "No Result found for Tag")
        for one in self.ties.values():
            if (one["contact"], one["tag"]) == (record, tag):
                return one
        tie_id = self.next_id()
        self.ties[tie_id] = {"id": tie_id, "contact": record, "tag": tag}
        return self.ties[tie_id]

    def tagged(self, name: str) -> list[str]:
        """Addresses of the contacts with a tag, in order."""
        tags = {tag_id for tag_id, tag in self.tags.items() if tag["tag"] == name}
        ties = [one for one in self.ties.values() if one["tag"] in tags]
        return sorted(self.contacts[one["contact"]]["email"] for one in ties)

    def place(
        self, list_id: str, record: str, status: str, *, when: str = "", reason: str = ""
    ) -> dict[str, Any]:
        """Put a contact on a list (1), off it (2), or note that it bounced there (3)."""
        when = when or datetime.now(UTC).isoformat(timespec="seconds")
        self.places[list_id, record] = {
            "list": list_id, "contact": record, "status": status, "sdate": None, "udate": when,
            "unsubreason": reason,
        }  # fmt: skip
        return self.places[list_id, record]

    def found(self, asked: Mapping[str, str]) -> list[str]:
        """Ids of the contacts that a query asks for, ascending."""
        records = [
            record for record in self.contacts if int(record) > int(_text(asked, "id_greater", "0"))
        ]
        if "email" in asked:
            records = [one for one in records if same(self.contacts[one]["email"], asked["email"])]
        if "tagid" in asked:
            tied = {one["contact"] for one in self.ties.values() if one["tag"] == asked["tagid"]}
            records = [one for one in records if one in tied]
        since = _text(asked, "filters[updated_after]", "")
        return [one for one in sorted(records, key=int) if self.contacts[one]["udate"] >= since]


def is_address(email: str) -> bool:
    """Whether the tool takes a text for an address."""
    return bool(ADDRESS.fullmatch(email)) and len(email) <= LONGEST_ADDRESS


def same(one: str, other: str) -> bool:
    """Whether two names or addresses are one to the tool."""
    return one.strip().lower() == other.strip().lower()


def _text(asked: Mapping[str, str], name: str, default: str) -> str:
    return asked.get(name) or default
