"""Text messages to customers and their answers, which the texting tool files as activities."""

from __future__ import annotations

import numpy as np

from ..activities import activity_ids
from ..arrays import DAY, HOUR, expand, iso, join, take
from ..span import office_hours
from .feed import Acts, Feed, same
from .standing import Standing
from .subscriptions import Subscriptions

_ANSWERED = 0.38
_SUBJECTS = ("Your delivery", "Our appointment")


def text_feed(stand: Standing, subscriptions: Subscriptions, rng: np.random.Generator) -> Feed:
    """One row per text sent or answered; two in five are answered, most of them within an hour
    and a few after a day."""
    parts = _deliveries(stand, rng), _appointments(stand, subscriptions, rng)
    person, sent = np.concatenate(parts, axis=1)
    created = stand.life.records.contact_created[person]
    has_number = (created >= 0) & (created <= sent) & (sent < stand.span.end)
    person, sent = person[has_number], sent[has_number]
    wait = np.exp(rng.normal(6.8, 2.2, len(person))).clip(20, 5 * DAY).astype(int)
    answers = (rng.random(len(person)) < _ANSWERED) & (sent + wait < stand.span.end)
    rows = np.stack([
        np.r_[person, person[answers]], np.r_[sent, (sent + wait)[answers]],
        np.repeat([0, 1], [len(person), answers.sum()]),
    ])  # fmt: skip
    person, at, is_answer = rows[:, np.lexsort((rows[2], rows[0], rows[1]))]
    return _written(stand, person, at, is_answer)


def _written(stand: Standing, person: np.ndarray, at: np.ndarray, is_answer: np.ndarray) -> Feed:
    """The rows, numbered after the activities that people logged."""
    life = stand.life
    ids = activity_ids(life.first_number + len(life.activities), len(person))
    table = {
        "activity_id": ids,
        "activity_type": same("sms", len(person)),
        "subject": take(_SUBJECTS, stand.is_company[person].astype(int)),
        "direction": take(("outbound", "inbound"), is_answer),
        "contact_id": stand.records(person, at)["contact_id"],
        "occurred_at": iso(at),
    }
    acts = Acts(ids, join("tp_", ids), person, at, take(("sms_sent", "sms_received"), is_answer),
                same("sms", len(person)), is_exposure=is_answer == 0)  # fmt: skip
    return Feed(table, acts)


def _deliveries(stand: Standing, rng: np.random.Generator) -> np.ndarray:
    """Person and moment: half of the shoppers' orders are announced a day or two ahead."""
    orders = stand.life.orders
    told = ~stand.is_company[orders.person] & (rng.random(len(orders)) < 0.5)
    person, ordered = orders.person[told], orders.ordered[told]
    return np.stack([person, ordered + rng.integers(20 * HOUR, 2 * DAY, len(person))])


def _appointments(
    stand: Standing, subscriptions: Subscriptions, rng: np.random.Generator
) -> np.ndarray:
    """Person and moment: the first two colleagues of a customer are reminded of appointments,
    every other month or so, until it gives up its subscription."""
    member, since = stand.customers()
    people = stand.life.people
    chosen = stand.is_company[member] & (people.slot[member] < 2)
    member, since = member[chosen], since[chosen]
    stops = np.full(len(stand.life.accounts), stand.span.end)
    ended = subscriptions.ended >= 0
    stops[subscriptions.account[ended]] = subscriptions.ended[ended]
    room = (stops[people.account[member]] - since - 3 * DAY).clip(0)
    which, _ = expand(rng.poisson(room / (60 * DAY)))
    at = since[which] + 3 * DAY + (rng.random(len(which)) * room[which]).astype(int)
    return np.stack([member[which], office_hours(at, rng)])
