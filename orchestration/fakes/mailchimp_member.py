"""One person of a fake Mailchimp audience."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import md5
from typing import Any


@dataclass(kw_only=True)
class FakeMember:
    """One person of an audience."""

    email: str
    status: str
    last_changed: datetime
    fields: dict[str, Any] = field(default_factory=dict)
    segments: set[int] = field(default_factory=set)
    reason: str = ""

    @property
    def hash(self) -> str:
        """What paths call them."""
        return hash_of(self.email)

    @property
    def contact_id(self) -> str:
        """What stays theirs when the address changes."""
        return md5(f"contact {self.email.lower()}".encode()).hexdigest()

    def become(self, status: str, *, now: datetime | None = None, reason: str = "") -> None:
        """Have another status, by their own act or the tool's."""
        self.status, self.reason = status, reason
        self.last_changed = now or datetime.now(UTC)


def hash_of(email: str) -> str:
    """The hash of an address that paths have."""
    return md5(email.lower().encode("utf-8", errors="replace")).hexdigest()
