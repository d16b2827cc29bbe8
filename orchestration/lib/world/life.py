"""What a chunk of accounts lives through: people, visits, mails, deals and orders, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .activities import Activities, activity_ids, make_activities
from .arrays import hex_ids
from .commerce import Orders, make_orders
from .companies import Accounts, make_accounts
from .consents import Consents, make_consents
from .deals import Deals, make_deals
from .mail import Sends, landings, make_sends
from .mailtable import MailEvents, make_mail_events
from .messages import Messages
from .names import Pools
from .people import People, make_people
from .records import Records, make_records
from .second_lives import SecondLives, make_second_lives, other_address_visits
from .span import Draws, Span
from .visits import Sessions, known_since, make_visits
from .web import COMPLETE, Events, known_at, make_events


@dataclass(frozen=True)
class Life:
    """Everything that happens in one chunk, before it is written down.

    `first_number` is where the chunk starts to number its rows. `others` are the sessions in
    which people appear `in_disguise`, with an address that is not their usual one.
    """

    first_number: int
    accounts: Accounts
    people: People
    orders: Orders
    records: Records
    lives: SecondLives
    consents: Consents
    sends: Sends
    mail_events: MailEvents
    mail_ids: pa.Array
    sessions: Sessions
    events: Events
    web_ids: pa.Array
    in_disguise: People
    others: Sessions
    other_events: Events
    other_ids: pa.Array
    deals: Deals
    activities: Activities
    activity_ids: pa.Array


def live(
    first: int, count: int, *, first_number: int, span: Span, pools: Pools, messages: Messages,
    draws: Draws,
) -> Life:  # fmt: skip
    """The life of accounts `first` to `first + count - 1`."""
    accounts = make_accounts(first, count, span=span, pools=pools, rng=draws.next())
    people = make_people(accounts, span=span, pools=pools, rng=draws.next())
    orders = make_orders(accounts, people, span=span, rng=draws.next())
    sessions = make_visits(accounts, people, orders, span=span, rng=draws.next())
    people = people.with_known(known_since(sessions, people))
    events = make_events(sessions, people, draws.next())
    bought = events.name == COMPLETE
    orders = orders.placed(sessions.order[events.session[bought]], events.at[bought] + 1)
    people = people.with_known(known_at(events, sessions, people))
    records = make_records(accounts, people, span=span, rng=draws.next())
    lives = make_second_lives(accounts, people, records, span=span)
    consents = make_consents(accounts, people, records, span=span, rng=draws.next())
    sends = make_sends(
        accounts, people, records, consents, sessions, orders, messages,
        span=span, rng=draws.next(),
    )  # fmt: skip
    clicks = landings(sends, accounts, people)
    events = events.plus(make_events(clicks, people, draws.next()), offset=len(sessions))
    sessions = sessions.plus(clicks)
    deals = make_deals(accounts, span=span, rng=draws.next())
    activities = make_activities(
        accounts, people, records, lives, deals, sends, span=span, rng=draws.next()
    )
    others, in_disguise = other_address_visits(accounts, people, lives, span=span)
    other_events = make_events(others, in_disguise, draws.next())
    mail_events = make_mail_events(sends)
    web_numbers = first_number + np.arange(len(events) + len(other_events))
    web_ids = hex_ids("evt_", web_numbers, salt=59)
    return Life(
        first_number, accounts, people, orders, records, lives, consents, sends, mail_events,
        hex_ids("eme_", first_number + np.arange(len(mail_events)), salt=60),
        sessions, events, web_ids[: len(events)],
        in_disguise, others, other_events, web_ids[len(events) :],
        deals, activities, activity_ids(first_number, len(activities)),
    )  # fmt: skip
