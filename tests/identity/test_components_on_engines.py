"""Both engines find the components that scipy finds: random graphs, chains, stars and giants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from orchestration.lib.lake.session import stop_spark
from tests.identity.contraction import run
from tests.macros.engines import Engine, on_duckdb

PARITY = Path(__file__).parents[1] / "parity"


def graphs(size: int) -> np.ndarray:
    """Graphs side by side, none touching another: pairs of nodes, most of them shuffled.

    Two of random pairs (one falls into many components, one into a giant and its crumbs), a chain
    in order, a chain without, a star, and a giant that a hundred stars and a chain make together.
    """
    chance = np.random.default_rng(7)
    nodes = np.arange(size)
    shuffled = chance.permutation(size)
    hubs = nodes[:100]
    shapes = [
        chance.integers(0, size, (size // 3, 2)),
        chance.integers(0, size, (size, 2)),
        np.stack([nodes[:-1], nodes[1:]], axis=1),
        np.stack([shuffled[:-1], shuffled[1:]], axis=1),
        np.stack([np.full(size - 1, size - 1), nodes[:-1]], axis=1),
        np.concatenate(
            [
                np.stack([chance.choice(hubs, size), nodes], axis=1),
                np.stack([hubs[:-1], hubs[1:]], axis=1),
            ]
        ),
    ]
    pairs = np.concatenate([shape + place * size for place, shape in enumerate(shapes)])
    return chance.permutation(pairs)


def components_of_scipy(pairs: np.ndarray) -> dict[int, int]:
    """Smallest node of the component of every node with an edge to another one."""
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    size = int(pairs.max()) + 1
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    _, component = connected_components(graph, directed=False)
    smallest = np.full(component.max() + 1, size)
    np.minimum.at(smallest, component, np.arange(size))
    return {int(node): int(smallest[component[node]]) for node in np.unique(pairs)}


def with_edges(connection: duckdb.DuckDBPyConnection, pairs: np.ndarray) -> Engine:
    """DuckDB with the pairs as graph.edges."""
    edges = pa.table({"left_node": pairs[:, 0], "right_node": pairs[:, 1]})
    connection.execute("create schema graph")
    connection.register("pairs", edges)
    connection.execute("create table graph.edges as select * from pairs")
    return on_duckdb(connection)


def test_duckdb_finds_the_components_of_scipy() -> None:
    pairs = graphs(60_000)
    assert run(with_edges(duckdb.connect(), pairs)) == components_of_scipy(pairs)


@pytest.fixture
def spark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Spark with the pairs of `graphs(2_000)` as graph.edges, in a session of its own."""
    from pyspark.sql import SparkSession

    monkeypatch.setenv("SPARK_CONF_DIR", str(PARITY))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    stop_spark()
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.sources.default", "parquet")
        .config("spark.sql.warehouse.dir", str(tmp_path / "lake"))
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    session.sql("create schema graph")
    edges = session.createDataFrame(
        [(int(left), int(right)) for left, right in graphs(2_000)],
        "left_node bigint, right_node bigint",
    )
    edges.write.saveAsTable("graph.edges")
    yield Engine(name="spark", rows=lambda sql: [tuple(row) for row in session.sql(sql).collect()])
    session.stop()


# one of the processes that share the tests has Spark
@pytest.mark.shared_home
@pytest.mark.slow
def test_spark_finds_the_components_of_scipy(spark: Engine) -> None:
    assert run(spark) == components_of_scipy(graphs(2_000))
