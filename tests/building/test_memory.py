"""Two nodes that do not fit into memory together are built one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from orchestration.lib.building.memory import built_one_by_one

COMMAND = ["build", "--vars", "{}", "--exclude", "tag:x"]
TOO_BIG = "Runtime Error in model a Out of Memory Error: could not allocate block of size 256 KiB"
COMMIT_TOO_BIG = """Runtime Error in model a
  TransactionContext Error: Failed to commit: failed to pin block of size 256.0 KiB (3.7 GiB used)

  Possible solutions:
  * Increasing the memory limit (SET memory_limit='...GB')"""


def result(name: str, status: str, message: str = "") -> SimpleNamespace:
    node = SimpleNamespace(unique_id=f"model.{name}", name=name)
    return SimpleNamespace(node=node, status=status, message=message)


@dataclass
class Dbt:
    """Answers with these results, and keeps what it was asked."""

    results: Sequence[SimpleNamespace] = ()
    asked: list[Sequence[str]] = field(default_factory=list)

    def __call__(self, command: Sequence[str]) -> SimpleNamespace:
        self.asked.append(command)
        return SimpleNamespace(results=self.results)


def told(found: list[SimpleNamespace]) -> dict[str, str]:
    return {one.node.name: one.status for one in found}


def test_what_fits_is_not_asked_for_again() -> None:
    dbt = Dbt()
    first = [result("a", "success"), result("b", "error", "Binder Error"), result("c", "skipped")]
    assert built_one_by_one(dbt, COMMAND, first) == first
    assert dbt.asked == []


@pytest.mark.parametrize("message", [TOO_BIG, COMMIT_TOO_BIG])
def test_what_did_not_fit_and_what_waited_for_it_run_alone(message: str) -> None:
    dbt = Dbt([result("a", "success"), result("c", "success"), result("on-run-start", "success")])
    first = [result("a", "error", message), result("b", "success"), result("c", "skipped")]
    found = built_one_by_one(dbt, [*COMMAND, "--select", "a", "b", "c"], first)
    assert told(found) == {"a": "success", "b": "success", "c": "success"}
    assert dbt.asked == [[*COMMAND, "--threads", "1", "--select", "a", "c"]]


def test_a_node_that_does_not_fit_alone_stays_failed() -> None:
    dbt = Dbt([result("a", "error", TOO_BIG), result("c", "skipped")])
    first = [result("a", "error", TOO_BIG), result("c", "skipped")]
    assert told(built_one_by_one(dbt, COMMAND, first)) == {"a": "error", "c": "skipped"}
    assert len(dbt.asked) == 1
