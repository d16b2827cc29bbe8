"""Survival in SQL is the product that a few lines of exact fractions give, on small cases."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

Case = tuple[int | None, bool]  # days watched, whether the event came at their end
cases_of_groups = st.dictionaries(
    st.sampled_from(["a", "b"]),
    st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=15),
    min_size=1,
)


@pytest.fixture(scope="session")
def curve(compiled: Callable[[str], str]) -> str:
    """The curve as SQL over a table `cases`."""
    return compiled("{{ survival_curve('cases', ['name']) }}")


@pytest.fixture(scope="session")
def durations(compiled: Callable[[str], str]) -> str:
    """Median and 90th percentile as SQL over a table `cases`."""
    return compiled("{{ kaplan_meier('cases', ['name']) }}")


def ask(query: str, groups: dict[str, list[Case]]) -> list[tuple[object, ...]]:
    """Rows of a query over the cases."""
    rows = [(name, *case) for name, cases in groups.items() for case in cases]
    with duckdb.connect() as connection:
        connection.execute("create table cases (name varchar, days bigint, is_event boolean)")
        connection.executemany("insert into cases values (?, ?, ?)", rows)
        return connection.execute(query).fetchall()


def survival(cases: list[Case]) -> dict[int, Fraction]:
    """By definition: the product of 1 - events / at risk over the days up to each one."""
    product, told = Fraction(1), {}
    for day in sorted({days for days, _ in cases if days is not None}):
        at_risk = sum(days >= day for days, _ in cases if days is not None)
        product *= 1 - Fraction(sum(is_event for days, is_event in cases if days == day), at_risk)
        told[day] = product
    return told


def first_day(cases: list[Case], share: Fraction) -> int | None:
    """First day by which the share is through."""
    return next((day for day, left in survival(cases).items() if left <= 1 - share), None)


def test_the_textbook_case(curve: str, durations: str) -> None:
    groups = {"a": [(1, True), (2, False), (3, True), (4, True), (5, False)]}
    told = {row[1]: float(row[4]) for row in ask(curve, groups)}
    assert told == {1: 0.8, 2: 0.8, 3: 0.533333, 4: 0.266667, 5: 0.266667}
    [(_, cases, events, median, ninetieth, waiting)] = ask(durations, groups)
    assert (cases, events, median, ninetieth, float(waiting)) == (5, 3, 4, None, 0.266667)


def test_nobody_through_and_everybody_through(durations: str) -> None:
    groups = {"a": [(7, False)], "b": [(0, True), (2, True)]}
    told = {row[0]: row[3:5] for row in ask(durations, groups)}
    assert told == {"a": (None, None), "b": (0, 2)}


def test_a_case_that_nobody_watched_is_left_out(durations: str) -> None:
    assert ask(durations, {"a": [(None, True)]}) == []


@settings(max_examples=60, deadline=None)
@given(groups=cases_of_groups)
def test_it_is_the_product(curve: str, durations: str, groups: dict[str, list[Case]]) -> None:
    told = {(row[0], row[1]): float(row[4]) for row in ask(curve, groups)}
    meant = {
        (name, day): float(left)
        for name, cases in groups.items()
        for day, left in survival(cases).items()
    }
    assert told == pytest.approx(meant, abs=1e-6)
    for name, _, _, median, ninetieth, _ in ask(durations, groups):
        assert median == first_day(groups[str(name)], Fraction(1, 2))
        assert ninetieth == first_day(groups[str(name)], Fraction(9, 10))
