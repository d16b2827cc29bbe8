"""Shapley credits equal the full enumeration of coalitions, where v(S) = conversions within S."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import factorial
from random import Random

import pytest

from tests.laws.credits_warehouse import Warehouse, compiled_warehouse

CHANNELS = "abcdefgh"
END = datetime(2026, 1, 31, 12)
Journey = list[str]


def enumerated(journeys: list[Journey]) -> dict[str, Fraction]:
    """Shapley value of each channel by its definition: every coalition, every marginal."""
    channels = sorted({channel for journey in journeys for channel in journey})
    size = len(channels)

    def worth(coalition: frozenset[str]) -> int:
        return sum(coalition.issuperset(journey) for journey in journeys)

    values = dict.fromkeys(channels, Fraction(0))
    for channel in channels:
        others = [name for name in channels if name != channel]
        for count in range(size):
            weight = Fraction(factorial(count) * factorial(size - count - 1), factorial(size))
            for chosen in map(frozenset, combinations(others, count)):
                values[channel] += weight * (worth(chosen | {channel}) - worth(chosen))
    return values


def credited(warehouse: Warehouse, journeys: list[Journey]) -> dict[str, Decimal]:
    """The same from the compiled models: credits of all touchpoints, summed by channel."""
    conversions = [
        (f"c{n:02}", "won", "deal", f"d{n}", None, None, END, f"a{n}", f"p{n}", f"a{n}")
        for n in range(len(journeys))
    ]
    touches = [
        (
            f"t{n:02}_{m}",
            channel,
            END - timedelta(days=9 - m),
            True,
            "act",
            "visit",
            f"a{n}",
            f"p{n}",
        )
        for n, journey in enumerate(journeys)
        for m, channel in enumerate(journey)
    ]
    warehouse.fill("attribution.int_conversions_unioned", conversions)
    warehouse.fill("touchpoints.int_touchpoints_resolved", touches)
    warehouse.rebuild()
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for channel, credit in warehouse.connection.execute(
        "select channel, credit from warehouse.attribution.int_credits_weighted"
    ).fetchall():
        sums[channel] += credit
    return sums


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    with compiled_warehouse(tmp_path_factory.mktemp("shapley")) as compiled:
        compiled.fill(
            "rules.attribution_models",
            [(None, 0, 0, 0, 0, 1, None, "r", "m", "equal_channels")],
        )
        compiled.fill("rules.attribution_lookbacks", [(60,)])
        yield compiled


@pytest.mark.parametrize("count", range(1, 9))
def test_credits_equal_the_enumeration(warehouse: Warehouse, count: int) -> None:
    """Of one to eight channels, paths with repeats; equal to the rounding of a billionth each."""
    chance = Random(count)
    journeys = [chance.choices(CHANNELS[:count], k=chance.randint(1, 7)) for _ in range(25)]
    journeys.append(list(CHANNELS[:count]))
    found, expected = credited(warehouse, journeys), enumerated(journeys)
    assert found.keys() == expected.keys()
    assert sum(found.values()) == len(journeys) == sum(expected.values())
    for channel, value in expected.items():
        assert abs(float(found[channel]) - float(value)) < 1e-9 * 7 * len(journeys)
