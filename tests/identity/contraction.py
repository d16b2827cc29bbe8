"""Runs label_components and part_components on an engine, without dbt around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import duckdb
from jinja2 import Environment

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros"
FILES = (
    "dialect/hash_number.sql",
    "dialect/min_max_by.sql",
    "identity/contraction_steps.sql",
    "identity/label_components.sql",
    "identity/parting_steps.sql",
    "identity/part_components.sql",
    "dialect/whole_numbers.sql",
    "attribution/channel_removals.sql",
    "attribution/markov_steps.sql",
    "attribution/markov_products.sql",
    "attribution/markov_ends.sql",
    "attribution/removal_effects.sql",
)
MACRO = re.compile(r"\{% macro .*?endmacro -?%\}", re.DOTALL)
Edges = Iterable[tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Answers a query with its rows; `name` is that of its macros in `macros/dialect`."""

    name: str
    rows: Callable[[str], list[Any]]


def on_duckdb(connection: duckdb.DuckDBPyConnection) -> Engine:
    """DuckDB, on a connection of its own."""
    return Engine(name="duckdb", rows=lambda sql: connection.execute(sql).fetchall())


class NotConvergedError(Exception):
    """The macro gave up after its last round."""


class _Returned(Exception):  # noqa: N818 - control flow of dbt's `return`, no error
    """Carries what a macro returns to its caller."""


def label(edges: Edges, *, max_rounds: int = 40) -> dict[int, int]:
    """Component of every node of the graph that has an edge to another one."""
    connection = duckdb.connect()
    connection.execute("create schema graph")
    connection.execute("create table graph.edges (left_node bigint, right_node bigint)")
    rows = list(edges)
    if rows:
        connection.executemany("insert into graph.edges values (?, ?)", rows)
    return run(on_duckdb(connection), max_rounds=max_rounds)


def run(engine: Engine, *, max_rounds: int = 40) -> dict[int, int]:
    """The same for the table graph.edges of an engine; no scratch table stays."""
    macros = macros_on(engine)
    query = macros["label_components"]("graph.edges", max_rounds)
    labels = dict(engine.rows(query))
    engine.rows(macros["drop_component_scratch"](THIS))
    return labels


def part(
    edges: Edges, partings: Iterable[Iterable[int]], *, max_rounds: int = 100
) -> dict[int, int]:
    """Component of every node of a graph after it was parted; each parting lists its anchors."""
    connection = duckdb.connect()
    connection.execute("create schema graph")
    connection.execute(
        "create table graph.edges (group_node bigint, left_node bigint, right_node bigint)"
    )
    connection.execute(
        "create table graph.anchors (parting_id varchar, group_node bigint, node bigint)"
    )
    if rows := [(1, *edge) for edge in edges]:
        connection.executemany("insert into graph.edges values (?, ?, ?)", rows)
    if anchors := [(str(n), 1, node) for n, nodes in enumerate(partings) for node in nodes]:
        connection.executemany("insert into graph.anchors values (?, ?, ?)", anchors)
    macros = macros_on(on_duckdb(connection))
    query = macros["part_components"]("graph.edges", "graph.anchors", max_rounds)
    labels = dict(connection.execute(query).fetchall())
    connection.execute(macros["drop_component_scratch"](THIS))
    left = connection.execute("select count(*) from duckdb_tables()").fetchall()
    assert left == [(2,)], "no scratch table stays"
    return labels


THIS = SimpleNamespace(schema="graph", identifier="labels")


def macros_on(engine: Engine) -> dict[str, Callable[..., Any]]:
    """Every macro by name; each a template of its own that knows the others by name, as in dbt."""
    texts = {
        text.split("(")[0].split()[-1]: text
        for file in FILES
        for text in MACRO.findall((MACROS / file).read_text())
    }
    environment = Environment(extensions=["jinja2.ext.do"])
    macros = {name: _macro(environment, name, text) for name, text in texts.items()}
    environment.globals |= macros | {
        "is_idle": lambda: False,
        "this": THIS,
        "return": _return,
        "run_query": lambda sql: SimpleNamespace(rows=engine.rows(sql)),
        "exceptions": SimpleNamespace(raise_compiler_error=_give_up),
        "adapter": SimpleNamespace(dispatch=lambda name: macros[f"{engine.name}__{name}"]),
    }
    return macros


def _macro(environment: Environment, name: str, text: str) -> Callable[..., Any]:
    @cache
    def body() -> Callable[..., Any]:
        return getattr(environment.from_string(text).module, name)

    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return body()(*arguments, **named)
        except _Returned as returned:
            return returned.args[0]

    return call


def _return(value: Any) -> NoReturn:
    raise _Returned(value)


def _give_up(message: str) -> NoReturn:
    raise NotConvergedError(message)
