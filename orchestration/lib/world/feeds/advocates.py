"""When a customer first speaks for us: a good review, a referral, a post of one's own."""

from __future__ import annotations

import numpy as np

from ..arrays import NEVER
from .mentions import POST, REVIEW, Mentions, ratings
from .referrals import REDEEMED, Referrals
from .standing import Standing

GOOD = 4


def advocates_from(stand: Standing, mentions: Mentions, referrals: Referrals) -> np.ndarray:
    """By account: the moment of its first act of advocacy, NEVER if there is none.

    Shoppers count by a good review, a post or a redeemed referral, companies by a good review or
    any referral; acts of people whom nobody can name count for nothing.
    """
    people = stand.life.people
    stars, _ = ratings(stand, mentions)
    author = np.flatnonzero(mentions.is_identified)
    company = stand.is_company[mentions.person[author]]
    kind = mentions.kind[author]
    speaks = (kind == REVIEW) & (stars[author] >= GOOD) | (kind == POST) & ~company
    brought = ~referrals.is_self & (
        stand.is_company[referrals.referrer] | (referrals.status == REDEEMED)
    )
    person = np.r_[mentions.person[author[speaks]], referrals.referrer[brought]]
    at = np.r_[mentions.at[author[speaks]], referrals.at[brought]]
    first = np.full(len(stand.life.accounts), np.iinfo(np.int64).max)
    np.minimum.at(first, people.account[person], at)
    return np.where(first < stand.span.end, first, NEVER)
