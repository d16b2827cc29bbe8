"""Every published column says its meaning, its unit, and what null means unless it never is."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from orchestration.lib.building.project import PROJECT

# the ends of an answer's scale, such as 0 to 10
SCALE = re.compile(r"\b\d+ to \d+\b")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A published column: its description in one line, and whether a test keeps null away."""

    place: str
    name: str
    type: str
    text: str
    is_never_null: bool


def never(column: Column) -> bool:
    return column.is_never_null or "null" in column.text.lower()


def says(*words: str) -> Callable[[Column], bool]:
    """True for a text with one of the words."""
    return lambda column: any(word in column.text.lower() for word in words)


# What a description must say: which columns, the check, and what to write.
CONVENTIONS = {
    "a sentence": (
        lambda column: True,
        lambda column: len(column.text) > 10 and column.text.endswith("."),
        "write at least one whole sentence, with its full stop",
    ),
    "what null means": (
        lambda column: True,
        never,
        "say what null means, or add the column to never_null",
    ),
    "the currency of money": (
        lambda column: column.type == "decimal(18,2)" and not SCALE.search(column.text),
        says("currency"),
        "say in which currency: the reporting currency, or its own; or the ends of the scale",
    ),
    "UTC of a timestamp": (
        lambda column: column.type == "timestamp",
        says("utc"),
        "say that it is UTC",
    ),
    "the unit of a duration": (
        lambda column: re.search(r"(^|_)(days|hours|seconds)(_|$)", column.name),
        says("day", "hour", "second", "half-li"),
        "say the unit: days, hours or seconds",
    ),
    "what a rate divides": (
        lambda column: column.type == "decimal(9,6)",
        says("share", "rate", "0 to 1", "chance"),
        "say what share of what it is",
    ),
    "when a boolean is true": (
        lambda column: column.type == "boolean",
        lambda column: column.text.startswith("True "),
        "begin with: True when …",
    ),
}


@pytest.fixture(scope="session")
def published(manifest: Any) -> list[Column]:
    """Columns of every published model."""
    kept: dict[str, set[str]] = {}
    for test in manifest.nodes.values():
        if metadata := getattr(test, "test_metadata", None):
            if metadata.name in ("unique_key", "never_null"):
                kept.setdefault(test.attached_node, set()).update(metadata.kwargs["columns"])
            elif metadata.name == "not_null":
                kept.setdefault(test.attached_node, set()).add(metadata.kwargs["column_name"])
    return [
        Column(
            place=f"{node.name}.{column.name}",
            name=column.name,
            type=(column.data_type or "").replace(" ", ""),
            text=" ".join(column.description.split()),
            is_never_null=column.name in kept.get(node.unique_id, ()),
        )
        for node in manifest.nodes.values()
        if node.resource_type == "model" and node.access == "public"
        for column in node.columns.values()
    ]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_published_column_says(published: list[Column], convention: str) -> None:
    concerns, holds, remedy = CONVENTIONS[convention]
    concerned = [column for column in published if concerns(column)]
    assert concerned
    wrong = [
        f"{column.place}: {column.text}" for column in sorted(concerned, key=str)
        if not holds(column)
    ]  # fmt: skip
    assert wrong == [], remedy


def test_every_column_of_a_rule_table_is_described(manifest: Any) -> None:
    wrong = []
    for seed in manifest.nodes.values():
        if seed.resource_type != "seed":
            continue
        with (PROJECT / seed.original_file_path).open(encoding="utf-8", newline="") as lines:
            header = next(csv.reader(lines))
        assert sorted(header) == sorted(seed.columns), f"{seed.name}: describe its columns"
        wrong += [
            f"{seed.name}.{name}: {seed.columns[name].description}"
            for name in header
            if not seed.columns[name].description.strip().endswith(".")
        ]
    assert wrong == [], "write a whole sentence, with its full stop"
