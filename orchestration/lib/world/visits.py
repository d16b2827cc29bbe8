"""Web sessions: who visits when, on which device, by which way, and with what in mind."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from .arrays import DAY, HOUR, NEVER, Texts, draw, expand, hex_ids, ranks
from .channels import as_platforms_know, palettes
from .commerce import Orders
from .companies import (
    ABANDONER,
    AWARE,
    BROWSER,
    CONSIDERING,
    DECIDING,
    DORMANT,
    LAPSED,
    NEWCOMER,
    REPEAT,
    Accounts,
)  # fmt: skip
from .people import People
from .span import Span, office_hours

INTENTS = (
    "read", "evaluate", "price", "demo", "portal", "shop", "cart", "checkout", "buy", "careers",
)  # fmt: skip
READ, EVALUATE, PRICE, DEMO, PORTAL, SHOP, CART, CHECKOUT, BUY, CAREERS = range(10)
OWN, SECOND, OFFICE = range(3)


@dataclass(frozen=True)
class Sessions:
    """One element per session of a chunk. `way` is a position in WAYS, or EMAIL_WAY with
    `message` set; `order` a position in Orders; both NEVER otherwise."""

    person: np.ndarray
    start: np.ndarray
    intent: np.ndarray
    device: np.ndarray
    way: np.ndarray
    message: np.ndarray
    order: np.ndarray
    identifies: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    def picked(self, rows: np.ndarray) -> Sessions:
        """The sessions at these positions, or where this mask holds."""
        return Sessions(*(getattr(self, field.name)[rows] for field in fields(self)))

    def plus(self, other: Sessions) -> Sessions:
        """These sessions and then the others."""
        names = [field.name for field in fields(self)]
        return Sessions(*(np.r_[getattr(self, name), getattr(other, name)] for name in names))


def make_visits(
    accounts: Accounts, people: People, orders: Orders, *, span: Span, rng: np.random.Generator
) -> Sessions:
    """All sessions but those that follow a mail, with the ones in which persons identify."""
    parts = [
        _before_close(accounts, people, rng),
        _as_customer(accounts, people, span, rng),
        _shopping(accounts, people, span, rng),
        _purchases(orders),
        _at_the_office(accounts, people, rng),
        _passing(people, rng),
    ]
    person, start, intent, order = (np.concatenate(column) for column in zip(*parts, strict=True))
    start = _at_work(accounts, people, person, start, rng)
    at_office = np.repeat([number == 4 for number in range(6)], [len(part[0]) for part in parts])
    count = len(person)
    ways = palettes(accounts.is_b2b, rng)
    near = np.where(people.is_visitor[person], rng.integers(0, len(accounts), count), NEVER)
    near = np.where(near < 0, people.account[person], near)
    second = people.has_two_devices[person] & (rng.random(count) < 0.35) & (order < 0)
    way = ways[near, draw(rng, (0.62, 0.25, 0.13), count)]
    sessions = Sessions(
        person=person, start=start, intent=intent,
        device=np.where(at_office, OFFICE, np.where(second, SECOND, OWN)),
        way=as_platforms_know(way, people.number[person] * 2**32 + start),
        message=np.full(count, NEVER), order=order, identifies=(order >= 0) | at_office,
    )  # fmt: skip
    happens = at_office | _awake(accounts, people, person, start)
    sessions = sessions.picked((start < span.end - 3 * HOUR) & happens)
    return _let_identify(sessions, people, rng)


def _awake(accounts: Accounts, people: People, person: np.ndarray, start: np.ndarray) -> np.ndarray:
    """False for sessions inside the silent pause of their account."""
    account = people.account[person]
    pause = accounts.silent_from[account], accounts.silent_to[account]
    return (account < 0) | (pause[0] < 0) | (start < pause[0]) | (start > pause[1])


def _at_work(
    accounts: Accounts, people: People, person: np.ndarray, start: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:  # fmt: skip
    """Colleagues visit in working hours, unless that would change what comes first."""
    account = people.account[person]
    moved, ended = office_hours(start, rng), accounts.ended[account]
    works = (account >= 0) & accounts.is_b2b[account]
    keeps_order = (moved > people.joined[person]) & ((moved < ended) == (start < ended))
    return np.where(works & keeps_order, moved, start)


def _members(accounts: Accounts, people: People) -> tuple[np.ndarray, np.ndarray]:
    """Position of each account's first person, and its number of persons."""
    inside = people.account[~people.is_visitor]
    sizes = np.bincount(inside, minlength=len(accounts))
    return np.cumsum(sizes) - sizes, sizes


