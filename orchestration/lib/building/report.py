"""What one dbt call did: a result per node, failures and seconds per layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.lib.errors import TouchlineError

MODEL_KINDS = {"model", "seed", "snapshot"}
FAILED = {"error", "fail", "runtime error", "partial success"}


class BuildError(TouchlineError):
    """A model, a test or the dbt project itself failed."""


@dataclass(frozen=True, kw_only=True)
class NodeResult:
    """What became of one dbt node; `place` is the compiled file, else the source file."""

    unique_id: str
    name: str
    kind: str
    layer: str
    status: str
    message: str
    seconds: float
    failures: int
    place: str

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
        return tuple(node for node in self.nodes if node.status == "warn")

    @property
    def seconds_by_layer(self) -> dict[str, float]:
        """Seconds of work per layer, models and tests alike, in the order of first appearance."""
        seconds: dict[str, float] = {}
        for node in self.nodes:
            seconds[node.layer] = seconds.get(node.layer, 0.0) + node.seconds
        return seconds

    def raise_for_failures(self) -> None:
        """Raise BuildError that names the first failure, its place, and how many more there are."""
        if not self.failures:
            return
        # a model that failed explains the tests that failed with it, so it is named first
        first = min(self.failures, key=lambda node: node.kind not in MODEL_KINDS)
        others = len(self.failures) - 1
        more = f" ({others} more failed)" if others else ""
        raise BuildError(
            f"{first.kind} {first.name} failed: {first.message}{more}",
            first.place,
            "nothing was published; correct the model, the rule row or the data it names, "
            "then run again",
        )


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
