"""How old the newest of a source table may be: the promise that holds for each, from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from orchestration.lib.rules.rows import effective_rows
from orchestration.lib.rules.tables import rule_tables
from orchestration.lib.settings import Settings

PROMISES = "freshness_promises"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise: late beyond `late_after`, broken beyond `broken_after`; empty scope is all."""

    promise_id: str
    system: str | None
    table: str | None
    late_after: timedelta
    broken_after: timedelta

    def holds_for(self, system: str, table: str) -> bool:
        """Whether a table of a system is in its scope."""
        return self.system in (None, system) and self.table in (None, table)


def active_promises(settings: Settings) -> list[Promise]:
    """Promises of a home, the most particular first: of a table, then of a system, then by id.

    rpt_source_freshness chooses in the same order.
    """
    rows = [row.values for row in effective_rows(settings, rule_tables()[PROMISES])]
    promises = [
        Promise(
            promise_id=str(row["promise_id"]),
            system=row["source_system"],
            table=row["source_table"],
            late_after=timedelta(hours=int(row["promise_hours"] or 0)),
            broken_after=timedelta(hours=int(row["alarm_hours"] or 0)),
        )
        for row in rows
        if row["is_active"] == "true"
    ]
    return sorted(promises, key=lambda one: (one.table is None, one.system is None, one.promise_id))
