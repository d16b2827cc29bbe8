"""The table ad_clicks: what the platforms know of the clicks that led to visits, and of others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..arrays import DAY, NEVER, hex_ids, iso, join, mix, take, where
from ..channels import CAMPAIGNS, CHANNELS, WAYS
from ..touchpoints import visit_touchpoints, visits_of
from ..visits import click_ids
from .feed import Acts, Feed
from .standing import Standing

_KEYWORDS = {"g-brand": ("northlight", "northlight planning"),
             "g-generic": ("inventory planning", "demand forecasting", "desk lamp"),
             "b-generic": ("inventory software", "supply planning")}  # fmt: skip
_PLACES = {campaign.campaign_id: place for place, campaign in enumerate(CAMPAIGNS)}
# by way to arrive; the last one, EMAIL_WAY, has no ad
_CLICKED = np.array([*(_PLACES.get(way.clicked_campaign or "", NEVER) for way in WAYS), NEVER])
_TOLD_BY_CLICK = np.array([*(bool(way.ad) for way in WAYS), False])


def ad_clicks(stand: Standing, rng: np.random.Generator) -> Feed:
    """One row per click: nine of ten clicks that opened a visit, a second or more before it, and
    one in ten more that never reached the site."""
    life = stand.life
    sessions, people = life.sessions, life.people
    campaign = _CLICKED[sessions.way]
    listed = (campaign >= 0) & (_TOLD_BY_CLICK[sessions.way] | (rng.random(len(sessions)) < 0.9))
    session = np.flatnonzero(listed)
    lost = len(session) // 10 + 1
    count = len(session) + lost
    campaign = np.r_[campaign[session], rng.integers(0, len(CAMPAIGNS), lost)]
    span = stand.span
    moment = span.first + (rng.random(lost) * (span.end - span.first - DAY)).astype(int)
    at = np.r_[sessions.start[session] - 1 - session % 4, moment]
    numbers = life.first_number + np.arange(lost)
    ids = pa.concat_arrays([click_ids(sessions, people).take(pa.array(session)),
                            hex_ids("", numbers, salt=72)])  # fmt: skip
    landed = np.r_[session, np.full(lost, NEVER)]
    leads = np.zeros(count, bool)
    leads[: len(session)] = visits_of(people, sessions, life.events)[0][session] == session
    person = np.where(landed >= 0, sessions.person[landed], NEVER)
    way = np.where(landed >= 0, sessions.way[landed], NEVER)
    visits = take(visit_touchpoints(people, sessions), landed)
    acts = Acts(
        ids, where(leads, visits, join("tp_", ids)), person, at,
        pa.array(["ad_clicked"] * count, pa.string()), take(CHANNELS, way),
    )  # fmt: skip
    return Feed(_columns(ids, campaign, at), acts)


def _columns(ids: pa.Array, campaign: np.ndarray, at: np.ndarray) -> dict[str, pa.Array]:
    """All columns of ad_clicks; ad groups, ads and keywords are told by the click id."""
    dice = mix(at, salt=73)
    names = [entry.campaign_id for entry in CAMPAIGNS]
    groups = np.array([len(entry.adgroups) for entry in CAMPAIGNS])[campaign]
    group = (dice % groups.astype(np.uint64)).astype(int)
    texts = [f"{entry.campaign_id}-{name}" for entry in CAMPAIGNS for name in entry.adgroups]
    firsts = np.cumsum([0, *(len(entry.adgroups) for entry in CAMPAIGNS)])
    words = [word for name in names for word in _KEYWORDS.get(name, ())]
    sizes = np.array([len(_KEYWORDS.get(name, ())) for name in names])
    word = (np.cumsum(sizes) - sizes)[campaign] + at % np.maximum(sizes[campaign], 1)
    adgroup = take(texts, firsts[campaign] + group)
    return {
        "click_id": ids,
        "platform": take([entry.platform for entry in CAMPAIGNS], campaign),
        "campaign_id": take(names, campaign),
        "campaign_type": take([entry.kind for entry in CAMPAIGNS], campaign),
        "adgroup_id": adgroup,
        "ad_id": join(adgroup, "-1"),
        "keyword": take(words, np.where(sizes[campaign] > 0, word, NEVER)),
        "clicked_at": iso(at),
    }
