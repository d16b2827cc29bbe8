"""`make bench`: prints ratios of the product to the bare work, peak memory, the cost of a new day.

Each step runs in a process of its own; seconds are wall time, memory is that process's peak.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from orchestration.lib.world import generate

LAST_DAY = date(2026, 6, 30)
ONE_MORE_DAY = """
copy (
    select
        * replace (
            event_id || '-next' as event_id,
            strftime(try_cast(occurred_at as timestamp) + interval 1 day, '%Y-%m-%dT%H:%M:%SZ')
                as occurred_at
        )
    from read_parquet('{source}')
    where try_cast(occurred_at as timestamp) >= timestamp '{day}'
) to '{target}' (format parquet)
"""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One measured process."""

    name: str
    seconds: float
    peak_mb: int


def main() -> None:
    """Measure, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=2000)
    accounts = parser.parse_args().accounts
    with tempfile.TemporaryDirectory(prefix="touchline-bench-") as folder:
        home = Path(folder) / "home"
        world = generate(home, accounts=accounts, last_day=LAST_DAY)
        print(f"{accounts:,} accounts, {sum(world.rows.values()):,} rows, "
              f"{world.rows['web_events']:,} web events", flush=True)  # fmt: skip
        bare = measured(
            "bare DuckDB work", ["-m", "tests.bench.bare", home / "landing", f"{folder}/bare"]
        )
        full = measured("full run", touchline(LAST_DAY), home)
        idle = measured("run with nothing new", touchline(LAST_DAY), home)
        add_one_day(home)
        day = measured("one more day", touchline(LAST_DAY + timedelta(days=1)), home)
        report(bare, [bare, full, idle, day], full)


def touchline(last_day: date) -> list[str]:
    """A run as of the end of a day."""
    command = "from orchestration.cli import app; app()"
    return ["-c", command, "run", "--as-of", (last_day + timedelta(days=1)).isoformat()]


def add_one_day(home: Path) -> None:
    """Land a file with the last day's web events, one day later."""
    folder = home / "landing" / "files" / "web_events"
    source = max(folder.glob("????-??.parquet"))
    target = folder / "next-day.parquet"
    duckdb.execute(ONE_MORE_DAY.format(source=source, target=target, day=LAST_DAY))
    long_ago = time.time() - 60
    os.utime(target, (long_ago, long_ago))


def measured(name: str, arguments: list, home: Path | None = None) -> Step:
    """Run Python with some arguments in a new process and wait for it; a failure ends the bench."""
    environment = os.environ | ({"TOUCHLINE_HOME": str(home)} if home else {})
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{name} failed")
    return Step(name=name, seconds=time.monotonic() - began, peak_mb=usage.ru_maxrss // 1024)


def report(bare: Step, steps: list[Step], full: Step) -> None:
    """One line per step: ratio to the bare work, share of the full run, memory, seconds."""
    print(f"{'':22}{'x bare':>8}{'of full':>9}{'peak MB':>9}{'seconds':>9}")
    for step in steps:
        print(
            f"{step.name:22}{step.seconds / bare.seconds:8.1f}{step.seconds / full.seconds:9.0%}"
            f"{step.peak_mb:9,}{step.seconds:9.1f}"
        )


if __name__ == "__main__":
    main()
