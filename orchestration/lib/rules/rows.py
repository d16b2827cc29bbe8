"""The rows that hold in a home: shipped rows, and own rows that replace them by id."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import TextIO

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rules.tables import RuleTable
from orchestration.lib.settings import Settings


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """One row as text; an empty cell is None. `line` counts from 1, the header being line 1."""

    file: Path
    line: int
    values: dict[str, str | None] = field(hash=False)


def effective_rows(settings: Settings, table: RuleTable) -> list[RuleRow]:
    """Shipped rows whose id no own row has, then own rows; raises TouchlineError on a bad file."""
    own = own_rows(settings, table)
    replaced = {row.values.get(table.id_column) for row in own}
    shipped = read_rows(table.path)
    return [row for row in shipped if row.values.get(table.id_column) not in replaced] + own


def own_rows(settings: Settings, table: RuleTable) -> list[RuleRow]:
    """Rows of `<home>/rules/<table>.csv`; none where the file is missing."""
    path = settings.rules / f"{table.name}.csv"
    return read_rows(path) if path.exists() else []


def read_rows(path: Path, *, text: str | None = None) -> list[RuleRow]:
    """Rows of a rule file in order, or of the `text` it once had; raises TouchlineError when it is
    no UTF-8 CSV."""
    try:
        with _opened(path, text) as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            return [_row(path, reader.line_num, values) for values in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise TouchlineError(
            f"The rule file cannot be read: {error}.",
            str(path),
            "Save it as comma-separated UTF-8 text.",
        ) from error


def _opened(path: Path, text: str | None) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="") if text is None else StringIO(text)


def _row(path: Path, line: int, values: dict[str, str | None]) -> RuleRow:
    if "" in values:
        raise TouchlineError(
            "The row has more cells than the header.",
            f"{path}, line {line}",
            "Put text that contains a comma in double quotes.",
        )
    return RuleRow(
        file=path, line=line, values={name: cell or None for name, cell in values.items()}
    )
