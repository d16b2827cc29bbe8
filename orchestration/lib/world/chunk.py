"""One chunk of the world: a few hundred accounts with all that happens to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import touchpoints, truth
from .activities import activity_ids, activity_table, make_activities
from .arrays import Columns, hex_ids, take
from .bots import bot_table
from .commerce import make_orders, order_ids, order_tables
from .companies import make_accounts
from .consents import consent_table, make_consents
from .crm import account_table, contact_table, lead_table
from .deals import deal_tables, make_deals
from .mail import EVENT_TYPES, landings, make_sends, withdrawals
from .mailtable import mail_table, make_mail_events
from .messages import Messages
from .names import Pools
from .people import make_people
from .records import make_records
from .second_lives import make_second_lives, other_address_visits
from .span import Span, chunk_rng
from .visits import known_since, make_visits
from .web import known_at, make_events
from .webtable import web_table


@dataclass(frozen=True)
class Chunk:
    """What a chunk adds: rows of landing tables, and rows of truth files (several parts each)."""

    tables: dict[str, Columns]
    truth: list[tuple[str, Columns]]


def make_chunk(
    number: int, first: int, count: int, *, seed: int, span: Span, pools: Pools, messages: Messages
) -> Chunk:
    """Accounts `first` to `first + count - 1`, as chunk `number` of the world."""
    draws = iter(range(1, 100))

    def rng() -> np.random.Generator:
        return chunk_rng(seed, number, next(draws))

    base = number << 32
    accounts = make_accounts(first, count, span=span, pools=pools, rng=rng())
    people = make_people(accounts, span=span, pools=pools, rng=rng())
    orders = make_orders(accounts, people, span=span, rng=rng())
    sessions = make_visits(accounts, people, orders, span=span, rng=rng())
    people = people.with_known(known_since(sessions, people))
    events = make_events(sessions, people, rng())
    people = people.with_known(known_at(events, sessions, people))
    records = make_records(accounts, people, span=span, rng=rng())
    lives = make_second_lives(accounts, people, records, span=span)
    consents = make_consents(accounts, people, records, span=span, rng=rng())
    sends = make_sends(
        accounts, people, records, consents, sessions,
        (orders.person[orders.is_web], orders.ordered[orders.is_web]), messages,
        span=span, rng=rng(),
    )  # fmt: skip
    clicks = landings(sends, accounts, people)
    events = events.plus(make_events(clicks, people, rng()), offset=len(sessions))
    sessions = sessions.plus(clicks)
    deals = make_deals(accounts, span=span, rng=rng())
    activities = make_activities(accounts, people, records, deals, sends, span=span, rng=rng())
    others, in_disguise = other_address_visits(accounts, people, lives, span=span)
    other_events = make_events(others, in_disguise, rng())

    def accounts_of(person: np.ndarray, at: np.ndarray) -> pa.Array:
        return truth.account_at(accounts, people, lives, person, at)

    web_ids = hex_ids("evt_", base + np.arange(len(events) + len(other_events)), salt=59)
    own_ids, other_ids = web_ids[: len(events)], web_ids[len(events) :]
    web = web_table(accounts, people, sessions, events, orders, messages, own_ids, rng=rng())
    other_web = web_table(
        accounts, in_disguise, others, other_events, orders, messages, other_ids, rng=rng()
    )
    bots = bot_table(len(sessions), base, base + len(web_ids), span=span, rng=rng())
    mail_events = make_mail_events(sends)
    mail_ids = hex_ids("eme_", base + np.arange(len(mail_events)), salt=60)
    mails = mail_table(people, sends, mail_events, messages, mail_ids)
    machine = np.flatnonzero(mail_events.is_machine)
    leads, lead_person = lead_table(accounts, people, records, span=span)
    activity_keys = activity_ids(base, len(activities))
    return Chunk(
        tables={
            "accounts": account_table(accounts, span=span, pools=pools),
            "contacts": contact_table(accounts, people, records, lives, span=span),
            "leads": leads,
            **deal_tables(accounts, deals, span=span, rng=rng()),
            "activities": activity_table(
                accounts, records, deals, activities, activity_keys, rng=rng()
            ),
            "consents": consent_table(
                people, consents, withdrawals(sends, people, consents, span), span=span
            ),
            "email_events": mails,
            "web_events": stacked(web, other_web, bots),
            **order_tables(accounts, people, orders, records.contact_id, records.crm_account_id,
                           span=span, rng=rng()),
        },
        truth=[
            ("accounts", truth.accounts_truth(accounts)),
            ("persons", truth.persons_truth(accounts, people, records, lives, orders, span)),
            ("memberships",
             truth.memberships_truth(accounts, people, records, lives, orders)),
            ("identifiers", truth.identifiers_truth(accounts, people, records, lives, orders,
                                                    sessions, events)),
            ("shared_devices", truth.shared_devices_truth(accounts, people)),
            ("stages", truth.stages_truth(accounts, orders, span=span)),
            ("bots", {"event_id": bots["event_id"]}),
            ("machine_opens", {
                "event_id": mail_ids.take(machine),
                "event_type": take(EVENT_TYPES, mail_events.kind[machine]),
            }),
            ("touchpoints", touchpoints.web_touchpoints(
                people, sessions, events, own_ids, base, orders,
                accounts_of(sessions.person[events.session], events.at))),
            ("touchpoints", touchpoints.web_touchpoints(
                people, others, other_events, other_ids, base + len(events), orders,
                accounts_of(others.person[other_events.session], other_events.at))),
            ("touchpoints", touchpoints.mail_event_touchpoints(
                people, sends, mail_events, mail_ids, base,
                accounts_of(sends.person[mail_events.send], mail_events.at))),
            ("touchpoints", touchpoints.activity_touchpoints(
                people, activities, activity_keys, base,
                truth.activity_accounts(accounts, people, lives, activities))),
            ("touchpoints", touchpoints.lead_touchpoints(
                people, lead_person, leads["lead_id"], records.lead_created[lead_person],
                accounts_of(lead_person, records.lead_created[lead_person]))),
            ("touchpoints", touchpoints.order_rows(
                people, orders, order_ids(orders), accounts_of(orders.person, orders.ordered))),
        ],
    )  # fmt: skip


def stacked(*parts: Columns) -> Columns:
    """Tables below each other; columns that a part lacks are null there."""
    names = sorted({name for part in parts for name in part})
    tables = [pa.table({name: part[name] for name in names if name in part}) for part in parts]
    whole = pa.concat_tables(tables, promote_options="default").combine_chunks()
    return {name: whole.column(name).combine_chunks() for name in whole.column_names}
