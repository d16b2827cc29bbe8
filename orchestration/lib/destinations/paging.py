"""A tool's list, page by page: never for ever, and never fewer items than the tool says it has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from orchestration.lib.destinations.contract import DestinationError

Item = TypeVar("Item")
Cursor = TypeVar("Cursor", bound=Hashable)
PASSES = 3
AGAIN = "run again: nothing was sent; if it stays so, the tool has to mend its pages"


def by_cursor(
    page_at: Callable[[Cursor], tuple[Sequence[Item], Cursor | None]],
    first: Cursor,
    *,
    place: str,
    remedy: str = AGAIN,
) -> Iterator[Item]:
    """All items: `page_at` gives those behind a cursor, and the next cursor or None at the end.

    Raises DestinationError where a cursor comes a second time.
    """
    at: Cursor | None = first
    seen = set()
    while at is not None:
        if at in seen:
            raise DestinationError("the pages of the list go round in circles", place, remedy)
        seen.add(at)
        items, at = page_at(at)
        yield from items


def by_offset(
    page_at: Callable[[int], tuple[Sequence[Item], int]],
    key: Callable[[Item], Hashable],
    *,
    place: str,
) -> Iterator[Item]:
    """Each item once: `page_at` gives those from an offset on, and how many there are in all.

    A list that changes while it is read moves under the offset: what is missing is looked for from
    the beginning again. Raises DestinationError when fewer came than there are.
    """
    seen: set[Hashable] = set()
    total = 0
    for _ in range(PASSES):
        offset, has_more = 0, True
        while has_more:
            items, total = page_at(offset)
            for item in items:
                if key(item) not in seen:
                    seen.add(key(item))
                    yield item
            offset += len(items)
            has_more = bool(items) and offset < total
        if len(seen) >= total:
            return
    raise DestinationError(f"{total} were promised and {len(seen)} came", place, AGAIN)
