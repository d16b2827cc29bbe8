"""Generates a whole world: landing files in the standard shape, and the truth beside them."""

from __future__ import annotations

import shutil
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa

from orchestration.lib.errors import TouchlineError

from .ads import ad_table
from .arrays import Columns
from .chunk import bot_events, landing_tables, truth_parts
from .feeds import further, whole_tables
from .landing import Landing
from .life import live
from .messages import make_messages
from .names import pools
from .schema import SHAPES
from .span import Draws, Span
from .writer import Writer

CHUNK_ACCOUNTS = 1000


@dataclass(frozen=True)
class WorldReport:
    """What was written: rows per landing table, the seconds it took, the last day with data."""

    rows: dict[str, int]
    seconds: float
    last_day: date


def generate(
    destination: Path,
    *,
    accounts: int = 1000,
    days: int = 400,
    last_day: date = date(2026, 6, 30),
    seed: int = 7,
    progress: Callable[[str, int, int], None] | None = None,
) -> WorldReport:
    """Write a world of so many accounts and days into `<destination>/landing/files` and
    `<destination>/truth`, replacing what is there.

    The same arguments give the same bytes. `progress` is called with a word, the accounts done
    and all accounts. Raises TouchlineError for a world without accounts or shorter than 60 days,
    and where landing files lie that no world put there.
    """
    started = time.perf_counter()
    landing, truth = destination / "landing" / "files", destination / "truth"
    _check_size(destination, accounts, days)
    _clear(landing, truth)
    span, names = Span.until(last_day, days=days), pools(seed)
    messages = make_messages(span)
    writer = Writer(landing, truth, times_from=_file_times(accounts, days, last_day, seed))
    land = Landing(writer, span)
    draws = Draws(seed, 0)
    ads = ad_table(accounts, span=span, rng=draws.next())
    land.add({"email_messages": messages.table, "ad_days": ads}, draws, at_least_one=True)
    land.restate_ads(ads)
    land.add(whole_tables(span, draws), draws, at_least_one=True)
    for number, first in enumerate(range(0, accounts, CHUNK_ACCOUNTS)):
        count = min(CHUNK_ACCOUNTS, accounts - first)
        draws = Draws(seed, 1 + number)
        life = live(
            first, count, first_number=number << 32, span=span, pools=names, messages=messages,
            draws=draws,
        )  # fmt: skip
        bots = bot_events(life, span=span, draws=draws)
        tables = landing_tables(life, bots, messages=messages, span=span, pools=names, draws=draws)
        land.add(tables, draws, at_least_one=number == 0)
        more = further(life, span=span, draws=draws)
        land.add(more.tables, draws, at_least_one=number == 0)
        for name, columns in truth_parts(life, bots, more, span=span):
            writer.tell(name, columns)
        if progress:
            progress("accounts", first + count, accounts)
    writer.tell("world", _told(accounts, days, last_day, seed))
    land.add_strays()
    land.break_lines()
    writer.close()
    rows = {table: writer.rows.get(table, 0) for table in SHAPES}
    return WorldReport(rows, time.perf_counter() - started, last_day)


def _told(accounts: int, days: int, last_day: date, seed: int) -> Columns:
    """The row of truth/world.csv: the arguments that give this world again."""
    told = {"seed": seed, "accounts": accounts, "days": days, "last_day": str(last_day)}
    return {name: pa.array([value]) for name, value in told.items()}


def _check_size(destination: Path, accounts: int, days: int) -> None:
    if accounts < 1 or days < 60:
        raise TouchlineError(
            f"a world of {accounts} accounts and {days} days is too small",
            str(destination),
            "ask for at least 1 account and 60 days",
        )


def _clear(landing: Path, truth: Path) -> None:
    """Empty folders for a new world; real data, which has no truth beside it, is left alone."""
    folders = [landing / table for table in SHAPES]
    taken = [folder for folder in folders if folder.is_dir() and any(folder.iterdir())]
    if taken and not (truth / "touchpoints.csv").exists():
        raise TouchlineError(
            "there are landing files here that no generated world left",
            str(taken[0]),
            "choose an empty home by TOUCHLINE_HOME, or move the files away",
        )
    for folder in (*folders, truth):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _file_times(*arguments: object) -> int:
    """When the first file seems to have been written: long ago, so that it counts as whole, and
    at another time for other arguments, so that another world is not taken for a seen one."""
    return 1_300_000_000 + zlib.crc32(repr(arguments).encode()) % 200_000_000
