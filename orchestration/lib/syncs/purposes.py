"""Which purposes the refusal of one type of mail refuses, by the rows of subscription_types."""

from __future__ import annotations

from orchestration.lib.rules import RuleRow, effective_rows, rule_tables
from orchestration.lib.settings import Settings


def purposes_by_type(settings: Settings, destination: str) -> dict[str | None, set[str]]:
    """Type of mail to the purposes it stands for, as consents call them; a type without a row is
    not among them."""
    names = {
        row["purpose"]: row.get("consent_purpose") or row["purpose"]
        for row in _cells(effective_rows(settings, rule_tables()["contact_purposes"]))
    }
    found: dict[str | None, set[str]] = {}
    for row in _cells(effective_rows(settings, rule_tables()["subscription_types"])):
        if row["destination"] == destination and row["is_active"].lower() == "true":
            purpose = names.get(row["purpose"], row["purpose"])
            found.setdefault(row["subscription_type"], set()).add(purpose)
    return found


def _cells(rows: list[RuleRow]) -> list[dict[str, str]]:
    return [{name: (cell or "").strip() for name, cell in row.values.items()} for row in rows]
