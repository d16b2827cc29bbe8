"""Consent: who agreed to be mailed, from when to when, and the statements that say so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import DAY, HOUR, NEVER, Columns, iso, take, where
from .companies import NEWCOMER, Accounts
from .people import People
from .records import Records
from .span import Span

_STATEMENTS = (
    # status, reason, source, lawful_basis
    ("pending", "sign-up", "double_opt_in", "consent"),
    ("confirmed", "link clicked", "double_opt_in", "consent"),
    ("subscribed", "form", "webform", "consent"),
    ("unsubscribed", "link in mail", "unsubscribe_link", None),
    ("suppressed", "complaint", "complaint", None),
    ("confirmed", "came back", "preference_center", "consent"),
)
PENDING, CONFIRMED, SUBSCRIBED, UNSUBSCRIBED, SUPPRESSED, CAME_BACK = range(6)


@dataclass(frozen=True)
class Consents:
    """One element per person: mailable from `since` until `until` (a moment, or the end).

    `asked` is when somebody who never confirmed was asked to (NEVER for all others).
    """

    since: np.ndarray
    until: np.ndarray
    confirms: np.ndarray
    complains: np.ndarray
    asked: np.ndarray


def make_consents(
    accounts: Accounts, people: People, records: Records, *, span: Span, rng: np.random.Generator
) -> Consents:
    """Most shoppers and about 60 % of the business contacts agree; some take it back."""
    count = len(people)
    shopper = (people.account >= 0) & ~accounts.is_b2b[people.account]
    reached = np.where(people.known >= 0, people.known + 60, records.contact_created)
    new = shopper & (accounts.story[people.account] == NEWCOMER)
    agrees = (reached >= 0) & (new | (rng.random(count) < np.where(shopper, 0.9, 0.62)))
    since = np.where(agrees, reached + rng.integers(60, 2 * HOUR, count), NEVER)
    since = np.where(since < span.end, since, NEVER)
    leaves = rng.random(count) < 0.09
    moment = since + (rng.random(count) * (span.end - since - 5 * DAY)).astype(int)
    until = np.where(leaves & (since >= 0) & (moment > since), moment, span.end)
    return Consents(
        since, until,
        confirms=new | (rng.random(count) < np.where(shopper, 0.93, 0.6)),
        complains=(until < span.end) & (rng.random(count) < 0.06),
        asked=np.where((since < 0) & (rng.random(count) < 0.15), reached, NEVER),
    )  # fmt: skip


def consent_table(
    people: People, consents: Consents, withdrawals: np.ndarray, *, span: Span
) -> Columns:
    """The statements of all persons; `withdrawals` is when each really opted out (else NEVER)."""
    agreed = np.flatnonzero(consents.since >= 0)
    confirming = agreed[consents.confirms[agreed]]
    plain = agreed[~consents.confirms[agreed]]
    waiting = np.flatnonzero(consents.asked >= 0)
    leaving = np.flatnonzero(withdrawals >= 0)
    complaining = leaving[consents.complains[leaving]]
    back = leaving[(people.number[leaving] % 12 == 0) & ~consents.complains[leaving]]
    back = back[withdrawals[back] + 20 * DAY < span.end]
    groups = (
        (confirming, PENDING, consents.since[confirming] - 50),
        (confirming, CONFIRMED, consents.since[confirming]),
        (waiting, PENDING, consents.asked[waiting]),
        (plain, SUBSCRIBED, consents.since[plain]),
        (leaving, UNSUBSCRIBED, withdrawals[leaving] + 5),
        (complaining, SUPPRESSED, withdrawals[complaining] + 60),
        (back, CAME_BACK, withdrawals[back] + 20 * DAY),
    )
    person = np.concatenate([group[0] for group in groups])
    statement = np.concatenate([np.full(len(group[0]), group[1]) for group in groups])
    at = np.concatenate([group[2] for group in groups])
    texts = [take([row[n] for row in _STATEMENTS], statement) for n in range(4)]
    tagged = where((person % 40 == 0), pc.utf8_upper(people.email).take(person),
                   people.email.take(person))  # fmt: skip
    return {
        "email": tagged,
        "purpose": where(
            (statement != UNSUBSCRIBED) | (person % 5 > 0) | np.isin(person, back), "marketing"
        ),
        "channel": pa.array(["email"] * len(person), pa.string()),
        "brand": take(("northlight",), np.zeros(len(person), int)),
        "status": texts[0],
        "reason": texts[1],
        "source": texts[2],
        "lawful_basis": texts[3],
        "changed_at": iso(at),
    }
