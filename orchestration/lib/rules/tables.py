"""What `seeds/**/_*.yml` declares of each rule table: columns, key, references, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.lib.building.project import SEEDS
from orchestration.lib.errors import TouchlineError

REFERENCE = re.compile(r"ref\(\s*'(?P<table>\w+)'\s*\)")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Values of `column` must be values of `field` in rule table `table`."""

    column: str
    table: str
    field: str


@dataclass(frozen=True, kw_only=True)
class DerivedAttributes:
    """Attributes named after rows: each prefix before each value of `field` in `table`."""

    table: str
    field: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RuleTable:
    """One declared seed. `types` maps column to SQL type; the first `key` column is the id.

    `attributes` are the names its clauses may look at, beside the derived ones and the custom
    ones of `custom_entities`; `choices` maps a column to the only values it may have.
    """

    name: str
    path: Path
    types: dict[str, str] = field(hash=False)
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    attributes: frozenset[str] = frozenset()
    derived_attributes: tuple[DerivedAttributes, ...] = ()
    custom_entities: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def id_column(self) -> str:
        """The column by which own rows override shipped ones."""
        return self.key[0]


@cache
def rule_tables(folder: Path = SEEDS) -> dict[str, RuleTable]:
    """Every declared rule table and reference list by name; raises TouchlineError."""
    tables = {}
    for declaration in sorted(folder.rglob("_*.yml")):
        content = yaml.safe_load(declaration.read_text(encoding="utf-8")) or {}
        for seed in content.get("seeds", []):
            tables[seed["name"]] = _table(seed, declaration)
    return tables


def _table(seed: dict[str, Any], declaration: Path) -> RuleTable:
    config = seed.get("config", {})
    meta = config.get("meta", {})
    types = config.get("column_types", {})
    key = tuple(meta.get("key", ()))
    if not key or not types or not set(key) <= set(types):
        raise TouchlineError(
            f"Rule table {seed['name']} does not declare its columns and key.",
            f"{declaration.name}",
            "Give config.column_types for every column and config.meta.key, the id first.",
        )
    return RuleTable(
        name=seed["name"],
        path=declaration.parent / f"{seed['name']}.csv",
        types=types,
        key=key,
        references=tuple(_references(seed)),
        attributes=frozenset(meta.get("attributes", ())),
        derived_attributes=tuple(
            DerivedAttributes(**{**derived, "prefixes": tuple(derived["prefixes"])})
            for derived in meta.get("derived_attributes", ())
        ),
        custom_entities=tuple(meta.get("custom_entities", ())),
        choices=dict(_choices(seed)),
    )


def _references(seed: dict[str, Any]) -> Iterator[Reference]:
    for column, arguments in _column_tests(seed, "relationships"):
        target = REFERENCE.fullmatch(arguments["to"].strip())
        if target:
            yield Reference(column=column, table=target["table"], field=arguments["field"])


def _choices(seed: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column, arguments in _column_tests(seed, "accepted_values"):
        yield column, tuple(str(value) for value in arguments["values"])


def _column_tests(seed: dict[str, Any], test_name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for column in seed.get("columns", []):
        for test in column.get("data_tests", []):
            if isinstance(test, dict) and test_name in test:
                yield column["name"], test[test_name]["arguments"]
