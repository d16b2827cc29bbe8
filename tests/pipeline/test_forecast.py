"""The forecast finds chances that are known, is judged by the past, and never says never."""

from __future__ import annotations

import pytest

from orchestration.lib.settings import Settings
from tests.pipeline.deals import REACH_OFFER, WIN_OFFER, built_forecast

pytestmark = pytest.mark.slow


def test_known_chances_are_found_and_borne_out(settings: Settings) -> None:
    home = built_forecast(settings, count=500, win_offer=WIN_OFFER)
    with home.marts() as marts:
        chances = dict(
            marts.execute(
                "select stage, cast(avg(win_probability) as double) from marts.rpt_forecast"
                " where not is_refused group by stage"
            ).fetchall()
        )
        assert chances["Offer"] == pytest.approx(WIN_OFFER, abs=0.1)
        assert chances["Talk"] == pytest.approx(REACH_OFFER * WIN_OFFER, abs=0.1)

        [judged] = marts.execute(
            "select decided_count, predicted_share, won_share_low, won_share_high, brier_score,"
            " base_brier_score from marts.rpt_forecast_backtest where slice_type = 'all'"
        ).fetchall()
        decided, predicted, low, high, brier, base_brier = judged
        assert decided > 100
        assert low - low / 10 <= predicted <= high + high / 10
        assert brier < base_brier
        [(dated, within)] = marts.execute(
            "select dated_count, within_share from marts.rpt_forecast_backtest"
            " where slice_type = 'all'"
        ).fetchall()
        assert dated > 100
        assert 0.4 < within < 0.6

        [sums] = marts.execute(
            "select (select sum(expected_amount) from marts.rpt_forecast),"
            " sum(expected_amount) filter (scope_type = 'all'),"
            " sum(expected_amount) filter (scope_type = 'owner') from marts.rpt_forecast_months"
        ).fetchall()
        assert sums[0] == sums[1] == sums[2] > 0


def test_a_history_of_losses_promises_little_and_excludes_nothing(settings: Settings) -> None:
    home = built_forecast(settings, count=200, win_offer=0.0)
    with home.marts() as marts:
        told = marts.execute(
            "select min(win_probability), max(win_probability), max(probability_high)"
            " from marts.rpt_forecast where not is_refused"
        ).fetchall()
        [(lowest, highest, upper)] = told
        assert 0 < lowest <= highest < 0.05
        assert highest < upper < 0.5
        assert marts.execute(
            "select won_count, won_share from marts.rpt_forecast_backtest where slice_type = 'all'"
        ).fetchall() == [(0, 0)]


def test_few_deals_are_refused_with_the_reason(settings: Settings) -> None:
    home = built_forecast(settings, count=18, win_offer=WIN_OFFER)
    with home.marts() as marts:
        told = marts.execute(
            "select distinct is_refused, win_probability, expected_amount,"
            " regexp_replace(reasons, '^[0-9]+', 'n') from marts.rpt_forecast"
        ).fetchall()
        assert told == [(True, None, None, "n of 20 ended deals that a forecast needs")]
