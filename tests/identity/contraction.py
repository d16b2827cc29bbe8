"""Runs label_components and part_components on an engine, without dbt around them."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from tests.macros.engines import THIS, Engine, macros_on, on_duckdb

Edges = Iterable[tuple[int, int]]


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
