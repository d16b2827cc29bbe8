"""Law 4: DuckDB and Spark give the same marts, row for row, and the same publisher takes both."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.building import build, read_manifest
from orchestration.lib.building.project import SPARK
from orchestration.lib.publishing import open_published, publish
from tests.homes import Home, differing_tables, public_tables

HERE = Path(__file__).parent
# The small world passes every check of a raw batch.
MAY_BE_EMPTY = {
    "observability.rpt_raw_doubts",
    # the history of a home that was published more than once
    "observability.rpt_rule_effects",
    # nothing was ever synced
    "activation.rpt_sync_runs",
    "activation.sync_segment_changes",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spark_home(built_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small world of the other tests, built by Spark from the same raw rows.

    Data tests are left out: they hold where the marts are those that passed them.
    """
    home = built_home.copy_to(tmp_path_factory.mktemp("spark") / "home")
    home.settings.marts_build.unlink()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_CONF_DIR", str(HERE))
        report = build(home.settings, as_of=home.as_of, target=SPARK, data_tests=False)
    report.raise_for_failures()
    return home


def test_every_mart_has_the_same_rows_on_both_engines(built_home: Home, spark_home: Home) -> None:
    with built_home.marts() as duckdb_marts, spark_home.marts() as spark_marts:
        assert public_tables(spark_marts) == public_tables(duckdb_marts)
    assert differing_tables(built_home, spark_home) == {}


def test_no_mart_is_empty_in_the_comparison(spark_home: Home) -> None:
    with spark_home.marts() as marts:
        empty = [
            table
            for table in public_tables(marts)
            if table not in MAY_BE_EMPTY
            and not marts.execute(f"select count(*) from {table}").fetchone()[0]
        ]
    assert empty == [], "a comparison of nothing with nothing: let the world fill it"


def test_what_spark_built_is_published_like_any_build(spark_home: Home) -> None:
    settings = spark_home.settings
    manifest = read_manifest(settings, target=SPARK)
    published = publish(settings, manifest=manifest, as_of=spark_home.as_of)
    with spark_home.marts() as marts, open_published(settings) as current:
        assert public_tables(marts) == [
            table for table in public_tables(current) if table in published.rows
        ]


def test_nothing_is_written_beside_the_home(spark_home: Home) -> None:
    left = {"metastore_db", "derby.log", "spark-warehouse", "artifacts"}
    assert [name for name in left if Path(name).exists()] == []
