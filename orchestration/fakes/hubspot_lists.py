"""Lists of the HubSpot fake: names that are unique, and members by record id."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from orchestration.fakes.hubspot_contacts import Refused


@dataclass
class Lists:
    """Lists by id; the members of each by record id with the moment they joined."""

    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_id: int = 10

    def make(self, name: str, processing: str) -> dict[str, Any]:
        """A new list; a name that is taken is refused."""
        if any(one["name"] == name for one in self.by_id.values()):
            raise Refused(f"A list with the name {name} already exists")
        self.last_id += 1
        list_id = str(self.last_id)
        self.by_id[list_id] = {"name": name, "processing": processing, "members": {}}
        return self._told(list_id)

    def named(self, name: str) -> dict[str, Any]:
        """The list of a name."""
        for list_id, one in self.by_id.items():
            if one["name"] == name:
                return self._told(list_id)
        raise Refused("List does not exist", status=404, category="OBJECT_NOT_FOUND")

    def members(self, name: str) -> list[str]:
        """Record ids in the list of a name."""
        return [record for one in self.by_id.values() if one["name"] == name
                for record in one["members"]]  # fmt: skip

    def add(self, list_id: str, records: list[str], *, known: Container[str]) -> dict[str, Any]:
        """Put records into a list; those that are no contact are told as missing."""
        members = self._manual(list_id)
        added = [one for one in records if one in known and one not in members]
        now = datetime.now(UTC).isoformat()
        members |= dict.fromkeys(added, now)
        missing = [one for one in records if one not in known]
        return {"recordsIdsAdded": added, "recordIdsRemoved": [], "recordIdsMissing": missing}

    def remove(self, list_id: str, records: list[str]) -> dict[str, Any]:
        """Take records out of a list."""
        members = self._manual(list_id)
        removed = [one for one in records if members.pop(one, None)]
        missing = [one for one in records if one not in removed]
        return {"recordsIdsAdded": [], "recordIdsRemoved": removed, "recordIdsMissing": missing}

    def places(self, record: str) -> dict[str, Any]:
        """The lists that a record is in."""
        told = [
            {"listId": list_id, "lastAddedTimestamp": one["members"][record]}
            for list_id, one in self.by_id.items()
            if record in one["members"]
        ]
        return {"objectTypeId": "0-1", "recordId": record, "recordListMemberships": told}

    def page(self, list_id: str, after: str | None, limit: int) -> dict[str, Any]:
        """Members in the order in which they joined, from after a cursor."""
        members = list(self._list(list_id)["members"].items())
        start = int(after or 0)
        end = start + min(limit, 250)
        results = [
            {"recordId": record, "membershipTimestamp": moment}
            for record, moment in members[start:end]
        ]
        told: dict[str, Any] = {"results": results, "total": len(members)}
        if end < len(members):
            told["paging"] = {"next": {"after": str(end)}}
        return told

    def _manual(self, list_id: str) -> dict[str, str]:
        """The members of a list whom a call may change."""
        one = self._list(list_id)
        if one["processing"] == "DYNAMIC":
            raise Refused("The memberships of a dynamic list cannot be changed")
        return one["members"]

    def _list(self, list_id: str) -> dict[str, Any]:
        if list_id not in self.by_id:
            raise Refused("List does not exist", status=404, category="OBJECT_NOT_FOUND")
        return self.by_id[list_id]

    def _told(self, list_id: str) -> dict[str, Any]:
        one = self.by_id[list_id]
        return {
            "listId": list_id,
            "name": one["name"],
            "objectTypeId": "0-1",
            "processingType": one["processing"],
            "size": len(one["members"]),
        }
