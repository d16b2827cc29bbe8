"""What a run did, in the figures that people ask for first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from orchestration.cli.executing import JobOutcome
from orchestration.cli.output import print_facts, print_labelled, screen
from orchestration.cli.tables import print_table

COUNTED = ("files", "rows_in", "rows_loaded", "rows_duplicate", "rows_quarantined")
TOLD = {"dim_accounts": "accounts", "dim_persons": "persons", "fct_touchpoints": "touchpoints"}
DOUBTS_SHOWN = 8


@dataclass(kw_only=True)
class RunSummary:
    """The closing words of a run."""

    reason: str
    as_of: str
    nothing_new: bool = False
    landed: dict[str, int] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    segments: dict[str, int] = field(default_factory=dict)
    synced: dict[str, str] = field(default_factory=dict)
    layers: dict[str, float] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0
    path: str | None = None
    built: str | None = None

    def facts(self) -> dict[str, Any]:
        """Everything, for a script."""
        return vars(self)

    def show(self) -> None:
        """Everything, for a person."""
        screen.print(f"[bold]{self.reason}[/bold]")
        if not self.nothing_new:
            print_facts(self._figures())
            rows = [{"layer": name, "seconds": value} for name, value in self.layers.items()]
            if rows:
                screen.print()
                print_table(rows)
        for line in self.rejected:
            print_labelled("set aside", line, style="red")
        for line in self.warnings[:DOUBTS_SHOWN]:
            print_labelled("warning  ", line, style="yellow")
        if len(self.warnings) > DOUBTS_SHOWN:
            more = len(self.warnings) - DOUBTS_SHOWN
            print_labelled("         ", f"and {more} more: touchline status", style="dim")
        if self.built:
            screen.print(f"[dim]built, not published[/dim]  {self.built}", soft_wrap=True)
        if self.path:
            screen.print(f"\n[green]readers open[/green]  {self.path}", soft_wrap=True)

    def _figures(self) -> dict[str, Any]:
        figures: dict[str, Any] = {
            "rows in": self.landed.get("rows_in", 0),
            "quarantined": self.landed.get("rows_quarantined", 0),
        }
        figures |= {
            word: self.published[f"marts.{table}"]
            for table, word in TOLD.items()
            if f"marts.{table}" in self.published
        }
        figures |= {f"rows for {name}": rows for name, rows in self.segments.items()}
        figures |= {f"changes at {name}": words for name, words in self.synced.items()}
        if self.tables:
            ways = [f"{count:,} {way}" for way, count in self.tables.items()]
            figures["tables"] = ", ".join(ways)
        return figures | {"seconds": round(self.seconds, 1)}


def ingested(outcome: JobOutcome) -> dict[str, int]:
    """Files and rows over all raw tables."""
    return {
        name: sum(int(asset[name]) for asset in outcome.assets.values() if "rows_in" in asset)
        for name in COUNTED
    }


def exported(outcome: JobOutcome) -> dict[str, int]:
    """Rows written per destination."""
    return {
        key.removeprefix("outbox/"): int(asset["rows"])
        for key, asset in outcome.assets.items()
        if key.startswith("outbox/") and "rows" in asset
    }


def synced(outcome: JobOutcome) -> dict[str, str]:
    """What became of the changes planned per tool."""
    return {
        key.removeprefix("outbox/"): f"{asset['changes']} planned, {asset['accepted']} accepted"
        for key, asset in outcome.assets.items()
        if key.startswith("outbox/") and "changes" in asset
    }


def ways_of_tables(outcome: JobOutcome) -> dict[str, int]:
    """How many tables an increment left unchanged, mended in part and built anew."""
    return dict(Counter(str(asset["way"]) for asset in outcome.assets.values() if "way" in asset))


def seconds_by_layer(outcome: JobOutcome) -> dict[str, float]:
    """Seconds of work on models per layer, in the order they were built."""
    seconds: dict[str, float] = {}
    for key, asset in outcome.assets.items():
        if "seconds" in asset:
            layer = key.split("/")[0]
            seconds[layer] = round(seconds.get(layer, 0.0) + asset["seconds"], 2)
    return seconds
