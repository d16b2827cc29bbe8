"""Subscription types and brands of the HubSpot fake, and who unsubscribed from which."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from orchestration.fakes.hubspot_contacts import ADDRESS, Refused


@dataclass
class Subscriptions:
    """Statuses by address and type, and the types there are; unset ones are NOT_SPECIFIED.

    `wide` holds who left all mail of a brand, by its number, or of the account (None), and when.
    Batches are for accounts of the plan Enterprise.
    """

    types: dict[int, str] = field(default_factory=lambda: {11: "Marketing", 12: "Newsletter"})
    by_email: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)
    wide: dict[str, dict[int | None, str]] = field(default_factory=dict)
    is_enterprise: bool = True

    def become(self, email: str, kind: int, status: str) -> None:
        """A person takes or leaves a subscription type now."""
        self.by_email.setdefault(email.lower(), {})[kind] = (status, _now())

    def leave(self, email: str, brand: int | None = None) -> None:
        """A person leaves all mail of a brand, or of the account, now."""
        self.wide.setdefault(email.lower(), {})[brand] = _now()

    def told(self, email: str) -> dict[str, Any]:
        """All statuses of one address, which need not be a contact."""
        if not ADDRESS.fullmatch(email):
            raise Refused(f"{email} is no email address")
        stated = self.by_email.get(email.lower(), {})
        statuses = [
            {
                "channel": "EMAIL",
                "subscriberIdString": email,
                "subscriptionId": kind,
                "subscriptionName": name,
                "status": stated[kind][0] if kind in stated else "NOT_SPECIFIED",
                "timestamp": stated[kind][1] if kind in stated else "1970-01-01T00:00:00Z",
            }
            for kind, name in self.types.items()
        ]
        return {"subscriberIdString": email, "statuses": statuses}

    def told_wide(self, email: str) -> dict[str, Any]:
        """What one address left as a whole; empty where it left nothing."""
        if not ADDRESS.fullmatch(email):
            raise Refused(f"{email} is no email address")
        wide = [
            {
                "channel": "EMAIL",
                "subscriberIdString": email,
                "status": "UNSUBSCRIBED",
                "timestamp": moment,
                "wideStatusType": "PORTAL_WIDE" if brand is None else "BUSINESS_UNIT_WIDE",
                "businessUnitId": brand,
            }
            for brand, moment in self.wide.get(email.lower(), {}).items()
        ]
        return {"subscriberIdString": email, "wideStatuses": wide}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
