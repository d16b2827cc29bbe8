"""Mail behaviour: who is sent what, and how people, their programs and scanners answer."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from .arrays import DAY, HOUR, NEVER
from .channels import EMAIL_WAY
from .commerce import Orders
from .companies import Accounts
from .consents import Consents
from .messages import Messages
from .people import People
from .records import Records
from .span import Span
from .visits import CART, CHECKOUT, OWN, PORTAL, PRICE, SHOP, Sessions

SENT, DELIVERED, BOUNCED, OPENED, CLICKED, REPLIED, UNSUBSCRIBED, COMPLAINED = range(8)
EVENT_TYPES = (
    "sent", "delivered", "bounced", "opened", "clicked", "replied", "unsubscribed", "complained",
)  # fmt: skip


@dataclass(frozen=True)
class Sends:
    """One element per message and recipient; moments in seconds, NEVER where nothing happened.

    `prefetched` and `scanned` are acts of machines, the others of the person.
    """

    person: np.ndarray
    message: np.ndarray
    at: np.ndarray
    is_hard: np.ndarray
    delivered: np.ndarray
    prefetched: np.ndarray
    scanned: np.ndarray
    opened: np.ndarray
    opened_again: np.ndarray
    clicked: np.ndarray
    replied: np.ndarray
    left: np.ndarray
    complained: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    def picked(self, rows: np.ndarray) -> Sends:
        """The sends where this mask holds."""
        return Sends(*(getattr(self, field.name)[rows] for field in fields(self)))


def make_sends(
    accounts: Accounts, people: People, records: Records, consents: Consents, sessions: Sessions,
    orders: Orders, messages: Messages,
    *, span: Span, rng: np.random.Generator,
) -> Sends:  # fmt: skip
    """Everything sent to the persons of a chunk, receipts of web orders included."""
    bulk = _broadcasts(accounts, people, consents, messages, rng)
    triggered = _triggered(accounts, people, records, consents, sessions, messages, span, rng)
    buyer, ordered = orders.person[orders.is_web], orders.ordered[orders.is_web]
    person = np.r_[bulk[0], triggered[0], buyer, buyer]
    at = np.r_[bulk[2], triggered[2], ordered + 70, ordered + DAY + 900]
    receipts = [messages.place_of("order-confirmation"), messages.place_of("shipping-notice")]
    message = np.r_[bulk[1], triggered[1], np.repeat(receipts, len(buyer))]
    inside = at < span.end - 4 * HOUR
    sends = _answers(
        accounts, people, consents, messages, person[inside], message[inside], at[inside],
        span=span, rng=rng,
    )  # fmt: skip
    gone = withdrawals(sends, people, consents, span)[sends.person]
    service = messages.is_service[sends.message]
    return sends.picked(service | (gone < 0) | (sends.at <= gone))


def _broadcasts(
    accounts: Accounts, people: People, consents: Consents, messages: Messages,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Newsletters and promotions to all who may be mailed at the time."""
    who = np.flatnonzero(consents.since >= 0)
    which = np.flatnonzero(messages.sent_at >= 0)
    moment, half = messages.sent_at[which][None, :], messages.half[which][None, :]
    b2b = accounts.is_b2b[people.account[who]][:, None]
    gets = (b2b == messages.is_for_b2b[which][None, :]) & (moment > consents.since[who][:, None])
    gets &= moment < consents.until[who][:, None]
    gets &= (half < 0) | (half == people.number[who][:, None] % 2)
    gets &= rng.random(gets.shape) < 0.93
    row, column = np.nonzero(gets)
    at = messages.sent_at[which][column] + rng.integers(0, 900, len(row))
    return who[row], which[column], at


