"""What the published file must hold, as dbt declares it: tables, columns, keys, personal data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SCHEMAS = ("marts", "activation", "observability")
KEY_TESTS = {"unique", "unique_key"}


@dataclass(frozen=True, kw_only=True)
class TableContract:
    """One public table: column name -> declared type, unique keys, and what is personal."""

    schema: str
    name: str
    columns: Mapping[str, str]
    keys: tuple[tuple[str, ...], ...]
    personal: frozenset[str]

    @property
    def full_name(self) -> str:
        """`<schema>.<table>`, as readers write it."""
        return f"{self.schema}.{self.name}"


def contracts_of(manifest: Mapping[str, Any]) -> list[TableContract]:
    """Every public table of a dbt manifest, by name."""
    keys = _keys_by_model(manifest)
    found = [
        TableContract(
            schema=node["schema"],
            name=node["alias"],
            columns={name: column["data_type"] for name, column in node["columns"].items()},
            keys=tuple(keys.get(unique_id, ())),
            personal=frozenset(
                name for name, column in node["columns"].items() if _is_personal(column)
            ),
        )
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
        and node["schema"] in SCHEMAS
        and node["config"]["contract"]["enforced"]
    ]
    return sorted(found, key=lambda contract: contract.full_name)


def _is_personal(column: Mapping[str, Any]) -> bool:
    """True when a column's declaration says that it can identify a person."""
    declared = [column.get("meta") or {}, (column.get("config") or {}).get("meta") or {}]
    return any(meta.get("contains_pii") for meta in declared)


def _keys_by_model(manifest: Mapping[str, Any]) -> dict[str, list[tuple[str, ...]]]:
    """Column lists that dbt tests as unique, by the model's id."""
    keys: dict[str, list[tuple[str, ...]]] = {}
    for model, key in sorted(_tested_keys(manifest)):
        keys.setdefault(model, []).append(key)
    return keys


def _tested_keys(manifest: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in manifest["nodes"].values():
        tested = node.get("test_metadata") or {}
        limited = node["config"].get("where")
        if tested.get("name") not in KEY_TESTS or not node.get("attached_node") or limited:
            continue
        columns = tested["kwargs"].get("columns") or [tested["kwargs"].get("column_name")]
        yield node["attached_node"], tuple(columns)
