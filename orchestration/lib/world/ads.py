"""The table ad_days: what each paid campaign cost and brought, by ad group, country and day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import DAY, Columns, amounts, iso_date, numerals, take
from .channels import CAMPAIGNS
from .names import COUNTRIES
from .span import Span

_MARKETS = tuple(place.code for place in COUNTRIES[:3])


def ad_table(accounts: int, *, span: Span, rng: np.random.Generator) -> Columns:
    """One row per campaign, ad group, market and day, scaled to the number of accounts."""
    cells = [(c, group) for c, entry in enumerate(CAMPAIGNS) for group in entry.adgroups]
    shape = (span.days, len(cells), len(_MARKETS))
    day, cell, market = (part.ravel() for part in np.indices(shape))
    campaign = np.array([c for c, _ in cells])[cell]
    clicks_a_day = np.array([entry.clicks_a_day for entry in CAMPAIGNS])[campaign]
    groups = np.array([len(entry.adgroups) for entry in CAMPAIGNS])[campaign]
    weekday = (span.first // DAY + day + 4) % 7
    season = 1 + 0.25 * np.sin(day * 2 * np.pi / 365)
    strength = np.where((weekday == 0) | (weekday == 6), 0.55, 1.0) * season
    usual = clicks_a_day / groups / len(_MARKETS) * strength * max(accounts / 1000, 0.05)
    clicks = rng.poisson(usual)
    rate = np.array([entry.click_rate for entry in CAMPAIGNS])[campaign]
    impressions = clicks + rng.poisson((usual + 0.5) / rate)
    price = np.array([entry.cost_per_click for entry in CAMPAIGNS])[campaign]
    cost = (clicks * price * rng.uniform(0.8, 1.2, len(clicks))).astype(int)
    is_video = np.array([entry.kind == "video" for entry in CAMPAIGNS])[campaign]
    platform = [entry.platform for entry in CAMPAIGNS]
    groups_text = [group for _, group in cells]
    runs = impressions > 0
    table = {
        "platform": take(platform, campaign),
        "ad_account_id": take([f"{name}-main" for name in platform], campaign),
        "campaign_id": take([entry.campaign_id for entry in CAMPAIGNS], campaign),
        "adgroup_id": take([f"{CAMPAIGNS[c].campaign_id}-{group}" for c, group in cells], cell),
        "ad_id": take([f"{CAMPAIGNS[c].campaign_id}-{group}-1" for c, group in cells], cell),
        "country": take(_MARKETS, market),
        "date": iso_date(span.first + day * DAY),
        "campaign_name": take([entry.name for entry in CAMPAIGNS], campaign),
        "campaign_type": take([entry.kind for entry in CAMPAIGNS], campaign),
        "adgroup_name": take(groups_text, cell),
        "ad_name": take([f"{group}, first ad" for group in groups_text], cell),
        "impressions": numerals(impressions),
        "clicks": numerals(clicks),
        "video_views": pa.array(impressions // 3, mask=~is_video),
        "spend": amounts(cost),
        "currency": take([entry.currency for entry in CAMPAIGNS], campaign),
        "platform_conversions": pa.array(rng.binomial(clicks, 0.03)),
    }
    return {name: column.filter(pa.array(runs)) for name, column in table.items()}
