"""How long each layer is kept, from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.settings import Settings

RETENTION = "retention_rules"


@dataclass(frozen=True, kw_only=True)
class Keep:
    """What is younger than `days` stays, and the newest `count` however old."""

    rule_id: str
    layer: str
    days: timedelta
    count: int


def active_rules(settings: Settings) -> list[Keep]:
    """Rules of a home that are switched on; raises TouchlineError that names a row it cannot use.

    Of two rows about a layer the one that keeps longer holds.
    """
    longest: dict[str, Keep] = {}
    for row in effective_rows(settings, rule_tables()[RETENTION]):
        if row.values["is_active"] != "true":
            continue
        try:
            keep = Keep(
                rule_id=str(row.values["rule_id"]),
                layer=str(row.values["layer"]),
                days=timedelta(days=int(row.values["keep_days"] or "")),
                count=int(row.values["keep_count"] or 0),
            )
        except (ValueError, OverflowError):
            raise TouchlineError(
                "how long to keep is no number of days",
                f"{row.file}, line {row.line}",
                "give keep_days as a whole number, or is_active = false to keep everything",
            ) from None
        known = longest.get(keep.layer)
        longest[keep.layer] = max(filter(None, (known, keep)), key=lambda one: one.days)
    return list(longest.values())
