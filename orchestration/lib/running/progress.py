"""How far a run is, for whoever watches it in the same process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

# (step, detail, number, total); number and total are 0 where they are not known
Listener = Callable[[str, str, int, int], None]
_listeners: list[Listener] = []


def tell(step: str, detail: str, number: int = 0, total: int = 0) -> None:
    """Tell the listeners, if there are any, what is being worked on."""
    for listener in _listeners:
        listener(step, detail, number, total)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Call `listener` on every step told while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)
