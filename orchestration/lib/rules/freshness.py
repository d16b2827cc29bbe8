"""How old the newest of a source table may be: the promise that holds for each, from the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rules.rows import RuleRow, effective_rows
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

    rpt_source_freshness chooses in the same order. Raises TouchlineError that names the row.
    """
    rows = effective_rows(settings, rule_tables()[PROMISES])
    promises = [_promise(row) for row in rows if row.values["is_active"] == "true"]
    return sorted(promises, key=lambda one: (one.table is None, one.system is None, one.promise_id))


def _promise(row: RuleRow) -> Promise:
    """The promise of a row, broken as soon as it is late where nothing else is said."""
    values = row.values
    try:
        late = float(str(values["promise_hours"]))
        broken = float(values.get("alarm_hours") or late)
    except ValueError:
        raise TouchlineError(
            "The hours of a promise are no number.",
            f"{row.file}, line {row.line}",
            "Give promise_hours, and alarm_hours if they differ, as whole numbers.",
        ) from None
    return Promise(
        promise_id=str(values["promise_id"]),
        system=values["source_system"],
        table=values["source_table"],
        late_after=timedelta(hours=late),
        broken_after=timedelta(hours=broken),
    )
