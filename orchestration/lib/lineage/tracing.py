"""Follows one column from model to model down to raw columns, rule rows and constants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from orchestration.lib.lineage.project import Lineage
from orchestration.lib.lineage.reading import ROWS, Origin


@dataclass(frozen=True, kw_only=True)
class Step:
    """A column on the way and what it is made of; `told_above` when its steps came before."""

    origin: Origin
    kind: str
    steps: tuple[Step, ...] = ()
    told_above: bool = False

    @property
    def name(self) -> str:
        """How the column is called on the screen."""
        if self.kind == "constant":
            return self.origin.column.lower() if self.origin.is_null else self.origin.column
        if self.origin.column == ROWS:
            return f"rows of {self.origin.table}"
        return f"{self.origin.table}.{self.origin.column}"

    def facts(self) -> dict[str, Any]:
        """The same for a script."""
        told: dict[str, Any] = {"column": self.name, "kind": self.kind}
        if self.steps:
            told["made_of"] = [step.facts() for step in self.steps]
        return told


def trace(lineage: Lineage, origin: Origin) -> Step:
    """The tree of a column; a column that leads to several others is followed once."""
    return _step(lineage, origin, told=set())


def _step(lineage: Lineage, origin: Origin, *, told: set[Origin]) -> Step:
    kind = lineage.kind(origin.table)
    below = sorted(lineage.origins(origin))
    if origin in told and below:
        return Step(origin=origin, kind=kind, told_above=True)
    told.add(origin)
    steps = tuple(_step(lineage, each, told=told) for each in below)
    return Step(origin=origin, kind=kind, steps=steps)


def leaves(lineage: Lineage, origin: Origin) -> list[Step]:
    """Where a column begins: raw columns, seed columns and constants, each once, sorted.

    Null is told only of a column that begins nowhere else.
    """
    seen = {origin}
    waiting = [origin]
    found: set[Origin] = set()
    while waiting:
        each = waiting.pop()
        below = lineage.origins(each)
        if not below:
            found.add(each)
        waiting += below - seen
        seen |= below
    told = {each for each in found if not each.is_null} or found
    return [Step(origin=each, kind=lineage.kind(each.table)) for each in sorted(told)]
