"""Whether the rule rows of a home can be used; every problem names file, line, row and remedy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rules.attributes import clashing_names, known_attributes
from orchestration.lib.rules.problems import RuleProblem, problem_of
from orchestration.lib.rules.rows import RuleRow, effective_rows
from orchestration.lib.rules.tables import RuleTable, rule_tables
from orchestration.lib.settings import Settings

VALUE_OF_OPERATOR = {
    **dict.fromkeys(("is", "is_not"), ("value_text", "value_number", "value_date")),
    **dict.fromkeys(("in", "not_in"), ("value_text",)),
    **dict.fromkeys(("contains", "starts_with", "ends_with", "matches"), ("value_text",)),
    **dict.fromkeys(("at_least", "at_most", "more_than", "less_than"), ("value_number",)),
    **dict.fromkeys(("on_or_after", "before"), ("value_date",)),
    **dict.fromkeys(("is_true", "is_false", "is_present", "is_missing"), ()),
}
VALUE_COLUMNS = ("value_text", "value_number", "value_date")


class RulesError(TouchlineError):
    """Rule rows cannot be used; `problems` lists every one."""

    def __init__(self, problems: list[RuleProblem]) -> None:
        first = problems[0]
        others = f" ({len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(
            f"Row {first.row_id} of {first.table}: {first.what}{others}",
            f"{first.file}, line {first.line}, column {first.column}",
            f"{first.remedy} `touchline check` lists every problem.",
        )
        self.problems = problems


def require_sound_rules(settings: Settings) -> None:
    """Raise RulesError when any rule row cannot be used."""
    problems = check_rules(settings)
    if problems:
        raise RulesError(problems)


def check_rules(settings: Settings) -> list[RuleProblem]:
    """Every problem of the effective rule rows of a home, by table and line."""
    tables = rule_tables()
    rows = {name: effective_rows(settings, table) for name, table in tables.items()}
    problems = list(_unknown_files(settings, tables))
    for name, table in tables.items():
        found = [*_columns(table, rows[name]), *_cells(table, rows[name])]
        problems += found or [*_keys(table, rows[name]), *_references(table, rows)]
        if "operator" in table.types:
            problems += _clauses(table, rows[name])
        if table.attributes:
            problems += _attributes(table, rows)
    problems += clashing_names(tables, rows)
    return sorted(problems, key=lambda problem: (problem.table, str(problem.file), problem.line))


def _unknown_files(settings: Settings, tables: dict[str, RuleTable]) -> Iterator[RuleProblem]:
    for path in sorted(settings.rules.glob("*.csv")):
        if path.stem not in tables:
            yield RuleProblem(
                table=path.stem,
                file=path,
                line=1,
                row_id="-",
                column="-",
                what="No rule table has this name.",
                remedy=f"Name it after a table: {_alike(path.stem, tables)}.",
            )


def _alike(name: str, tables: Iterable[str]) -> str:
    """The tables whose names are most like this one, or where all of them are."""
    alike = get_close_matches(name, tables, n=3)
    return " or ".join(alike) or "one of those in seeds/rules or seeds/reference"


def _columns(table: RuleTable, rows: Iterable[RuleRow]) -> Iterator[RuleProblem]:
    for row in {row.file: row for row in rows}.values():
        for name in row.values.keys() - table.types.keys():
            yield problem_of(
                table, row, name, "The table has no such column.", f"Use {', '.join(table.types)}."
            )
        if table.id_column not in row.values:
            yield problem_of(
                table, row, table.id_column, "The id column is missing.", "Add it to the header."
            )


def _cells(table: RuleTable, rows: Iterable[RuleRow]) -> Iterator[RuleProblem]:
    for row in rows:
        for column, type_ in table.types.items():
            text = row.values.get(column)
            if text is not None and not _fits(text, type_):
                yield problem_of(
                    table, row, column, f"'{text}' is no {_spoken(type_)}.", "Correct the cell."
                )
            if text is None and (column in table.key or column == "is_active"):
                yield problem_of(table, row, column, "The cell is empty.", "Fill it.")
            if text is not None and text not in table.choices.get(column, (text,)):
                yield problem_of(
                    table,
                    row,
                    column,
                    f"'{text}' is not known here.",
                    f"Use one of {', '.join(table.choices[column])}.",
                )


def _keys(table: RuleTable, rows: list[RuleRow]) -> Iterator[RuleProblem]:
    seen = Counter(tuple(row.values.get(column) for column in table.key) for row in rows)
    for row in rows:
        if seen[tuple(row.values.get(column) for column in table.key)] > 1:
            yield problem_of(
                table, row, ", ".join(table.key), "The key is not unique.", "Give it another id."
            )


def _references(table: RuleTable, rows: dict[str, list[RuleRow]]) -> Iterator[RuleProblem]:
    for reference in table.references:
        known = {row.values.get(reference.field) for row in rows.get(reference.table, [])}
        for row in rows[table.name]:
            value = row.values.get(reference.column)
            if value is not None and value not in known:
                yield problem_of(
                    table,
                    row,
                    reference.column,
                    f"'{value}' is not in {reference.table}.",
                    f"Use one of {', '.join(sorted(filter(None, known)))}, or add a row there.",
                )


def _attributes(table: RuleTable, rows: dict[str, list[RuleRow]]) -> Iterator[RuleProblem]:
    known = known_attributes(table, rows)
    for row in rows[table.name]:
        attribute = row.values.get("attribute")
        if attribute not in known:
            yield problem_of(
                table,
                row,
                "attribute",
                f"'{attribute}' is no attribute of this table.",
                f"Use one of {', '.join(sorted(known))}.",
            )


def _clauses(table: RuleTable, rows: Iterable[RuleRow]) -> Iterator[RuleProblem]:
    for row in rows:
        operator = row.values.get("operator")
        if operator not in VALUE_OF_OPERATOR:
            yield problem_of(
                table,
                row,
                "operator",
                f"'{operator}' is no operator.",
                f"Use one of {', '.join(VALUE_OF_OPERATOR)}.",
            )
            continue
        yield from _operands(table, row, operator)


def _operands(table: RuleTable, row: RuleRow, operator: str) -> Iterator[RuleProblem]:
    allowed = VALUE_OF_OPERATOR[operator]
    filled = [column for column in VALUE_COLUMNS if row.values.get(column) is not None]
    if len(filled) != bool(allowed) or not set(filled) <= set(allowed):
        wanted = f"exactly one of {', '.join(allowed)}" if allowed else "no value"
        yield problem_of(
            table, row, "operator", f"'{operator}' needs {wanted}.", "Correct the value columns."
        )
    pattern = row.values.get("value_text")
    if operator == "matches" and pattern is not None and not _compiles(pattern):
        yield problem_of(
            table,
            row,
            "value_text",
            f"'{pattern}' is no usable pattern.",
            "Write a lower-case regular expression without look-around or back-references.",
        )


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return not re.search(r"\(\?(=|!|<=|<!)|\\[1-9]", pattern) and pattern == pattern.lower()


def _fits(text: str, type_: str) -> bool:
    kind = type_.split("(")[0].strip().lower()
    try:
        if kind in ("bigint", "integer", "int"):
            int(text)
        elif kind == "decimal":
            return Decimal(text).is_finite()
        elif kind == "date":
            date.fromisoformat(text)
        elif kind == "boolean":
            return text.lower() in ("true", "false")
    except (ValueError, InvalidOperation):
        return False
    return True


def _spoken(type_: str) -> str:
    kind = type_.split("(")[0].strip().lower()
    names = {"bigint": "whole number", "integer": "whole number", "decimal": "number"}
    return {"boolean": "true or false", "date": "date (YYYY-MM-DD)", **names}.get(kind, kind)