def _triggered(
    accounts: Accounts, people: People, records: Records, consents: Consents, sessions: Sessions,
    messages: Messages, span: Span, rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Welcome and nurture series, cart reminders, and a first mail from sales.

    None in the last days, so that whoever is due then is still to be written to.
    """
    b2b = accounts.is_b2b[people.account] & ~people.is_visitor
    since = consents.since
    settled = (since >= 0) & (since < span.end - 20 * DAY)
    carts = np.isin(sessions.intent, (CART, CHECKOUT)) & (sessions.start < span.end - 6 * DAY)
    carts &= settled[sessions.person] & (sessions.start > since[sessions.person])
    carter = sessions.person[carts]
    decision = accounts.decision[people.account]
    pitched = b2b & (records.contact_created >= 0) & (decision >= 0) & (rng.random(len(b2b)) < 0.3)
    series = [
        ("welcome-1", np.flatnonzero(settled & ~b2b), HOUR),
        ("welcome-2", np.flatnonzero(settled & ~b2b), 4 * DAY),
        ("nurture-1", np.flatnonzero(settled & b2b), 2 * DAY),
        ("nurture-2", np.flatnonzero(settled & b2b), 9 * DAY),
        ("nurture-3", np.flatnonzero(settled & b2b), 21 * DAY),
    ]
    parts = [(who, messages.place_of(name), since[who] + later) for name, who, later in series]
    parts.append((carter, messages.place_of("cart-reminder"), sessions.start[carts] + 3 * HOUR))
    who = np.flatnonzero(pitched)
    first = np.maximum(decision[who] - 6 * DAY, records.contact_created[who] + DAY)
    parts.append((who, messages.place_of("sales-intro"), first))
    return (
        np.concatenate([part[0] for part in parts]),
        np.concatenate([np.full(len(part[0]), part[1]) for part in parts]),
        np.concatenate([part[2] for part in parts]),
    )


def _answers(
    accounts: Accounts, people: People, consents: Consents, messages: Messages,
    person: np.ndarray, message: np.ndarray, at: np.ndarray,
    *, span: Span, rng: np.random.Generator,
) -> Sends:  # fmt: skip
    """What becomes of each mail; nobody is sent marketing after opting out or bouncing hard."""
    dead = people.number % 67 == 0
    service = messages.is_service[message]
    keeps = service | (at < consents.until[person]) | (consents.since[person] < 0)
    keeps &= ~dead[person] | _is_first(person, at)
    person, message, at, service = person[keeps], message[keeps], at[keeps], service[keeps]
    count = len(person)
    hard = dead[person]
    soft = rng.random(count) < 0.012
    delivered = np.where(hard | soft, NEVER, at + rng.integers(1, 40, count))
    arrives = delivered >= 0
    gateway = accounts.is_b2b[people.account[person]] & (people.account[person] % 6 == 0)
    read = arrives & (rng.random(count) < people.opens_mail[person] * np.where(service, 1.9, 0.85))
    silent = (
        accounts.silent_from[people.account[person]],
        accounts.silent_to[people.account[person]],
    )
    read &= ~((silent[0] >= 0) & (at > silent[0]) & (at < silent[1]))
    opened = at + 90 + np.exp(rng.normal(8.6, 1.3, count)).astype(int).clip(1, 4 * DAY)
    opened = np.where(read & (opened < span.end - 3 * HOUR), opened, NEVER)
    rate = np.where(service, 0.25, 0.16)
    clicked = np.where((opened >= 0) & (rng.random(count) < rate), opened + 25, NEVER)
    again = (opened >= 0) & (rng.random(count) < 0.15)
    personal = message == messages.place_of("sales-intro")
    leaves = _is_last_before(person, at, opened, consents.until[person], span.end, service)
    return Sends(
        person, message, at, hard, delivered,
        prefetched=np.where(arrives & people.prefetches[person],
                            delivered + rng.integers(1, 20, count), NEVER),
        scanned=np.where(arrives & gateway & (rng.random(count) < 0.6),
                         delivered + rng.integers(3, 15, count), NEVER),
        opened=opened, opened_again=np.where(again, opened + 40 * 60, NEVER), clicked=clicked,
        replied=np.where(personal & (opened >= 0) & (rng.random(count) < 0.6), opened + 1500,
                         NEVER),
        left=np.where(leaves, opened + 60, NEVER),
        complained=np.where(leaves & consents.complains[person], opened + 70, NEVER),
    )  # fmt: skip


def _is_first(person: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The earliest mail of each person."""
    order = np.lexsort((at, person))
    ordered = person[order]
    first = np.zeros(len(person), bool)
    first[order] = np.r_[True, ordered[1:] != ordered[:-1]][: len(person)]
    return first


def _is_last_before(
    person: np.ndarray, at: np.ndarray, opened: np.ndarray, until: np.ndarray, end: int,
    service: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """The last marketing mail that was opened by persons who opt out: the one that made them."""
    candidate = (until < end) & (opened >= 0) & ~service
    last = np.zeros(len(person), bool)
    rows = np.flatnonzero(candidate)
    last[rows[_is_first(person[rows], -at[rows])]] = True
    return last


def withdrawals(sends: Sends, people: People, consents: Consents, span: Span) -> np.ndarray:
    """When each person opted out: by a mail, or by hand at the set moment; NEVER if not."""
    left = np.where(consents.until < span.end, consents.until, NEVER)
    rows = np.flatnonzero(sends.left >= 0)
    left[sends.person[rows]] = sends.left[rows]
    return left


def landings(sends: Sends, accounts: Accounts, people: People) -> Sessions:
    """The web sessions that follow human clicks, a few seconds later."""
    rows = np.flatnonzero(sends.clicked >= 0)
    person = sends.person[rows]
    account = people.account[person]
    won = accounts.won[account]
    b2b_intent = np.where((won >= 0) & (sends.clicked[rows] > won), PORTAL, PRICE)
    count = len(rows)
    return Sessions(
        person=person, start=sends.clicked[rows] + 2 + rows % 5,
        intent=np.where(accounts.is_b2b[account], b2b_intent, SHOP),
        device=np.full(count, OWN), way=np.full(count, EMAIL_WAY), message=sends.message[rows],
        order=np.full(count, NEVER), identifies=np.zeros(count, bool),
    )  # fmt: skip
