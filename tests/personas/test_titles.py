"""Every title of titles.csv gets the seniority and department that a reader gives it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.building.project import SEEDS
from orchestration.lib.lookups import titles
from tests.compiles import compiled_models

MODEL = "int_titles_classified"
with Path(__file__).with_name("titles.csv").open(encoding="utf-8") as file:
    CASES = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def classified(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, ...]]:
    """Title → (seniority, department), by the shipped rules through the compiled model."""
    sql = compiled_models(tmp_path_factory.mktemp("titles"), MODEL)[MODEL].compiled_code
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("create schema warehouse.rules; create schema warehouse.lookups")
        rules = SEEDS / "rules" / "title_rules.csv"
        connection.execute(f"create table warehouse.rules.title_rules as from '{rules}'")
        connection.execute("create table warehouse.lookups.titles (title text, parts text)")
        described = [titles.describe(case["title"]) for case in CASES]
        connection.executemany("insert into warehouse.lookups.titles values (?, ?)", described)
        rows = connection.sql(f"select title, seniority, department from ({sql})").fetchall()
    return {title: found for title, *found in rows}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_title_says_what_a_reader_sees(
    classified: dict[str, tuple[Any, ...]], case: dict[str, str]
) -> None:
    seniority, department = classified.get(case["title"], (None, None))
    assert (seniority or "unknown", department or "") == (case["seniority"], case["department"])


def test_there_are_titles_of_many_languages_and_scripts() -> None:
    assert len(CASES) >= 60
    assert sum(not case["title"].isascii() for case in CASES) >= 20
