"""The attributes that clauses of a rule table may look at: declared ones, and those rows make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orchestration.lib.rules.problems import RuleProblem, problem_of
from orchestration.lib.rules.rows import RuleRow
from orchestration.lib.rules.tables import RuleTable

TABLE = "custom_attributes"


def known_attributes(table: RuleTable, rows: dict[str, list[RuleRow]]) -> frozenset[str]:
    """Names the clauses of `table` may use, given the effective rows of all tables."""
    derived = {
        f"{prefix}{row.values.get(source.field)}"
        for source in table.derived_attributes
        for row in rows.get(source.table, [])
        for prefix in source.prefixes
    }
    custom = {row.values.get("attribute") or "" for row in _active(rows, table.custom_entities)}
    return table.attributes | derived | custom


def clashing_names(
    tables: dict[str, RuleTable], rows: dict[str, list[RuleRow]]
) -> Iterator[RuleProblem]:
    """Rows whose name a rule table already gives to an attribute of the same entity."""
    for table in tables.values():
        for row in _active(rows, table.custom_entities):
            if row.values.get("attribute") in table.attributes:
                yield problem_of(
                    tables[TABLE],
                    row,
                    "attribute",
                    f"{table.name} has an attribute of this name already.",
                    "Choose another name.",
                )


def _active(rows: dict[str, list[RuleRow]], entities: Iterable[str]) -> Iterator[RuleRow]:
    for row in rows.get(TABLE, []):
        values = row.values
        if values.get("entity") in entities and (values.get("is_active") or "").lower() == "true":
            yield row
