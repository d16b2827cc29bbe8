"""Paths as a Markov chain: their steps counted, and what the macro solves from them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import duckdb

from tests.macros.engines import THIS, macros_on, on_duckdb

END = None


class Path(NamedTuple):
    """Channels in order, without repeats in a row, and whether they led to a conversion."""

    channels: tuple[str, ...]
    is_converted: bool


def collapsed(channels: list[str]) -> tuple[str, ...]:
    return tuple(c for n, c in enumerate(channels) if n == 0 or channels[n - 1] != c)


def steps(paths: list[Path]) -> Counter[tuple[str | None, str | None, bool]]:
    """How often each step was taken: from nowhere, between channels, to the end."""
    return Counter(
        (left, right, path.is_converted)
        for path in paths
        for left, right in zip((END, *path.channels), (*path.channels, END), strict=True)
    )


def solved(paths: list[Path]) -> dict[str, tuple[float, float]]:
    """Channel → removal effect and chance from the start, by the macro."""
    connection = duckdb.connect()
    connection.execute("create schema graph")
    connection.execute(
        "create table graph.steps (model_id varchar, method varchar, conversion_type varchar, "
        "from_channel varchar, to_channel varchar, is_converted boolean, step_count bigint)"
    )
    rows = [("m", "removal_effect", "won", *step, count) for step, count in steps(paths).items()]
    connection.executemany("insert into graph.steps values (?, ?, ?, ?, ?, ?, ?)", rows)
    macros = macros_on(on_duckdb(connection))
    query = macros["channel_removals"]("graph.steps")
    found = connection.execute(query).fetchall()
    for table in ("visits", "parts"):
        connection.execute(macros["drop_removals_scratch"](THIS, table))
    assert connection.execute("select count(*) from duckdb_tables()").fetchall() == [(1,)]
    return {channel: (float(effect), float(chance)) for _, _, channel, effect, chance in found}
