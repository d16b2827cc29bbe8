"""Keeps the refusals of a file that goes: whoever refused in it is not written to without it."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value

ELIGIBILITY = "eligibility_rules"
# Table, its kind of evidence in the rules, and the column that says what was stated.
STATEMENTS = {"consents": ("consent", "status"), "email_events": ("email_event", "event_type")}
OPT_OUT = "email_opt_out"


def keep_refusals(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    batch_ids: Sequence[str],
) -> int:
    """Suppress the addresses of rows that refuse, or whose word nobody knows; returns how many.

    Addresses of rows in quarantine are kept anyway. Rows of tables that carry no refusal say none.
    """
    refuses = _refusal(settings, spec)
    if refuses is None:
        return 0
    inserted = connection.execute(
        f"""
        insert into raw_ops.quarantined_addresses
        select distinct lower(trim(email)), $system, $table, _batch_id, _source_row
        from {raw_table(spec)}
        where list_contains($batches, _batch_id) and nullif(trim(email), '') is not null
            and {refuses}
        """,
        {"system": spec.system, "table": spec.table, "batches": list(batch_ids)},
    ).fetchone()
    return int(inserted[0]) if inserted else 0


def _refusal(settings: Settings, spec: TableSpec) -> str | None:
    """SQL of whether a row is a refusal; None where no row of the table can be one."""
    if not spec.suppresses_when_bad:
        return None
    if OPT_OUT in spec.column_names:
        return f"coalesce(try_cast({name(OPT_OUT)} as boolean), {name(OPT_OUT)} <> '')"
    evidence, column = STATEMENTS.get(spec.table, ("", ""))
    if not evidence:
        return "true"
    rules = effective_rows(settings, rule_tables()[ELIGIBILITY])
    refusing = {row.values["status"] for row in rows_of(rules, evidence)}
    known = {word for one in spec.columns if one.name == column for word in one.words}
    harmless = ", ".join(value(word) for word in sorted(known - refusing)) or "''"
    return f"lower(trim({name(column)})) not in ({harmless})"


def rows_of(rules: list, evidence: str) -> list:
    """Rules about one kind of evidence, active or not: a rule that sleeps may wake up."""
    return [row for row in rules if row.values["evidence_type"] == evidence]
