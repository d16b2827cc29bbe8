"""The lake: what Spark reads is what DuckDB has, what it leaves takes the declared types."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.building.project import SPARK
from orchestration.lib.fingerprint import changed_parts, fingerprint
from orchestration.lib.home import open_home
from orchestration.lib.lake.fetching import fetch_marts
from orchestration.lib.lake.filling import fill_lake
from orchestration.lib.lake.places import raw_folder, seed_folder, spark_folder
from orchestration.lib.lake.ready import SparkError, java_version, require_spark
from orchestration.lib.settings import Settings

SOURCES = {"sources": {"source.files.contacts": {"schema": "raw_files", "identifier": "contacts"}}}
OWN_BAND = "employee_band,min_employees,max_employees,rank\nmine,9000,,9\n"
PUBLIC = {
    "nodes": {
        "model.dim_days": {
            "resource_type": "model",
            "schema": "marts",
            "alias": "dim_days",
            "columns": {
                "day": {"data_type": "timestamp"},
                "amount": {"data_type": "decimal(18, 2)"},
            },
            "config": {"contract": {"enforced": True}},
        }
    }
}


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """A home with one raw row and one own rule, written to the lake."""
    (settings.rules / "employee_bands.csv").write_text(OWN_BAND)
    with open_home(settings) as connection:
        connection.execute("create schema raw_files")
        connection.execute(
            "create table raw_files.contacts as select 'c1' as contact_id, null as email, "
            "cast('00000000-0000-0000-0000-000000000001' as uuid) as _key_hash"
        )
    fill_lake(settings, manifest=SOURCES)
    return settings


def rows(path: Path) -> list[tuple]:
    return duckdb.execute("select * from read_parquet(?)", [str(path)]).fetchall()


def test_raw_tables_are_written_without_numbers_spark_cannot_read(filled: Settings) -> None:
    assert rows(raw_folder(filled) / "raw_files" / "contacts.parquet") == [("c1", None)]


def test_rules_are_written_as_they_hold_in_the_home(filled: Settings) -> None:
    path = seed_folder(filled) / "employee_bands.parquet"
    assert [row for row in rows(path) if row[0] == "mine"] == [("mine", 9000, None, 9)]
    assert len(rows(path)) > 1


def test_marts_come_back_in_their_declared_types(settings: Settings) -> None:
    folder = spark_folder(settings) / "marts.db" / "dim_days"
    folder.mkdir(parents=True)
    duckdb.execute(
        "copy (select timestamptz '2026-07-01 10:00:00+00' as day, 1.5 as amount) "
        f"to '{folder / 'part.parquet'}' (format parquet)"
    )
    fetch_marts(settings, manifest=PUBLIC, built={"dim_days"})
    with duckdb.connect(str(settings.marts_build)) as connection:
        found = connection.execute(
            "select typeof(day), typeof(amount), day::varchar from marts.dim_days"
        )
        assert found.fetchall() == [("TIMESTAMP", "DECIMAL(18,2)", "2026-07-01 10:00:00")]


def test_without_java_the_user_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java_version() is None
    with pytest.raises(SparkError, match="openjdk-17"):
        require_spark()


def test_another_engine_is_another_build(settings: Settings) -> None:
    changed = changed_parts(fingerprint(settings), fingerprint(settings, target=SPARK))
    assert changed == ["engine"]