def _before_close(accounts: Accounts, people: People, rng: np.random.Generator) -> tuple:
    """Sessions of companies on their way to a decision, the opening one included."""
    usual = np.full(len(accounts), 11.5)
    for story, sessions in ((DECIDING, 10), (CONSIDERING, 7), (AWARE, 2), (DORMANT, 4)):
        usual[accounts.story == story] = sessions
    counts = np.round(usual * np.exp(rng.normal(0, 0.3, len(accounts)))).astype(int)
    account, place = expand(np.where(accounts.is_b2b, counts.clip(1), 0))
    first, sizes = _members(accounts, people)
    slot = (rng.random(len(account)) ** 1.4 * sizes[account]).astype(int)
    person = first[account] + np.where(place == 0, 0, slot)
    joined, ended = people.joined[person], accounts.ended[account]
    share = np.where(place == 0, 0.0, rng.random(len(account)) ** 0.85)
    start = joined + ((ended - joined - HOUR).clip(1) * share).astype(int)
    return person, start, _company_intents(accounts, account, start, rng), _none(person)


def _company_intents(
    accounts: Accounts, account: np.ndarray, start: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """What a colleague looks for depends on how far the account is."""
    count = len(account)
    considers = accounts.consideration[account]
    decides = accounts.decision[account]
    early = np.array([READ, EVALUATE, CAREERS])[draw(rng, (0.76, 0.2, 0.04), count)]
    middle = np.array([EVALUATE, READ, PRICE, DEMO])[draw(rng, (0.5, 0.2, 0.28, 0.02), count)]
    late = np.array([PRICE, EVALUATE, DEMO, READ])[draw(rng, (0.42, 0.34, 0.08, 0.16), count)]
    intent = np.where((considers >= 0) & (start >= considers), middle, early)
    return np.where((decides >= 0) & (start >= decides), late, intent)


def _as_customer(accounts: Accounts, people: People, span: Span, rng: np.random.Generator) -> tuple:
    """Customers use the portal and the help pages, about twice a month."""
    months = np.where(accounts.won >= 0, (span.end - accounts.won) / (30 * DAY), 0)
    account, _ = expand(rng.poisson(months * 1.8))
    first, sizes = _members(accounts, people)
    person = first[account] + (rng.random(len(account)) ** 2 * sizes[account]).astype(int)
    won = accounts.won[account]
    start = won + HOUR + (rng.random(len(account)) * (span.end - won - 2 * HOUR)).astype(int)
    intent = np.where(rng.random(len(account)) < 0.85, PORTAL, EVALUATE)
    return person, start, intent, _none(person)


def _shopping(accounts: Accounts, people: People, span: Span, rng: np.random.Generator) -> tuple:
    """Shoppers browse and leave carts behind; half the abandoned ones in the last three days."""
    story = accounts.story
    usual = np.full(len(accounts), 5.0)
    for kind, sessions in ((BROWSER, 6), (ABANDONER, 5), (REPEAT, 15), (LAPSED, 8), (NEWCOMER, 2)):
        usual[story == kind] = sessions
    account, place = expand(np.where(accounts.is_b2b, 0, 1 + rng.poisson(usual)))
    person = _members(accounts, people)[0][account]
    opened, ended = accounts.opened[account], accounts.ended[account]
    start = opened + (np.where(place == 0, 0, rng.random(len(account))) * (ended - opened)).astype(
        int
    )
    intent = np.where(rng.random(len(account)) < 0.12, CART, SHOP)
    leaves = np.flatnonzero(~accounts.is_b2b & (story == ABANDONER))
    recent = span.end - (rng.uniform(3, 70, len(leaves)) * HOUR).astype(int)
    older = accounts.ended[leaves] - 2 * HOUR
    late = np.where(leaves % 2 == 0, recent, older)
    left = np.where(rng.random(len(leaves)) < 0.5, CART, CHECKOUT)
    person = np.r_[person, _members(accounts, people)[0][leaves]]
    return person, np.r_[start, late], np.r_[intent, left], _none(person)


def _purchases(orders: Orders) -> tuple:
    """Every order placed on the web is a session that ends with it."""
    rows = np.flatnonzero(orders.is_web)
    start = orders.ordered[rows] - 15 * 60
    return orders.person[rows], start, np.full(len(rows), BUY), rows


def _at_the_office(accounts: Accounts, people: People, rng: np.random.Generator) -> tuple:
    """Colleagues who share the office device each sign in on it once."""
    person = np.flatnonzero(people.shares_office_device)
    account = people.account[person]
    room = (accounts.ended[account] - people.joined[person] - 2 * HOUR).clip(1)
    start = people.joined[person] + (rng.random(len(person)) * room).astype(int)
    return person, start, np.full(len(person), EVALUATE), _none(person)


def _passing(people: People, rng: np.random.Generator) -> tuple:
    """Visitors who stay unknown come once to three times within a day."""
    visitors = np.flatnonzero(people.is_visitor)
    which, place = expand(1 + draw(rng, (0.75, 0.2, 0.05), len(visitors)))
    person = visitors[which]
    start = people.joined[person] + place * 5 * HOUR
    intent = np.where(rng.random(len(person)) < 0.6, READ, SHOP)
    return person, start, intent, _none(person)


def _none(person: np.ndarray) -> np.ndarray:
    return np.full(len(person), NEVER)


def _let_identify(sessions: Sessions, people: People, rng: np.random.Generator) -> Sessions:
    """Mark the session in which a person becomes known on a device, and some later ones."""
    device = sessions.person * 4 + sessions.device
    rank, size = ranks(device, sessions.start)
    chance = rng.random(4 * len(people))[device]
    known_at = (chance * (size * 0.6)).astype(int)
    known_at = np.where(people.identifies_at_once[sessions.person], 0, known_at)
    second_stays_dark = (rng.random(len(people)) < 0.2)[sessions.person]
    may = people.identifies[sessions.person] & (sessions.device != OFFICE)
    may &= ~((sessions.device == SECOND) & second_stays_dark)
    again = (rank > known_at) & (rng.random(len(sessions)) < 0.05)
    return replace(sessions, identifies=sessions.identifies | may & ((rank == known_at) | again))


def known_since(sessions: Sessions, people: People) -> np.ndarray:
    """When each person first identified on the web, NEVER for those who did not."""
    known = np.full(len(people), np.iinfo(np.int64).max)
    rows = sessions.identifies
    np.minimum.at(known, sessions.person[rows], sessions.start[rows])
    return np.where(known == np.iinfo(np.int64).max, NEVER, known)


def session_numbers(sessions: Sessions, people: People) -> np.ndarray:
    """A number per session, unique over all chunks: its device and the second it starts."""
    return (people.number[sessions.person] * 4 + sessions.device) * 2**32 + sessions.start


def click_ids(sessions: Sessions, people: People) -> Texts:
    """The id that a platform appended to the landing URL, for sessions that came by an ad."""
    return hex_ids("", session_numbers(sessions, people), salt=43)
