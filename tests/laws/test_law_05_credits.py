"""Law 5: credits sum to exactly 1 per conversion and model, amounts to the amount, to the cent.

Random paths go through the compiled models and are compared with a plain reading in fractions.
Mutations that break it: rounding each share instead of `largest_remainder`; leaving `unattributed`
out of int_credits_weighted; ordering a path by time alone; not dividing by `anchors_present`;
multiplying by a weight without dividing anew; counting positions before weight 0 is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.homes import Home
from tests.laws.credits_play import SEEN, Model, Touch, shares
from tests.laws.credits_warehouse import Warehouse, compiled_warehouse

END = datetime(2026, 1, 31, 12)
ELIGIBLE = st.sampled_from([True, True, False])
moments = st.integers(0, 40 * 24).map(lambda hours: END - timedelta(hours=hours))


class Case(NamedTuple):
    """One owner's path, the moments of its lead and its deal, and what the conversion is worth."""

    touches: list[Touch]
    anchors: tuple[datetime | None, datetime | None]
    amount: Decimal | None


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A path of up to 12 touchpoints, many at one instant, some not eligible, some exposures."""
    channels = st.sampled_from(["direct", "email", "ads"])
    exposures = st.sampled_from([False, False, True])
    drawn = draw(st.lists(st.tuples(moments, channels, ELIGIBLE, exposures), max_size=12))
    touches = [
        Touch(at, f"t{number:02}", *drawn_rest) for number, (at, *drawn_rest) in enumerate(drawn)
    ]
    amount = draw(st.none() | st.decimals(-100, 10**9, places=2))
    return Case(touches, draw(st.tuples(st.none() | moments, st.none() | moments)), amount)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Weights that sum to 100, any of which may be 0."""
    cuts = sorted(draw(st.lists(st.sampled_from([0, 10, 33, 40, 80, 100]), min_size=4, max_size=4)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    first, last, anchor, second_anchor, others = draw(st.permutations(weights))
    return Model(
        lookback=draw(st.sampled_from([1, 30, 60])),
        half_life=draw(st.none() | st.sampled_from([1, 7])),
        first=first,
        last=last,
        anchor=anchor,
        second_anchor=second_anchor,
        others=others,
        ignored=draw(st.sampled_from([(), ("direct",), ("direct", "ads")])),
        weights=draw(
            st.just(())
            | st.dictionaries(
                st.sampled_from(["direct", "email", "ads", SEEN]),
                st.sampled_from([0, 1, 50, 300]),
            ).map(lambda weights: tuple(weights.items()))
        ),
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with compiled_warehouse(tmp_path_factory.mktemp("credits")) as compiled:
        yield compiled


LINEAR = Model(
    lookback=30, half_life=None, first=0, last=0, anchor=0, second_anchor=0, others=100, ignored=()
)
LAST_NON_DIRECT = replace(LINEAR, last=100, others=0, ignored=("direct",))
DIRECT = [Touch(END, "t1", "direct", True)]
SEVEN = [Touch(END, f"t{number}", "email", True) for number in range(7)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), model=models())
@example(case=Case(SEVEN, (None, None), Decimal("0.03")), model=LINEAR)
@example(case=Case(DIRECT, (None, None), Decimal("5.00")), model=LAST_NON_DIRECT)
@example(case=Case([], (None, None), Decimal("9.99")), model=LINEAR)
@example(case=Case(DIRECT, (None, None), None), model=replace(LINEAR, weights=(("direct", 0),)))
def test_credits_sum_to_one_and_amounts_to_the_amount(
    warehouse: Warehouse, case: Case, model: Model
) -> None:
    terms = {"converted_at": END, "anchors": case.anchors, "amount": case.amount}
    found = warehouse.credits(case.touches, model, **terms)
    assert sum(credit for _, credit, _ in found) == 1
    assert all(0 < credit <= 1 for _, credit, _ in found)
    if case.amount is None:
        assert {amount for *_, amount in found} == {None}
    else:
        assert sum(amount for *_, amount in found) == case.amount
    assert warehouse.credits(case.touches[::-1], model, **terms) == found

    expected = shares(model, case.touches, converted_at=END, anchors=case.anchors) or {None: 1}
    credited = {touchpoint_id: credit for touchpoint_id, credit, _ in found}
    for touchpoint_id in expected.keys() | credited.keys():
        difference = float(expected.get(touchpoint_id, 0)) - float(credited.get(touchpoint_id, 0))
        assert abs(difference) < 1e-8, touchpoint_id


@pytest.mark.slow
def test_conversions_of_every_type_are_credited_whole(built_home: Home) -> None:
    with built_home.marts() as marts:
        wrong = marts.execute(
            """
            select conversions.conversion_id, credits.model_id
            from marts.fct_conversions as conversions
            inner join marts.fct_attribution as credits
                on conversions.conversion_id = credits.conversion_id
            group by all
            having sum(credits.credit) <> 1
                or sum(credits.credited_amount) is distinct from any_value(conversions.amount)
            """
        ).fetchall()
        types = "select distinct conversion_type from marts."
        promised = marts.execute(
            f"{types}dim_attribution_models intersect {types}fct_conversions order by 1"
        ).fetchall()
        kept = marts.execute(f"{types}fct_attribution order by 1").fetchall()
    assert wrong == []
    assert kept == promised
    assert len(kept) >= 8, "the world converts in many ways"
