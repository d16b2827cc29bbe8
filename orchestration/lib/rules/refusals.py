"""Which rows of a raw table refuse contact, as SQL: what the rules say of statuses and events."""

from __future__ import annotations

from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.rules.rows import RuleRow, effective_rows
from orchestration.lib.rules.tables import rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value

ELIGIBILITY = "eligibility_rules"
# Table, its kind of evidence in the rules, and the column that says what was stated.
STATEMENTS = {"consents": ("consent", "status"), "email_events": ("email_event", "event_type")}
OPT_OUT = "email_opt_out"


def refusal(settings: Settings, spec: TableSpec) -> str | None:
    """SQL of whether a row is a refusal; None where no row of the table can be one."""
    if not spec.suppresses_when_bad:
        return None
    if OPT_OUT in spec.column_names:
        return f"coalesce(try_cast({name(OPT_OUT)} as boolean), {name(OPT_OUT)} <> '')"
    evidence, column = STATEMENTS.get(spec.table, ("", ""))
    if not evidence:
        return "true"
    rules = effective_rows(settings, rule_tables()[ELIGIBILITY])
    refusing = {row.values["status"] for row in _rows_of(rules, evidence)}
    known = {word for one in spec.columns if one.name == column for word in one.words}
    harmless = ", ".join(value(word) for word in sorted(known - refusing)) or "''"
    return f"lower(trim({name(column)})) not in ({harmless})"


def _rows_of(rules: list[RuleRow], evidence: str) -> list[RuleRow]:
    """Rules about one kind of evidence, active or not: a rule that sleeps may wake up."""
    return [row for row in rules if row.values["evidence_type"] == evidence]
