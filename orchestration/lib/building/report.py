"""What one dbt call did: a result per node, failures and seconds per layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.lib.errors import TouchlineError

MODEL_KINDS = {"model", "seed", "snapshot"}
WARNED = "warn"
# what an increment says it did with a table, see macros/increments, and in words
WAYS = {"skip": "unchanged", "slice": "in part", "whole": "anew"}
FAILED = {"error", "fail", "runtime error", "partial success"}
FAILURES_TOLD = 5
OF_A_MODEL = "correct the model, the rule row or the data it names"


class BuildError(TouchlineError):
    """A model, a test or the dbt project itself failed."""


@dataclass(frozen=True, kw_only=True)
class NodeResult:
    """What became of one dbt node; `place` is the compiled file, else the source file.

    `remedy` says what to do about a test that found rows; it is empty for all else.
    """

    unique_id: str
    name: str
    kind: str
    layer: str
    status: str
    message: str
    seconds: float
    failures: int
    place: str
    remedy: str = ""

    @property
    def way(self) -> str | None:
        """How an increment brought the table up to date, in words; null in a full build."""
        return WAYS.get(self.message)

    @property
    def warned(self) -> bool:
        """True for a test of severity warn that found rows."""
        return self.status == WARNED

    @property
    def failed(self) -> bool:
        """True for a model that could not be built and for a test of severity error that failed."""
        return self.status in FAILED


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """All nodes of one dbt call, in the order they ended, and its wall time in seconds."""

    nodes: tuple[NodeResult, ...]
    seconds: float
    full_refresh: bool

    @property
    def failures(self) -> tuple[NodeResult, ...]:
        """Nodes that stop a publication."""
        return tuple(node for node in self.nodes if node.failed)

    @property
    def warnings(self) -> tuple[NodeResult, ...]:
        """Tests of severity warn that found rows."""
        return tuple(node for node in self.nodes if node.warned)

    @property
    def seconds_by_layer(self) -> dict[str, float]:
        """Seconds of work per layer, models and tests alike, in the order of first appearance."""
        seconds: dict[str, float] = {}
        for node in self.nodes:
            if node.kind in {*MODEL_KINDS, "test"}:
                seconds[node.layer] = seconds.get(node.layer, 0.0) + node.seconds
        return seconds

    def raise_for_failures(self) -> None:
        """Raise BuildError that names the first failure, its place and remedy, then the others."""
        if not self.failures:
            return
        # a model that failed explains the tests that failed with it, so it is named first
        first, *others = sorted(self.failures, key=lambda node: node.kind not in MODEL_KINDS)
        more = f" ({len(others)} more failed)" if others else ""
        raise BuildError(
            f"{first.kind} {first.name} failed: {first.message}{more}",
            first.place,
            f"nothing was published; {first.remedy or OF_A_MODEL}; then run again",
            also=tuple(_in_a_line(node) for node in others[:FAILURES_TOLD]),
        )


def _in_a_line(node: NodeResult) -> str:
    """A further failure with what to do about it."""
    return f"{node.kind} {node.name}: {node.message}; to do: {node.remedy or OF_A_MODEL}"


def layer_of(names: Sequence[str]) -> str:
    """The layer in a dbt name path: the folder, and below `intermediate` the folder in it."""
    folders = names[1:-1]
    if not folders:
        return "project"
    return folders[1] if folders[0] == "intermediate" and len(folders) > 1 else folders[0]


def plain(message: str) -> str:
    """A dbt message in one line, without the lines that only repeat the place."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("compiled code at", ">"))]
    return " ".join(kept)[:600]
