"""The table tickets: what customers ask of service, how fast it is solved, how they liked it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import DAY, HOUR, NEVER, draw, expand, hex_ids, iso, iso_local, join, take, where
from .feed import Acts, Feed, same
from .moods import mood, stars
from .standing import Standing

_CATEGORIES = ("question", "bug", "billing", "delivery", "return", "complaint")
QUESTION, BUG, BILLING, DELIVERY, RETURN, COMPLAINT = range(6)
_SUBJECTS = ("How do I …?", "Something is broken", "About my invoice", "Where is my parcel?",
             "I want to send it back", "This is not good enough")  # fmt: skip
_PRIORITIES = ("low", "normal", "high", "urgent")
_CHANNELS = ("email", "chat", "phone", "portal")


@dataclass(frozen=True)
class Tickets:
    """One element per ticket; `solved` and `satisfaction` (1 to 5) are NEVER if there is none."""

    person: np.ndarray
    category: np.ndarray
    created: np.ndarray
    solved: np.ndarray
    satisfaction: np.ndarray

    def __len__(self) -> int:
        return len(self.person)


def make_tickets(stand: Standing, rng: np.random.Generator) -> Tickets:
    """About one ticket per business customer and four months, and one in six shoppers'."""
    member, since = stand.customers()
    company = stand.is_company[member]
    room = (stand.span.end - since - 3 * HOUR).clip(0)
    speaks = stand.life.people.slot[member] < 3
    usual = np.where(company, room / (260 * DAY) * speaks, 0.16 * (room > DAY))
    which, _ = expand(rng.poisson(usual))
    person = member[which]
    created = since[which] + HOUR + (rng.random(len(which)) * room[which] * 0.99).astype(int)
    business = draw(rng, (0.4, 0.3, 0.18, 0, 0, 0.12), len(which))
    shopper = draw(rng, (0.2, 0, 0.1, 0.35, 0.2, 0.15), len(which))
    category = np.where(company[which], business, shopper)
    takes = np.exp(rng.normal(10.7, 1.1, len(which))).astype(int).clip(600, 25 * DAY)
    solved = np.where(created + takes < stand.span.end, created + takes, NEVER)
    number = stand.life.people.number[person]
    feels = mood(number) - 0.25 * (category == COMPLAINT) - 0.15 * (takes > 3 * DAY)
    rated = (solved >= 0) & (rng.random(len(which)) < 0.45)
    return Tickets(
        person, category, created, solved, np.where(rated, stars(feels.clip(0, 1)), NEVER)
    )


def ticket_feed(stand: Standing, tickets: Tickets) -> Feed:
    """All columns of tickets; the help desk knows the address, the contact, or both."""
    person, created, category = tickets.person, tickets.created, tickets.category
    number, count = stand.life.people.number[person], len(tickets)
    ids = hex_ids("tic_", stand.life.first_number + np.arange(count), salt=77)
    contact = stand.records(person, created)["contact_id"]
    unnamed = contact.is_null().to_numpy(False)
    account = stand.life.people.account[person]
    urgent = np.where(category == COMPLAINT, 2 + created % 2, created % 7 // 2)
    table = {
        "ticket_id": ids,
        "email": where(unnamed | (created % 4 > 0), stand.emails(person)),
        "contact_id": where(created % 3 < 2, contact),
        "account_id": take(stand.life.records.crm_account_id,
                           np.where(number % 2 == 0, account, NEVER)),
        "subject": take(_SUBJECTS, category),
        "category": take(_CATEGORIES, category),
        "priority": take(_PRIORITIES, urgent),
        "status": where(tickets.solved >= 0, "solved", take(("open", "pending"), created % 2)),
        "channel": take(_CHANNELS, created % 11 // 3),
        "satisfaction": take(("1", "2", "3", "4", "5"), np.where(
            tickets.satisfaction > 0, tickets.satisfaction - 1, NEVER)),
        "created_at": where(number % 3 == 1, iso_local(created), iso(created)),
        "solved_at": iso(tickets.solved),
    }  # fmt: skip
    table["email"] = where(table["contact_id"].is_null().to_numpy(False),
                           stand.emails(person), table["email"])  # fmt: skip
    acts = Acts(ids, join("tp_", ids), person, created, same("ticket_opened", count),
                same("support", count))  # fmt: skip
    return Feed(table, acts)
