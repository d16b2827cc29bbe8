"""Randomised contraction finds the components that union-find finds, on any graph."""

from __future__ import annotations

import random
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.identity.contraction import label, run
from tests.macros.engines import NotConvergedError, on_duckdb

node = st.integers(-3, 40)
graphs = st.lists(st.tuples(node, node), max_size=60)


def union_find(edges: list[tuple[int, int]]) -> dict[int, int]:
    """Smallest node of each component, for every node with an edge to another one."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    for left, right in edges:
        if left != right:
            low, high = sorted((root(left), root(right)))
            parent[high] = low
    return {node: root(node) for node in parent}


@settings(max_examples=60, deadline=None)
@given(graphs)
def test_labels_equal_union_find(edges: list[tuple[int, int]]) -> None:
    assert label(edges) == union_find(edges)


@settings(max_examples=15, deadline=None)
@given(graphs, st.randoms(use_true_random=False))
def test_labels_do_not_depend_on_row_order(
    edges: list[tuple[int, int]], chance: random.Random
) -> None:
    shuffled = [pair if chance.random() < 0.5 else pair[::-1] for pair in edges]
    chance.shuffle(shuffled)
    assert label(shuffled) == label(edges)


def shuffled_path(length: int) -> list[tuple[int, int]]:
    nodes = list(range(length))
    random.Random(5).shuffle(nodes)
    return list(pairwise(nodes))


@pytest.mark.parametrize(
    "edges",
    [
        [],
        [(4, 4)],
        [(7, 3), (3, 7), (7, 3)],
        shuffled_path(2_000),
        [(index, index + 1) for index in range(2_000)],
        [(0, leaf) for leaf in range(1, 2_000)],
        [(leaf, 2_000) for leaf in range(2_000)],
        [(row * 40 + column, row * 40 + column + step)
         for row in range(39) for column in range(39) for step in (1, 40)],
    ],
    ids=["empty", "loop", "repeated", "path", "sorted path", "star", "star of the last", "grid"],
)  # fmt: skip
def test_shapes_that_break_other_methods(edges: list[tuple[int, int]]) -> None:
    assert label(edges) == union_find(edges)


def test_a_graph_that_needs_more_rounds_than_allowed_is_an_error() -> None:
    with pytest.raises(NotConvergedError, match="2 rounds"):
        label(shuffled_path(5_000), max_rounds=2)


def test_no_scratch_table_stays() -> None:
    connection = duckdb.connect()
    connection.execute("create schema graph")
    connection.execute("create table graph.edges as select 1 as left_node, 2 as right_node")
    run(on_duckdb(connection))
    assert connection.execute("select table_name from duckdb_tables()").fetchall() == [("edges",)]
