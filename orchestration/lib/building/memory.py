"""What is built again, one node at a time, because two at once did not fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from orchestration.lib.building.report import FAILED

# a commit that does not fit comes as an error of its transaction, with the same advice
OUT_OF_MEMORY = ("Out of Memory Error", "SET memory_limit")
SKIPPED = "skipped"
Call = Callable[[Sequence[str]], Any]


def built_one_by_one(call: Call, command: Sequence[str], results: Iterable[Any]) -> list[Any]:
    """The results of a dbt command; what did not fit into memory, and what was skipped for it, is
    asked for again on one thread, where a node has all the memory there is.

    A node that does not fit then either stays failed.
    """
    told = {result.node.unique_id: result for result in results}
    if not any(_did_not_fit(result) for result in told.values()):
        return list(told.values())
    again = [result for result in told.values() if _did_not_fit(result) or _is_skipped(result)]
    names = sorted({result.node.name for result in again})
    outcome = call([*_without_selection(command), "--threads", "1", "--select", *names])
    wanted = {result.node.unique_id for result in again}
    told |= {
        result.node.unique_id: result
        for result in outcome.results
        if result.node.unique_id in wanted
    }
    return list(told.values())


def _did_not_fit(result: Any) -> bool:
    message = result.message or ""
    return str(result.status) in FAILED and any(mark in message for mark in OUT_OF_MEMORY)


def _is_skipped(result: Any) -> bool:
    return str(result.status) == SKIPPED


def _without_selection(command: Sequence[str]) -> Sequence[str]:
    """The command without `--select` and its names, which end it."""
    return command[: command.index("--select")] if "--select" in command else command
