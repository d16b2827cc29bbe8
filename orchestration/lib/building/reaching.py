"""What is reached in dbt's graph, downwards by its child map or upwards by its parent map."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def reached_from(starts: Collection[str], neighbours: Mapping[str, Collection[str]]) -> set[str]:
    """The starts and all that can be reached from them."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        new = set(neighbours.get(waiting.pop(), ())) - reached
        reached |= new
        waiting += new
    return reached
