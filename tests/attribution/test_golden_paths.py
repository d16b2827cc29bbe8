"""Golden paths: small paths whose credits under the shipped models were worked out by hand.

`golden_paths.csv` tells each path, `golden_credits.csv` what its touchpoints must earn, to the
billionth and the cent. Moments are relative to one instant: `-30d-1s`, `+1us`, `0`.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.rules import rule_tables
from tests.laws.credits_warehouse import Credit, Warehouse, compiled_warehouse

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC).replace(tzinfo=None)
UNITS = {"d": "days", "s": "seconds", "us": "microseconds"}
CONVERSIONS = "attribution.int_conversions_unioned"
TOUCHPOINTS = "touchpoints.int_touchpoints_resolved"
Row = dict[str, Any]
# besides the shipped ones: what a campaign and a channel of it are worth to `custom`
WEIGHTS: list[Row] = [
    {"rule_id": "spam", "model_id": "custom", "campaign_id": "spam", "weight": 0},
    {"rule_id": "post", "model_id": "custom", "channel": "post", "weight": 4},
    {"rule_id": "mailing", "model_id": "custom", "campaign_id": "mailing", "weight": 1},
]
# (case, model) → its credits: touchpoint or none, credit, amount
Credited = dict[tuple[str, str], list[Credit]]


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


PATHS = {row["case"]: row for row in table("golden_paths.csv")}
EXPECTED = [
    (row, model) for row in table("golden_credits.csv") for model in row["models"].split("|")
]


def parts(column: str) -> list[tuple[str, str]]:
    """(case, one of the `;`-separated texts of a column)."""
    return [
        (case, part.strip())
        for case, path in PATHS.items()
        for part in path[column].split(";")
        if part.strip()
    ]


def moment(text: str) -> datetime:
    """Instant of `-30d-1s`: parts with sign and unit, added to NOW."""
    found = re.findall(r"([+-]\d+)(d|us|s)", text)
    return NOW + sum((timedelta(**{UNITS[unit]: int(n)}) for n, unit in found), timedelta())


def options(words: list[str]) -> dict[str, str]:
    return dict(word.split("=") for word in words)


def conversion(case: str, text: str) -> Row:
    """The conversion of a path; its account is the case unless it names one."""
    conversion_type, at, *words = text.split()
    told = options(words)
    account = told.get("account", case)
    return {
        "conversion_id": case,
        "conversion_type": conversion_type,
        "evidence_type": "deal",
        "evidence_id": f"{case}_deal",
        "touchpoint_id": told.get("touch"),
        "amount": told.get("amount"),
        "occurred_at": moment(at),
        "account_id": account,
        "person_id": told.get("person", f"{case}_person"),
        "path_owner_id": told.get("owner", account),
        "motion": told.get("motion"),
        "journey_opened_at": moment(told["journey"]) if "journey" in told else None,
    }


def anchor(case: str, text: str) -> Row:
    """Another conversion of the same account: of its own evidence, or a deal's."""
    conversion_type, at, *words = text.split()
    told = options(words)
    deal = told.get("deal", "deal")
    return conversion(case, f"{conversion_type} {at}") | {
        "touchpoint_id": f"{case}_{told['touch']}" if "touch" in told else None,
        "conversion_id": f"{case}_{conversion_type}_{at}",
        "evidence_id": f"{case}_{deal if conversion_type == 'opportunity' else at}",
    }


def touchpoint(case: str, text: str) -> Row:
    name, channel, at, *words = text.split()
    told = options(words)
    return {
        "touchpoint_id": f"{case}_{name}",
        "channel": None if channel == "-" else channel,
        "occurred_at": moment(at),
        "earns_credit": told.get("earns", "true"),
        "account_id": told.get("account", case),
        "person_id": told.get("person", f"{case}_person"),
        "is_bot": told.get("bot", "false"),
        "direction": told.get("direction", "inbound"),
        "kind": told.get("kind", "act"),
        "touchpoint_type": told.get("type", "visit"),
        "campaign_id": told.get("campaign"),
    }


def insert(warehouse: Warehouse, name: str, rows: list[Row]) -> None:
    """Puts rows into a table; columns that a row does not tell have their defaults."""
    for row in rows:
        marks = ", ".join("?" * len(row))
        warehouse.connection.execute(
            f"insert into warehouse.{name} ({', '.join(row)}) values ({marks})", list(row.values())
        )


@pytest.fixture(scope="module")
def credited(tmp_path_factory: pytest.TempPathFactory) -> Credited:
    """All paths credited in one build; every shipped row is switched on."""
    with compiled_warehouse(tmp_path_factory.mktemp("golden")) as warehouse:
        for name in ("attribution_models", "attribution_lookbacks", "attribution_weights"):
            warehouse.connection.execute(
                f"insert into warehouse.rules.{name} by name "
                f"select * replace (true as is_active) from read_csv('{rule_tables()[name].path}')"
            )
        insert(warehouse, "rules.attribution_weights", WEIGHTS)
        insert(warehouse, CONVERSIONS, [conversion(c, p["conversion"]) for c, p in PATHS.items()])
        insert(warehouse, CONVERSIONS, [anchor(c, text) for c, text in parts("moments")])
        insert(warehouse, TOUCHPOINTS, [touchpoint(c, text) for c, text in parts("touches")])
        warehouse.rebuild()
        found: Credited = {}
        for case, model, *credit in warehouse.connection.execute(
            "select conversion_id, model_id, touchpoint_id, credit, credited_amount "
            "from warehouse.attribution.int_credits_weighted order by all"
        ).fetchall():
            found.setdefault((case, model), []).append(tuple(credit))
    return found


def promised(case: str, text: str) -> dict[str | None, Decimal]:
    """`a 0.4; b 0.6` by touchpoint; `nobody` is none, a name with the case before it stays."""
    found = {}
    for part in text.split(";"):
        name, value = part.split()
        own = f"{case}_{name}" if len(name) == 1 else name
        found[None if name == "nobody" else own] = Decimal(value)
    return found


@pytest.mark.parametrize(
    ("row", "model"), EXPECTED, ids=lambda value: value if isinstance(value, str) else value["case"]
)
def test_a_path_earns_what_was_worked_out(
    credited: Credited, row: dict[str, str], model: str
) -> None:
    found = credited[row["case"], model]
    assert {name: credit for name, credit, _ in found} == promised(row["case"], row["credits"])
    if row["amounts"]:
        assert {name: amount for name, _, amount in found} == promised(row["case"], row["amounts"])


def test_every_path_under_every_model_is_whole(credited: Credited) -> None:
    """Also where nothing was worked out; and each path of the table has an expectation."""
    wrong = [
        key
        for key, found in credited.items()
        if sum(credit for _, credit, _ in found) != Decimal(1)
    ]
    assert wrong == []
    assert {row["case"] for row, _ in EXPECTED} == set(PATHS)
    assert len(PATHS) >= 40
