"""`make bench`: the product against the bare work: ratios, memory, what one more day costs.

Each step runs in a process of its own. Ratios are of one machine and one moment; seconds are wall
time. The marts of the day are held against a rebuild, row for row. A world of a few accounts goes
first: what a step costs there is its start-up. Writes `bench.json`, `bench.md` and `bench.svg`
into a folder after each scale. What attribution alone costs: `python -m tests.bench.attribution`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from orchestration.lib.settings import Settings
from orchestration.lib.world import generate
from tests.bench.next_day import add_next_day
from tests.bench.picture import cost_over_scale
from tests.bench.processes import Step, python, touchline
from tests.bench.table import layers_table, steps_table
from tests.homes import differing_files

LAST_DAY = date(2026, 6, 30)
ACCOUNTS_PER_MILLION = 11_300
FEW_ACCOUNTS = 20


def main() -> None:
    """Measure every scale asked for; print and write tables and the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--millions", type=float, nargs="+", default=[0.2], help="web events, in millions"
    )
    parser.add_argument("--folder", type=Path, default=Path("data/bench"))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    measured: dict[int, list[Step]] = {}
    told: list[str] = []
    scales = [round(millions * ACCOUNTS_PER_MILLION) for millions in arguments.millions]
    for accounts in [FEW_ACCOUNTS, *scales]:
        events, steps, differing = measure(accounts)
        measured[events] = steps
        start_up = next(iter(measured.values()))
        equal = f"Rows of the day's marts that a rebuild has not: {differing or 'none'}."
        tables = [steps_table(steps, start_up), layers_table(steps)]
        told += [f"## {events:,} web events", *tables, equal]
        print("\n\n".join(told[-4:]), flush=True)
        _write(arguments.folder, measured, told)
    print(f"\nwritten to {arguments.folder}: bench.md, bench.json, bench.svg")


def _write(folder: Path, measured: dict[int, list[Step]], told: list[str]) -> None:
    facts = {events: [asdict(step) for step in steps] for events, steps in measured.items()}
    (folder / "bench.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    (folder / "bench.md").write_text("\n\n".join(told) + "\n", encoding="utf-8")
    (folder / "bench.svg").write_text(cost_over_scale(measured), encoding="utf-8")


def measure(accounts: int) -> tuple[int, list[Step], dict[str, int]]:
    """The web events of a generated world, what each step took, and marts unlike those rebuilt."""
    folder = Path(tempfile.mkdtemp(prefix="touchline-bench-"))
    home = folder / "home"
    try:
        world = generate(home, accounts=accounts, last_day=LAST_DAY)
        bare = python(
            "bare DuckDB work",
            ["-m", "tests.bench.bare", str(home / "landing"), str(folder / "bare")],
        )
        (folder / "bare").unlink()
        today, tomorrow = ((LAST_DAY + timedelta(days=n)).isoformat() for n in (1, 2))
        full = touchline("full run", home, "run", "--as-of", today)
        idle = touchline("nothing new", home, "run", "--as-of", today)
        add_next_day(home, LAST_DAY)
        day = touchline("one more day", home, "run", "--as-of", tomorrow)
        built, kept = Settings(home=home).marts_build, folder / "kept.duckdb"
        shutil.copy(built, kept)
        rebuilt = touchline("rebuilt", home, "build", "--full-refresh", "--as-of", tomorrow)
        differing = differing_files(kept, built)
        return world.rows["web_events"], [bare, full, day, idle, rebuilt], differing
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
