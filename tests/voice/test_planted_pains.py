"""Planted pains and strengths are found and named; a world without any cries nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.voice.findings_warehouse import Findings, findings_warehouse
from tests.worlds.pains import PAINS, QUIET, STRENGTHS, drawn

PAIN = {
    ("stall", "consideration, industry retail"),
    ("onboarding", "step import"),
    ("unsubscribe", "age_and_mails 55-64, 10 mails and more"),
    ("open_ticket", "ticket_category billing"),
    ("silence", "retention, owner Kim"),
    ("competitor", "industry media"),
    ("content_gap", "stage decision"),
}
STRENGTH = {
    ("recommendation", "touched event_attended"),
    ("loyalty", "employee_band 50-199"),
}
# words of the planted groups: what else is told overlaps with them, such as the age band alone
NAMES = ("retail", "import", "55-64", "10 mails", "billing", "Kim", "media", "stage decision")
QUIET_WORLDS = 12


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Findings]:
    with findings_warehouse(tmp_path_factory.mktemp("findings")) as warehouse:
        yield warehouse


@pytest.mark.parametrize("seed", range(3))
def test_planted_pains_are_found_and_named(findings: Findings, seed: int) -> None:
    found = findings.of(drawn(PAINS, seed))
    assert set(found) >= PAIN
    for key in PAIN:
        row = found[key]
        assert row["rate_low"] > row["base_rate"], key
        assert row["rest_ratio_low"] > 1, key
        assert row["rate_numerator"] >= 5, key
        assert row["example_journeys"] != "[]", key
        assert row["next_action"], key
    strangers = {key for key in found if not any(name in key[1] for name in NAMES)}
    assert len(strangers) <= 1, strangers


@pytest.mark.parametrize("seed", range(3))
def test_planted_strengths_are_found_and_named(findings: Findings, seed: int) -> None:
    found = findings.of(drawn(STRENGTHS, seed))
    assert set(found) >= STRENGTH
    assert all(found[key]["rate_low"] > found[key]["base_rate"] for key in STRENGTH)
    assert len(set(found) - STRENGTH) <= 1, set(found) - STRENGTH


def test_a_quiet_world_cries_nothing(findings: Findings) -> None:
    """One world in twenty may cry on a side: that is the error the bounds allow."""
    cried = {seed: set(findings.of(drawn(QUIET, 100 + seed))) for seed in range(QUIET_WORLDS)}
    assert sum(map(bool, cried.values())) <= 2 * QUIET_WORLDS * 0.05, cried


def test_few_customers_are_no_finding(findings: Findings) -> None:
    assert findings.of(drawn(PAINS, 1, accounts=12)) == {}
