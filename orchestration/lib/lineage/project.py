"""The lineage of the whole dbt project: every compiled model, every seed, every raw table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.lib.building.project import PROJECT
from orchestration.lib.errors import TouchlineError
from orchestration.lib.lineage.reading import (
    Origin,
    Origins,
    Relation,
    UnreadableSqlError,
    read_columns,
)


@dataclass(kw_only=True)
class Lineage:
    """Models by `schema.table` with their compiled SQL, seeds with their columns, raw tables."""

    models: dict[str, str]
    seeds: dict[str, tuple[str, ...]]
    raw: set[str]
    relations: dict[str, Relation] = field(default_factory=dict)

    def kind(self, table: str) -> str:
        """model, seed, raw; constant for the empty name."""
        if not table:
            return "constant"
        return "model" if table in self.models else "seed" if table in self.seeds else "raw"

    def columns(self, table: str) -> Iterable[str] | None:
        """Columns of a model or seed; None for a raw table, whose columns are whatever came."""
        if table in self.models:
            return self.relation(table).columns
        if table in self.seeds:
            return self.seeds[table]
        if table in self.raw:
            return None
        raise UnreadableSqlError(f"{table} is no model, no seed and no raw table")

    def relation(self, table: str) -> Relation:
        """What one model is made of; each model is read once."""
        if table not in self.relations:
            self.relations[table] = read_columns(self.models[table], self.columns)
        return self.relations[table]

    def origins(self, origin: Origin) -> Origins:
        """What a column is made of, one table back; nothing for what no model made.

        Null is told only of a column that is made of nothing else.
        """
        if origin.table not in self.models:
            return frozenset()
        found = self.relation(origin.table).find(origin.column) or frozenset()
        return frozenset(each for each in found if not each.is_null) or found

    def find(self, name: str) -> Origin:
        """The column a user names, `schema.table.column` or without schema; raises if unknown."""
        parts = name.lower().split(".")
        tables = [
            table
            for table in sorted(self.models)
            if table == ".".join(parts[:-1]) or table.endswith("." + ".".join(parts[:-1]))
        ]
        if not tables:
            raise TouchlineError(
                f"no model is called '{'.'.join(parts[:-1]) or name}'",
                "the compiled models of this home",
                "write schema.model.column, such as marts.fct_journeys.amount",
            )
        table = tables[0]
        columns = list(self.relation(table).columns)
        if parts[-1] not in columns:
            raise TouchlineError(
                f"{table} has no column '{parts[-1]}'",
                "the compiled models of this home",
                f"use one of: {', '.join(columns)}",
            )
        return Origin(table, parts[-1])


def read_lineage(manifest: Mapping[str, Any]) -> Lineage:
    """The lineage of a manifest whose models are compiled, see `compiled_manifest`."""
    nodes = manifest["nodes"].values()
    return Lineage(
        models={
            _table(node): node["compiled_code"]
            for node in nodes
            if node["resource_type"] == "model"
        },
        seeds={_table(node): _header(node) for node in nodes if node["resource_type"] == "seed"},
        raw={_table(source) for source in manifest["sources"].values()},
    )


def _table(node: Mapping[str, Any]) -> str:
    return f"{node['schema']}.{node.get('alias') or node['identifier']}".lower()


def _header(node: Mapping[str, Any]) -> tuple[str, ...]:
    """Columns of a seed: the first line of its file."""
    with (PROJECT / node["original_file_path"]).open(encoding="utf-8", newline="") as lines:
        return tuple(next(csv.reader(lines)))
