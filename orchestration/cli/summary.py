"""What a run did, in the figures that people ask for first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orchestration.cli.output import print_facts, print_labelled, screen
from orchestration.cli.tables import print_table

if TYPE_CHECKING:
    from orchestration.lib.building.report import BuildReport
    from orchestration.lib.landing.reports import IngestReport
    from orchestration.lib.syncs.automatic import SyncReport

COUNTED = ("rows_in", "rows_loaded", "rows_duplicate", "rows_quarantined")
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
    asked_keys: dict[str, int] = field(default_factory=dict)
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
            print_labelled(
                "         ",
                f"and {more} more: touchline status, touchline sync history",
                style="dim",
            )
        if self.built:
            screen.print(f"[dim]built, not published[/dim]  {self.built}", soft_wrap=True)
            print_labelled("next", "the same with --publish, to have readers see it", style="dim")
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
        if self.asked_keys:
            kinds = [f"{count:,} of {kind}" for kind, count in self.asked_keys.items()]
            figures["keys asked for"] = ", ".join(kinds)
        if self.tables:
            ways = [f"{count:,} {way}" for way, count in self.tables.items()]
            figures["tables"] = ", ".join(ways)
        return figures | {"seconds": round(self.seconds, 1)}


def ingested(landed: IngestReport) -> dict[str, int]:
    """Files and rows over all raw tables."""
    return {"files": len(landed.files)} | {
        name: sum(getattr(file, name) for file in landed.files) for name in COUNTED
    }


def rejected(landed: IngestReport) -> list[str]:
    """Files set aside whole, each with its reason."""
    return [f"{file.source_file}: {file.reason or ''}" for file in landed.rejected]


def doubts_of_files(landed: IngestReport) -> list[str]:
    """What looks odd in files that were landed."""
    return [f"{file.source_file}: {text}" for file in landed.files for text in file.warnings]


def doubts_of_tests(built: BuildReport) -> list[str]:
    """Tests that warn, each with what to do."""
    return [f"{test.name}: {test.failures:,} rows; to do: {test.remedy}" for test in built.warnings]


def ways_of_tables(built: BuildReport) -> dict[str, int]:
    """How many tables an increment left unchanged, mended in part and built anew."""
    return dict(Counter(node.way for node in built.nodes if node.way))


def seconds_by_layer(built: BuildReport) -> dict[str, float]:
    """Seconds of work per layer, in the order they were built."""
    return {layer: round(seconds, 2) for layer, seconds in built.seconds_by_layer.items()}


def synced(report: SyncReport) -> str:
    """What became of the changes planned for a tool."""
    facts = report.facts()
    return f"{facts['changes']} planned, {facts['accepted']} accepted"
