"""The table ad_account_days: which companies a platform showed ads to, and how they reacted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..arrays import DAY, Columns, expand, iso_date, join, numerals, take, where
from .standing import Standing

PLATFORM, CAMPAIGN = "linkedin_ads", "li-decision"
_STRANGERS = 12


def reach_table(stand: Standing, rng: np.random.Generator) -> Columns:
    """One row per company and day with impressions; reactions only once the journey is open.

    A few companies are nobody's: the platform names them, and they never come.
    """
    accounts, span = stand.life.accounts, stand.span
    companies = np.flatnonzero(accounts.is_b2b & (accounts.parent < 0))
    owner, _ = expand(rng.poisson(np.where(accounts.story[companies] < 4, 16, 9)))
    account = companies[owner]
    since = (accounts.opened[account] - 30 * DAY).clip(span.first)
    until = np.minimum(accounts.ended[account], span.end - DAY)
    at = since + (rng.random(len(account)) * (until - since)).astype(int)
    pair = np.unique(account * 2**20 + at // DAY)
    account, day = pair // 2**20, pair % 2**20
    impressions = 1 + rng.poisson(14, len(pair))
    silent = (accounts.silent_from[account] >= 0) & (day * DAY > accounts.silent_from[account])
    reacts = (day * DAY > accounts.opened[account] + DAY) & ~silent
    clicks = np.where(reacts, rng.binomial(impressions, 0.006), 0)
    engagements = clicks + np.where(reacts, rng.binomial(impressions, 0.02), 0)
    domain, name = take(accounts.domain, account), take(accounts.name, account)
    table = {
        "company_domain": where(account % 8 == 3, join("www.", domain),
                                where(account % 8 == 6, pc.utf8_upper(domain), domain)),
        "date": iso_date(day * DAY),
        "company_name": where(account % 5 == 2, pc.utf8_upper(name), name),
        "impressions": numerals(impressions),
        "engagements": numerals(engagements),
        "clicks": numerals(clicks),
    }  # fmt: skip
    strangers = _strangers(stand.life.first_number, span.end)
    table = {key: pa.concat_arrays([column, strangers[key]]) for key, column in table.items()}
    count = len(table["date"])
    return {
        "platform": pa.array([PLATFORM] * count, pa.string()),
        "campaign_id": pa.array([CAMPAIGN] * count, pa.string()),
        **table,
    }


def _strangers(first_number: int, end: int) -> Columns:
    """Days of companies that nobody here has ever heard of."""
    number = (first_number >> 32) * _STRANGERS + np.arange(_STRANGERS)
    return {
        "company_domain": join("stranger-", numerals(number), "-demo.com"),
        "date": iso_date(end - (1 + number * 17 % 59) * DAY),
        "company_name": join("Stranger ", numerals(number)),
        "impressions": numerals(3 + number % 20),
        "engagements": numerals(number % 2),
        "clicks": numerals(number * 0),
    }
