"""Fits the column names of a file to a declared table: declared, unknown, missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.lib.landing.tables import STAGING_COLUMNS, TECHNICAL_COLUMNS
from orchestration.lib.raw_checks import TableSpec

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, kw_only=True)
class ColumnMatch:
    """`raw_names` stand in the order of the file's columns; the others are what to report."""

    raw_names: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    missing_required: tuple[str, ...]


NOTHING = ColumnMatch(raw_names=(), unknown=(), missing=(), missing_required=())


def match_columns(names: list[str], spec: TableSpec) -> ColumnMatch:
    """A raw name for every column of the file, each used once.

    An exact name is taken first, then one that differs only in case or outer spaces. What is left
    keeps its name, with a number when that name is taken; a column without a name is numbered.
    """
    declared = {column.lower(): column for column in spec.column_names}
    chosen: dict[int, str] = {}
    for position, text in enumerate(names):
        if text in spec.column_names and text not in chosen.values():
            chosen[position] = text
    for position, text in enumerate(names):
        wanted = declared.get(text.strip().lower())
        if position not in chosen and wanted and wanted not in chosen.values():
            chosen[position] = wanted
    found = set(chosen.values())
    own = (*spec.column_names, *TECHNICAL_COLUMNS, *STAGING_COLUMNS)
    taken = {column.lower() for column in own}
    unknown = []
    for position, text in enumerate(names):
        if position not in chosen:
            chosen[position] = _free_name(text.strip() or f"column_{position + 1}", taken)
            unknown.append(chosen[position])
    return ColumnMatch(
        raw_names=tuple(chosen[position] for position in range(len(names))),
        unknown=tuple(unknown),
        missing=tuple(column for column in spec.column_names if column not in found),
        missing_required=_missing_required(found, spec),
    )


def _free_name(text: str, taken: set[str]) -> str:
    """`text` without control characters, or `text_2`, `text_3` …; marks the name as taken."""
    text = _CONTROL.sub(" ", text).strip() or "column"
    number, free = 1, text
    while free.lower() in taken:
        number += 1
        free = f"{text}_{number}"
    taken.add(free.lower())
    return free


def _missing_required(found: set[str], spec: TableSpec) -> tuple[str, ...]:
    """Required columns, and groups of which one is required, that the file does not have."""
    alone = [column.name for column in spec.required if column.name not in found]
    groups = [" or ".join(group) for group in spec.one_of if not found & set(group)]
    return (*alone, *groups)
