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
    for row in _active(rows, ("account", "person")):
        entity, attribute = row.values.get("entity"), row.values.get("attribute")
        owners = [
            table.name
            for table in tables.values()
            if entity in table.custom_entities and attribute in table.attributes
        ]
        if owners:
            yield problem_of(
                tables[TABLE],
                row,
                "attribute",
                f"{owners[0]} has an attribute of this name already.",
                "Choose another name.",
            )


def _active(rows: dict[str, list[RuleRow]], entities: Iterable[str]) -> Iterator[RuleRow]:
    for row in rows.get(TABLE, []):
        values = row.values
        if values.get("entity") in entities and (values.get("is_active") or "").lower() == "true":
            yield row
