"""Flavours of a segment's file: exact values for machines, readable ones for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from orchestration.lib.row_files.formats import CSV, Batch, Cell, Layout, neutralised

MACHINE, HUMAN = FLAVOURS = ("machine", "human")


def heading(column: str) -> str:
    """The heading of a column for people."""
    words = column.replace("_", " ")
    return words[:1].upper() + words[1:]


def layout_of(
    columns: Sequence[str], moments: Iterable[str], *, file_format: str, flavour: str
) -> Layout:
    """How a file of this format and flavour holds these columns."""
    if flavour == MACHINE:
        return Layout(file_format=file_format, columns=tuple(columns), moments=frozenset(moments))
    headings = [f"{heading(one)} (UTC)" if one in moments else heading(one) for one in columns]
    # two columns whose headings would be one keep their own names
    is_clear = len(set(headings)) == len(headings)
    return Layout(
        file_format=file_format,
        columns=tuple(headings if is_clear else columns),
        has_mark=file_format == CSV,
    )


def in_flavour(batches: Iterable[Batch], flavour: str) -> Iterator[Batch]:
    """Rows as the flavour shows them: for people, moments without T and Z, and no cell that a
    spreadsheet would run, whatever the file is opened with."""
    for batch in batches:
        yield batch if flavour == MACHINE else [[_readable(cell) for cell in row] for row in batch]


def _readable(cell: Cell) -> str | None:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return None if cell is None else neutralised(cell)
