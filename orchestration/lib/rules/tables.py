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
class RuleTable:
    """One declared seed. `types` maps column to SQL type; the first `key` column is the id."""

    name: str
    path: Path
    types: dict[str, str] = field(hash=False)
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    attributes: frozenset[str] = frozenset()

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
    )


def _references(seed: dict[str, Any]) -> Iterator[Reference]:
    for column in seed.get("columns", []):
        for test in column.get("data_tests", []):
            if isinstance(test, dict) and "relationships" in test:
                arguments = test["relationships"]["arguments"]
                target = REFERENCE.fullmatch(arguments["to"].strip())
                if target:
                    yield Reference(
                        column=column["name"], table=target["table"], field=arguments["field"]
                    )
