"""Lift finds the attributes that were planted, and names none in a world without any."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.building.project import SEEDS
from tests.compiles import compiled_models

ATTRIBUTES = {
    "industry": ["software", "logistics", "retail", "media", "food"],
    "country": ["de", "fr", "us", "gb"],
    "employee_band": ["1-9", "50-199", "501-2000"],
}
PLANTED = {("industry", "software"): 0.30, ("employee_band", "1-9"): -0.20}
BASE = 0.30
Account = tuple[dict[str, str], bool]
Lifts = dict[tuple[str, str], tuple[Any, ...]]


def accounts(
    seed: int, planted: dict[tuple[str, str], float], *, count: int = 800
) -> list[Account]:
    """Companies with random attributes, won by the base rate and what is planted."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        values = {name: chance.choice(of) for name, of in ATTRIBUTES.items()}
        rate = BASE + sum(planted.get(item, 0) for item in values.items())
        found.append((values, chance.random() < rate))
    return found


@pytest.fixture(scope="module")
def lifts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Account]], Lifts]:
    """Function: companies in, (n, lift, log_lift, is_finding) of each attribute value out."""
    model = compiled_models(tmp_path_factory.mktemp("icp"), "rpt_icp_lift")["rpt_icp_lift"]
    connection: Any = duckdb.connect()
    connection.execute("attach ':memory:' as warehouse")
    connection.execute("create schema warehouse.rules; create schema warehouse.icp")
    for table in ("statistics_settings", "statistics_bounds"):
        file = SEEDS / "rules" / f"{table}.csv"
        connection.execute(f"create table warehouse.rules.{table} as from '{Path(file)}'")
    columns = (
        "motion text, attribute text, value text, is_won bool, is_decided bool, is_excluded bool"
    )
    connection.execute(f"create table warehouse.icp.int_icp_outcomes_listed ({columns})")

    def lifts_(found: list[Account]) -> Lifts:
        rows = [
            ("b2b", *item, won, True, False) for values, won in found for item in values.items()
        ]
        connection.execute("delete from warehouse.icp.int_icp_outcomes_listed")
        connection.executemany(
            "insert into warehouse.icp.int_icp_outcomes_listed values (?, ?, ?, ?, ?, ?)", rows
        )
        shown = connection.sql(
            f"select attribute, value, n, lift, log_lift, is_finding from ({model.compiled_code})"
        ).fetchall()
        return {(attribute, value): tuple(rest) for attribute, value, *rest in shown}

    return lifts_


def test_planted_attributes_are_found(lifts: Callable[[list[Account]], Lifts]) -> None:
    found = lifts(accounts(1, PLANTED))
    findings = {key for key, row in found.items() if row[3]}
    assert findings >= set(PLANTED)
    assert found["industry", "software"][1] > 1.3
    assert found["employee_band", "1-9"][1] < 0.7
    assert not {key for key in findings if key[0] == "country"}


def test_a_world_without_them_stays_silent(lifts: Callable[[list[Account]], Lifts]) -> None:
    worlds = [lifts(accounts(seed, {})) for seed in range(20)]
    false = [key for found in worlds for key, row in found.items() if row[3]]
    assert len(false) <= 20 * len(ATTRIBUTES) * 0.05 + 2, false


def test_few_companies_are_no_finding(lifts: Callable[[list[Account]], Lifts]) -> None:
    everybody = [({"industry": "rare"}, True)] * 9 + [({"industry": "common"}, False)] * 300
    assert not lifts(everybody)["industry", "rare"][3]


def test_half_of_the_decisions_ranks_the_other_half(
    lifts: Callable[[list[Account]], Lifts],
) -> None:
    world = accounts(7, PLANTED)
    learned = lifts(world[:400])
    scored = sorted(
        (sum(float(learned[item][2] or 0) for item in values.items()), won)
        for values, won in world[400:]
    )
    fifth = len(scored) // 5
    lowest, highest = (sum(won for _, won in part) for part in (scored[:fifth], scored[-fifth:]))
    assert highest >= 2 * lowest
