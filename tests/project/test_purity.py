"""A build is a function of inputs and as_of; decisions are rows; engines differ in one folder."""

from __future__ import annotations

import csv
import re

import pytest

from orchestration.lib.building.project import REPOSITORY
from orchestration.lib.rules import rule_tables
from tests.project.conftest import Model
from tests.project.test_portability import ENGINE_FOLDERS

MACROS = REPOSITORY / "dbt_project" / "macros"
CLOCKS = re.compile(r"\b(current_timestamp|current_date|(now|getdate|random|uuid)\s*\()", re.I)
# Words that are values of a rule table and also plain words of the warehouse's own vocabulary.
PLAIN_WORDS = {
    "email": "also an identifier type and a contact channel",
    "order": "also a table's name",
    **dict.fromkeys(("email_complained", "email_replied", "email_unsubscribed"), "also a measure"),
    "order_placed": "also a moment of a person",
    "lead": "also a record of a CRM, and what its channel rules look at",
    "opportunity": "also a record of a CRM, and the evidence of its facts",
    "renewal": "also a type of deal, as the CRM says",
}
VOCABULARY = {
    "stage_definitions": "stage",
    "segment_definitions": "segment_id",
    "icp_criteria": "criterion_id",
    "icp_tiers": "icp_tier",
    "kpi_definitions": "kpi_id",
    "channels": "channel",
    "attribution_models": "model_id",
    "conversion_rules": "conversion_type",
    "touchpoint_types": "touchpoint_type",
    "journey_rules": "journey_type",
}


def without_comments(sql: str) -> str:
    return re.sub(r"\{#.*?#\}|--[^\n]*", "", sql, flags=re.S)


def test_as_of_is_read_in_today_alone(models: dict[str, Model]) -> None:
    wrong = [
        str(model.path)
        for model in models.values()
        if re.search(r"\bas_of\(\)", without_comments(model.sql))
        and model.path.parts[:2] != ("intermediate", "today")
    ]
    assert wrong == [], "what depends on today's date belongs to intermediate/today"
    assert [
        str(model.path)
        for model in models.values()
        if "before_as_of" in model.sql and model.layer != "unified"
    ] == []


def test_no_wall_clock_and_no_chance(models: dict[str, Model]) -> None:
    files = {str(model.path): model.sql for model in models.values()}
    files |= {path.name: path.read_text() for path in MACROS.rglob("*.sql")}
    wrong = [name for name, sql in files.items() if CLOCKS.search(without_comments(sql))]
    assert wrong == [], "\n".join(wrong)


def test_what_stands_at_a_moment_or_an_amount_has_a_tie_to_break(models: dict[str, Model]) -> None:
    texts = {str(model.path): model.sql for model in models.values()}
    texts |= {path.name: path.read_text(encoding="utf-8") for path in MACROS.rglob("*.sql")}
    wrong = [
        f"{name}: {call}"
        for name, text in texts.items()
        for call in re.findall(r"\{\{ (?:min|max)_by\((.*?)\) \}\}", text, flags=re.S)
        if re.search(r"(_at|_date|amount)\b", call) and "tie=" not in call
    ]
    assert wrong == [], "two rows may have the same: which of them is told must not be chance"


def test_engine_differences_live_in_dialect(models: dict[str, Model]) -> None:
    assert [str(m.path) for m in models.values() if "target.type" in m.sql] == []
    wrong = [
        str(path.relative_to(MACROS))
        for path in MACROS.rglob("*.sql")
        if ("adapter.dispatch" in path.read_text() or "target.type" in path.read_text())
        and path.parent.name not in ENGINE_FOLDERS
    ]
    assert wrong == [], "\n".join(wrong)


def test_models_name_no_schema_and_skip_no_null_order(models: dict[str, Model]) -> None:
    wrong = [
        str(model.path)
        for model in models.values()
        if re.search(r"\b(from|join)\s+\w+\.\w+", without_comments(model.sql), re.I)
    ]
    assert wrong == [], "read relations by ref() and source()"
    assert [str(m.path) for m in models.values() if re.search(r"\bqualify\b", m.sql, re.I)] == []


@pytest.fixture(scope="session")
def vocabulary() -> dict[str, str]:
    """Value of a business decision → the rule table that owns it."""
    words = {}
    for table, column in VOCABULARY.items():
        with rule_tables()[table].path.open(encoding="utf-8") as file:
            words |= {row[column]: table for row in csv.DictReader(file)}
    return {word: table for word, table in words.items() if word and word not in PLAIN_WORDS}


def test_no_business_decision_is_a_literal(
    models: dict[str, Model], vocabulary: dict[str, str]
) -> None:
    files = {
        str(model.path): model.sql
        for model in models.values()
        if model.layer not in ("staging",)
    }  # fmt: skip
    files |= {path.name: path.read_text() for path in MACROS.rglob("*.sql")}
    wrong = [
        f"{name}: '{word}' is a value of {vocabulary[word]}; let a row decide"
        for name, sql in files.items()
        for word in sorted(set(re.findall(r"'([a-z0-9_]+)'", without_comments(sql))))
        if word in vocabulary
    ]
    assert wrong == [], "\n".join(wrong)
