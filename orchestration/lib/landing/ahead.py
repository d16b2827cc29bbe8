"""Does the next few of a row of things in threads, while the caller is busy with the one before."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
AT_ONCE = 2


def done_ahead(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    is_large: Callable[[Item], bool],
) -> Iterator[tuple[Item, Future[Result]]]:
    """Each item with the future of its result, in order; a large item is done with no other.

    What a function raises is raised where its result is asked for.
    """
    begun: deque[tuple[Item, Future[Result]]] = deque()
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ahead") as pool:
        for item in items:
            while begun and (len(begun) > AT_ONCE or is_large(item) or is_large(begun[0][0])):
                yield begun.popleft()
            begun.append((item, pool.submit(function, item)))
        while begun:
            yield begun.popleft()
