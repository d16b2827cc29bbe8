"""Parts of a sequence that fit into one call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

One = TypeVar("One")


def chunks(items: Sequence[One], size: int) -> Iterator[Sequence[One]]:
    """`items` in order, at most `size` at a time; none of nothing."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
