"""Every published column says its meaning, its unit, and what null means unless it never is."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from orchestration.lib.building.project import PROJECT

# how a description speaks of a cell without a value, and columns where it means nothing
EMPTY = re.compile(r"empty|null|none|not used", re.I)
FREE_TEXT = ("note", "meaning", "company_goal", "customer_goal", "source")
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


def test_every_column_of_a_rule_table_says_what_an_empty_cell_means(manifest: Any) -> None:
    seeds = [node for node in manifest.nodes.values() if node.resource_type == "seed"]
    wrong = []
    for seed in seeds:
        with (PROJECT / seed.original_file_path).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
        assert sorted(reader.fieldnames or ()) == sorted(seed.columns), f"describe {seed.name}"
        for name, column in seed.columns.items():
            text = column.description.strip()
            may_be_empty = name not in FREE_TEXT and any(not row[name] for row in rows)
            if not text.endswith(".") or (may_be_empty and not EMPTY.search(text)):
                wrong.append(f"{seed.name}.{name}: {text}")
    assert wrong == [], "write whole sentences, and what an empty cell means"
