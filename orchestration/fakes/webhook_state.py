"""What a fake webhook knows: members of segments, batches it took, and who refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LONGEST_EMAIL = 254


@dataclass(kw_only=True)
class WebhookState:
    """Members by segment and address, batches by key, who refuses, and what it offers."""

    segments: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    batches: set[str] = field(default_factory=set)
    refusals: list[dict[str, str]] = field(default_factory=list)
    tells_members: bool = True
    tells_results: bool = True
    takes_erasures: bool = True
    poison: str = ""


def applied(members: dict[str, dict[str, Any]], change: dict[str, Any]) -> dict[str, Any]:
    """Make one change true; what became of it."""
    email = change["email"]
    if len(email) > LONGEST_EMAIL or not email.isprintable() or email.count("@") != 1:
        error = f"{email} is no address"
        return {"id": change["id"], "status": "rejected", "error": error}
    if change["operation"] == "remove":
        members.pop(email.lower(), None)
    else:
        known = members.setdefault(email.lower(), {"fields": {}})
        known |= {"id": change["id"], "email": email}
        known["fields"] |= change["fields"]
    return {"id": change["id"], "status": "accepted"}
