"""Smoothed shares, lifts, their intervals and distances give what their formulas give by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

import duckdb
import pytest

CASES = [(0, 20, 30, 100), (5, 20, 30, 100), (20, 20, 30, 100), (1, 1, 0, 1), (7, 7, 9, 9)]


@pytest.fixture(scope="module")
def value(compiled: Callable[[str], str]) -> Callable[[str], Decimal | None]:
    """Function: a call of a macro in, its value out."""
    connection = duckdb.connect()

    def value_(call: str) -> Decimal | None:
        row = connection.sql(compiled("select {{ " + call + " }}")).fetchone()
        assert row is not None
        return row[0]

    return value_


def interval(hits: int, cases: int, rest_hits: int, rest_cases: int, side: int) -> float:
    """End of the interval of a ratio of shares, half a hit and half a miss added (Katz)."""
    h, n, H, N = hits + 0.5, cases + 1, rest_hits + 0.5, rest_cases + 1  # noqa: N806
    spread = math.sqrt(1 / h - 1 / n + 1 / H - 1 / N)
    return math.exp(math.log(h / n * N / H) + side * 1.959964 * spread)


@pytest.mark.parametrize("counts", CASES)
def test_the_interval_is_that_of_the_formula(
    value: Callable[[str], Decimal | None], counts: tuple[int, ...]
) -> None:
    for side in (-1, 1):
        end = value(f"lift_bound({', '.join(map(str, counts))}, {side})")
        if counts[0] == 0 and side < 0:
            assert end == 0
        elif counts[2] == 0 and side > 0:
            assert end is None
        else:
            assert float(end or 0) == pytest.approx(interval(*counts, side), abs=1e-6)


@pytest.mark.parametrize("counts", [*CASES, (0, 5, 3, 9), (1, 1, 1, 1000), (999, 1000, 1, 1)])
def test_the_ratio_lies_within_its_interval(
    value: Callable[[str], Decimal | None], counts: tuple[int, ...]
) -> None:
    hits, cases, rest_hits, rest_cases = counts
    low, high = (value(f"lift_bound({', '.join(map(str, counts))}, {side})") for side in (-1, 1))
    assert low is not None
    if rest_hits:
        ratio = hits / cases / (rest_hits / rest_cases)
        assert high is not None
        assert float(low) - 1e-6 <= ratio <= float(high) + 1e-6
    else:
        assert high is None


@pytest.mark.parametrize("counts", [(1, 1, 10, 18), (7, 7, 9, 9), (0, 5, 0, 9)])
def test_a_few_cases_that_are_all_alike_prove_nothing(
    value: Callable[[str], Decimal | None], counts: tuple[int, ...]
) -> None:
    low, high = (value(f"lift_bound({', '.join(map(str, counts))}, {side})") for side in (-1, 1))
    assert low is not None
    assert low < 1
    assert high is None or high > 1


def test_few_cases_are_pulled_to_the_base(value: Callable[[str], Decimal | None]) -> None:
    assert value("smoothed_rate(2, 2, 0.25, 10)") == Decimal("0.375000")
    assert value("lift(2, 2, 0.25, 10)") == Decimal("1.500000")
    assert value("lift(0, 0, 0.25, 10)") == Decimal("1.000000")


def test_nothing_is_said_without_cases(value: Callable[[str], Decimal | None]) -> None:
    assert value("lift(2, 2, 0, 10)") is None
    assert value("smoothed_rate(0, 0, 0.5, 0)") is None
    assert value("lift_bound(0, 0, 3, 9, 1)") is None
    assert value("lift_bound(3, 9, 0, 0, 1)") is None
    assert value("share_distance(3, 9, 0, 0)") is None
    assert value("share_distance(9, 9, 5, 5)") is None


def test_the_distance_is_that_of_two_pooled_shares(
    value: Callable[[str], Decimal | None],
) -> None:
    pooled = 40 / 150
    spread = math.sqrt(pooled * (1 - pooled) * (1 / 50 + 1 / 100))
    expected = (20 / 50 - 20 / 100) / spread
    assert float(value("share_distance(20, 50, 20, 100)") or 0) == pytest.approx(expected, abs=1e-6)
    assert float(value("share_distance(20, 100, 20, 50)") or 0) == pytest.approx(
        -expected, abs=1e-6
    )
