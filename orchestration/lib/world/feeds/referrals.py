"""The table referrals: customers who bring others, and a few who bring themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..arrays import DAY, NEVER, amounts, hex_ids, iso, join, numerals, take, where
from ..names import COUNTRIES
from ..people import SLOTS
from .feed import Acts, Feed
from .standing import Standing

_STATUSES = ("sent", "signed_up", "redeemed", "expired")
SENT, SIGNED_UP, REDEEMED, EXPIRED = range(4)
REWARD_CENTS = 1_500


@dataclass(frozen=True)
class Referrals:
    """One element per referral; `referred` is the person who came because of it, the referrer
    for one of oneself, NEVER for a friend who never came."""

    referrer: np.ndarray
    referred: np.ndarray
    at: np.ndarray
    status: np.ndarray

    @property
    def is_self(self) -> np.ndarray:
        return self.referrer == self.referred


def make_referrals(stand: Standing, rng: np.random.Generator) -> Referrals:
    """One in twelve customers refers: somebody who came within the next three weeks, a friend who
    never does, or (one in nine) an address of one's own."""
    member, since = stand.customers()
    room = stand.span.end - since - 12 * DAY
    chosen = np.flatnonzero((rng.random(len(member)) < 0.09) & (room > 0))
    referrer, begun = member[chosen], since[chosen] + 10 * DAY
    at = begun + (rng.random(len(chosen)) * room[chosen]).astype(int)
    comers = np.flatnonzero((stand.known_from >= 0) & ~stand.is_company)
    guests = comers[rng.integers(0, max(len(comers), 1), len(chosen))] if len(comers) else referrer
    came = stand.known_from[guests]
    told = came - DAY - (rng.random(len(chosen)) * 19 * DAY).astype(int)
    comes = (told > begun) & (guests != referrer)
    at = np.where(comes, told, at)
    oneself = ~comes & (np.cumsum(~comes) % 9 == 1)
    referred = np.where(comes, guests, np.where(oneself, referrer, NEVER))
    bought = stand.customer_from[stand.life.people.account[referred]]
    redeems = comes & (bought >= 0)
    status = np.where(redeems, REDEEMED, np.where(comes, SIGNED_UP, SENT))
    status = np.where(oneself, SIGNED_UP, status)
    old = at < stand.span.end - 90 * DAY
    return Referrals(referrer, referred, at, np.where((status == SENT) & old, EXPIRED, status))


def referral_feed(stand: Standing, referrals: Referrals) -> Feed:
    """All columns of referrals; who refers oneself writes the address in another way."""
    people, referrer, referred = stand.life.people, referrals.referrer, referrals.referred
    number, count = people.number[referrer], len(referrer)
    ids = hex_ids("ref_", stand.life.first_number + np.arange(count), salt=80)
    contact = stand.records(referrer, referrals.at)["contact_id"]
    unnamed = contact.is_null().to_numpy(False)
    own = np.where(referrals.is_self, referrer, NEVER)
    friend = join("friend.", numerals(number * SLOTS + np.arange(count) % SLOTS), "@gmail.com")
    came = where(referred >= 0, take(people.email, referred), friend)
    redeemed = referrals.status == REDEEMED
    table = {
        "referral_id": ids,
        "referrer_email": where(unnamed | (number % 4 > 0), take(people.email, referrer)),
        "referrer_contact_id": where(number % 3 > 0, contact),
        "referred_email": where(referrals.is_self, take(people.variant, own), came),
        "code": join("BRING-", numerals(number)),
        "status": take(_STATUSES, referrals.status),
        "reward_amount": amounts(np.where(redeemed, REWARD_CENTS, NEVER)),
        "currency": where(redeemed, take([place.currency for place in COUNTRIES],
                                         people.country[referrer])),
        "occurred_at": iso(referrals.at),
    }  # fmt: skip
    table["referrer_email"] = where(
        table["referrer_contact_id"].is_null().to_numpy(False),
        take(people.email, referrer), table["referrer_email"],
    )  # fmt: skip
    acts = Acts(
        ids, join("tp_", ids), referrer, referrals.at,
        take(("referral_made", "self_referral"), referrals.is_self.astype(int)),
        pa.array(["word_of_mouth"] * count, pa.string()),
    )  # fmt: skip
    return Feed(table, acts)
