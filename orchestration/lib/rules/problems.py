"""One thing that is wrong with a rule row: where it stands, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.rules.rows import RuleRow
from orchestration.lib.rules.tables import RuleTable


@dataclass(frozen=True, kw_only=True)
class RuleProblem:
    """One row that cannot be used: `what` is wrong in `column` of `row_id`, and the `remedy`."""

    table: str
    file: Path
    line: int
    row_id: str
    column: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return (
            f"{self.file}, line {self.line}, row {self.row_id}, column {self.column}: "
            f"{self.what} {self.remedy}"
        )


def problem_of(table: RuleTable, row: RuleRow, column: str, what: str, remedy: str) -> RuleProblem:
    """What is wrong in a cell of a row, with the place where it stands."""
    return RuleProblem(
        table=table.name,
        file=row.file,
        line=row.line,
        row_id=row.values.get(table.id_column) or "-",
        column=column,
        what=what,
        remedy=remedy,
    )
