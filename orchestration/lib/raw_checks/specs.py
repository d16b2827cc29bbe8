"""Reads the declared shape of every raw table from `<system>/<table>.yml` beside this file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.lib.errors import ContractError

FOLDER = Path(__file__).parent
TYPES = ("text", "timestamp", "number", "integer", "boolean", "date", "json")
SEVERITIES = ("critical", "warning")
COLUMN_ARGUMENTS = ("column", "column_A", "column_B")


@dataclass(frozen=True, kw_only=True)
class Column:
    """One declared column; `type` is what its text must be castable to.

    `words` are those that mean something; another word is kept, and reported when it is frequent.
    """

    name: str
    type: str
    is_key: bool = False
    is_required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One Great Expectations check of a batch: what goes wrong without it, and what to do.

    Its `column` (or `column_A` and `column_B`) is a column, of which a sample is seen typed, or
    `<column>.<measure>` of the profile, which is one figure and hence its own maximum.
    """

    type: str
    kwargs: dict[str, Any] = field(hash=False)
    severity: str = "warning"
    because: str = ""
    do: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns or figures it looks at."""
        return tuple(str(self.kwargs[name]) for name in COLUMN_ARGUMENTS if name in self.kwargs)


@dataclass(frozen=True, kw_only=True)
class TableSpec:
    """The declared shape of one raw table, `raw_<system>.<table>`."""

    system: str
    table: str
    columns: tuple[Column, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    expectations: tuple[Expectation, ...] = ()
    suppresses_when_bad: bool = False

    @property
    def schema(self) -> str:
        """The schema of the raw table."""
        return f"raw_{self.system}"

    @property
    def name(self) -> str:
        """`<system>/<table>`, as in the landing folder."""
        return f"{self.system}/{self.table}"

    @property
    def place(self) -> tuple[str, str]:
        """(system, table)."""
        return self.system, self.table

    @property
    def column_names(self) -> tuple[str, ...]:
        """Declared columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """Key columns, in order; empty for a keyless table."""
        return tuple(column.name for column in self.columns if column.is_key)

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns that every row must fill with a castable value."""
        return tuple(column for column in self.columns if column.is_required)


@cache
def declared_tables() -> tuple[TableSpec, ...]:
    """Every declared raw table, sorted by system and table; raises ContractError."""
    return tuple(read_spec(path) for path in sorted(FOLDER.glob("*/*.yml")))


def declared_table(system: str, table: str) -> TableSpec | None:
    """The spec of one table, or None when it is not declared."""
    wanted = (system, table)
    return next((one for one in declared_tables() if (one.system, one.table) == wanted), None)


def read_spec(path: Path) -> TableSpec:
    """The spec in one YAML file; system and table are its folder's and its own name."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        words = {name: tuple(said) for name, said in document.pop("words", {}).items()}
        columns = tuple(
            _column(name, kind, words=words.pop(name, ()))
            for name, kind in document.pop("columns").items()
        )
        if words:
            raise ValueError(f"words of no column: {sorted(words)}")
        expectations = tuple(Expectation(**one) for one in document.pop("expectations", ()))
        spec = TableSpec(
            system=path.parent.name,
            table=path.stem,
            columns=columns,
            one_of=tuple(tuple(group) for group in document.pop("one_of", ())),
            expectations=expectations,
            **document,
        )
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise ContractError(f"not a table declaration: {error}", str(path), _REMEDY) from None
    _check(spec, path)
    return spec


def _column(name: str, declared: str, *, words: tuple[str, ...]) -> Column:
    """A column from `name: type [key] [required]`, and the words it may hold."""
    kind, *marks = declared.split()
    if kind not in TYPES or not set(marks) <= {"key", "required"}:
        raise ValueError(f"column {name}: '{declared}'")
    return Column(
        name=name,
        type=kind,
        is_key="key" in marks,
        is_required="required" in marks,
        words=words,
    )


def _check(spec: TableSpec, path: Path) -> None:
    """Raise ContractError for references to columns, or words, that do not exist."""
    unknown = {name for group in spec.one_of for name in group} - set(spec.column_names)
    if unknown:
        raise ContractError(f"one_of names no column: {sorted(unknown)}", str(path), _REMEDY)
    for one in spec.expectations:
        if one.severity not in SEVERITIES or not one.columns:
            raise ContractError(f"bad severity or no column in {one.type}", str(path), _REMEDY)
        strangers = {text.partition(".")[0] for text in one.columns} - set(spec.column_names)
        if strangers:
            raise ContractError(f"{one.type} of no column: {sorted(strangers)}", str(path), _REMEDY)


_REMEDY = "write `columns: {name: type [key] [required]}` with a type of " + ", ".join(TYPES)
