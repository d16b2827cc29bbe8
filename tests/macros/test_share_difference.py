"""The interval of a difference of shares is Newcombe's, with a width even at shares of 0 and 1."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest


@pytest.fixture(scope="module")
def bounds(compiled: Callable[[str], str]) -> Callable[[str], tuple[float | None, ...]]:
    """Function: hits and cases of both sides in, both ends out."""

    def bounds_(counts: str) -> tuple[float | None, ...]:
        calls = (f"{{{{ share_difference_bound({counts}, {side}) }}}}" for side in (-1, 1))
        row = duckdb.sql(compiled(f"select {', '.join(calls)}")).fetchone()
        assert row is not None
        return tuple(None if end is None else float(end) for end in row)

    return bounds_


def test_the_published_example_comes_out(
    bounds: Callable[[str], tuple[float | None, ...]],
) -> None:
    """Newcombe 1998, method 10: 56/70 - 48/80 and 9/10 - 3/10, to the four places he prints."""
    assert bounds("56, 70, 48, 80") == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert bounds("9, 10, 3, 10") == pytest.approx((0.1705, 0.8090), abs=5e-5)


@pytest.mark.parametrize("counts", ["0, 48, 0, 49", "7, 7, 9, 9", "1, 1, 10, 18"])
def test_few_that_are_all_alike_leave_room_on_both_sides(
    bounds: Callable[[str], tuple[float | None, ...]], counts: str
) -> None:
    low, high = bounds(counts)
    assert low is not None
    assert high is not None
    assert low < 0 < high


def test_nothing_is_said_without_cases(
    bounds: Callable[[str], tuple[float | None, ...]],
) -> None:
    assert bounds("0, 0, 3, 9") == (None, None)
    assert bounds("3, 9, 0, 0") == (None, None)
