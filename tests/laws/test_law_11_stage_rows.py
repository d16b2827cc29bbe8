"""Law 11 for stages: a stage is renamed, re-ordered and given another rule by rows alone.

Broken by: the name or place of a stage in a model.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest

from orchestration.lib.building.project import SEEDS
from tests.homes import Home

pytestmark = pytest.mark.slow
TABLES = ("stage_definitions", "stage_rules", "stage_movement_rules")
STAGES = ("stage", "requires_stage", "from_stage", "to_stage")
OLD, NEW = "consideration", "comparing"


def own(table: str, change: Callable[[dict[str, str]], dict[str, str]]) -> str:
    """The shipped rows of a table as a home's own, each changed."""
    rows = list(csv.DictReader((SEEDS / "rules" / f"{table}.csv").read_text().splitlines()))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(row) for row in rows)
    return text.getvalue()


def rebuilt(home: Home, rules: dict[str, str]) -> Home:
    """The home with own rules, and what lies between them and the transitions built once more."""
    home.add_rules(rules)
    home.build_unchecked([*TABLES, *(f"{table}+,+fct_stage_transitions" for table in TABLES)])
    return home


def transitions(home: Home) -> set[tuple[object, ...]]:
    """Every stay of the home: account, moment, from, to, rule, skip, regression, re-entry."""
    with home.marts() as marts:
        rows = marts.execute(
            "select account_id, entered_at, from_stage, stage, rule_id, is_skip, is_regression, "
            "is_reentry from marts.fct_stage_transitions"
        ).fetchall()
    return set(rows)


def test_a_stage_goes_by_another_name(
    built_home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def renamed(row: dict[str, str]) -> dict[str, str]:
        return {
            column: NEW if column in STAGES and text == OLD else text
            for column, text in row.items()
        }

    definitions = own("stage_definitions", renamed) + f"{OLD},20,false,,,,,,false,2,\n"
    rules = {table: own(table, renamed) for table in TABLES[1:]} | {TABLES[0]: definitions}
    home = rebuilt(built_home.copy_to(tmp_path_factory.mktemp("renamed") / "home"), rules)
    before = {
        tuple(NEW if text == OLD else text for text in stay) for stay in transitions(built_home)
    }
    assert transitions(home) == before


def test_a_stage_takes_another_place_and_a_rule_ends(
    built_home: Home, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def moved(row: dict[str, str]) -> dict[str, str]:
        return row | ({"rank": "35"} if row["stage"] == OLD else {})

    def ended(row: dict[str, str]) -> dict[str, str]:
        return row | ({"valid_to": "2000-01-01"} if row["rule_id"] == "decision_b2b_demo" else {})

    rules = {"stage_definitions": own("stage_definitions", moved),
             "stage_rules": own("stage_rules", ended)}  # fmt: skip
    home = rebuilt(built_home.copy_to(tmp_path_factory.mktemp("moved") / "home"), rules)
    before, after = transitions(built_home), transitions(home)
    fell = {stay for stay in before if (stay[2], stay[3]) == ("decision", OLD) and stay[6]}
    assert fell
    assert not {stay for stay in after if (stay[2], stay[3]) == ("decision", OLD) and stay[6]}
    assert {stay for stay in before if stay[4] == "decision_b2b_demo"}
    assert not {stay for stay in after if stay[4] == "decision_b2b_demo"}
