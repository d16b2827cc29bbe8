"""Counts what was found and what was claimed, against the goals of the design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.lib.explain.reading import as_rows
from orchestration.lib.measuring.identities import ACCOUNTS, PERSONS
from orchestration.lib.measuring.measures import Measure
from orchestration.lib.measuring.records import (
    BOTS,
    CHANNELS,
    DUPLICATES,
    MACHINE_CLICKS,
    MACHINE_OPENS,
    VISITS,
)

MEASURES: Sequence[Measure] = (
    PERSONS, ACCOUNTS, DUPLICATES, VISITS, CHANNELS, BOTS, MACHINE_OPENS, MACHINE_CLICKS,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One measure with its counts: true things and those found, claims and those right."""

    measure: Measure
    true: int
    found: int
    claimed: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of the claims that are right; None without a claim."""
        return self.right / self.claimed if self.claimed else None

    @property
    def recall(self) -> float | None:
        """Share of the true things that were found; None where there are none."""
        return self.found / self.true if self.true else None

    @property
    def holds(self) -> bool:
        """Whether neither share is below its goal."""
        return (
            (self.precision is None or self.precision >= self.measure.precision_goal)
            and (self.recall is None or self.recall >= self.measure.recall_goal)
        )  # fmt: skip

    def row(self) -> dict[str, Any]:
        """The line of a report."""
        return {
            "measure": self.measure.name,
            "true": self.true,
            "found": self.found,
            "claimed": self.claimed,
            "right": self.right,
            "precision": _share(self.precision),
            "precision_goal": self.measure.precision_goal,
            "recall": _share(self.recall),
            "recall_goal": self.measure.recall_goal,
            "holds": self.holds,
            "counts": self.measure.counts,
        }


def measure(connection: duckdb.DuckDBPyConnection) -> list[Measured]:
    """Every measure over marts and truth that one connection sees (see `open_measured`)."""
    return [_measured(connection, entry) for entry in MEASURES]


def world_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Seed, accounts, days and last day of the generated world."""
    return as_rows(connection.execute("from truth_world"))[0]


def _measured(connection: duckdb.DuckDBPyConnection, entry: Measure) -> Measured:
    true, found, claimed, right = connection.execute(entry.query).fetchall()[0]
    return Measured(measure=entry, true=true, found=found, claimed=claimed, right=right)


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
