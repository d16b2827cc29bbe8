"""The rows of one chunk of the world: its landing tables and its parts of the truth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from . import touchpoints, truth
from .activities import activity_table
from .arrays import Columns, take
from .bots import bot_table
from .commerce import order_ids
from .consents import consent_table
from .crm import account_table, contact_table, lead_table
from .deals import deal_tables
from .feeds import Further
from .identifiers import devices_of, identifiers_truth
from .life import Life
from .mail import EVENT_TYPES, withdrawals
from .mailtable import mail_table
from .messages import Messages
from .names import Pools
from .oddities import oddities
from .ordertables import item_table, order_table
from .span import Draws, Span
from .webtable import web_table


def landing_tables(
    life: Life, bots: Columns, *, messages: Messages, span: Span, pools: Pools, draws: Draws
) -> dict[str, Columns]:
    """The rows of each landing table, still clean."""
    accounts, people, orders, records = life.accounts, life.people, life.orders, life.records
    web = web_table(
        accounts, people, life.sessions, life.events, orders, messages, life.web_ids,
        rng=draws.next(),
    )  # fmt: skip
    other_web = web_table(
        accounts, life.in_disguise, life.others, life.other_events, orders, messages,
        life.other_ids, rng=draws.next(),
    )  # fmt: skip
    opted_out = withdrawals(life.sends, people, life.consents, span)
    return {
        "accounts": account_table(accounts, span=span, pools=pools),
        "contacts": contact_table(accounts, people, records, life.lives, span=span),
        "leads": lead_table(accounts, people, records, span=span),
        **deal_tables(accounts, life.deals, span=span, rng=draws.next()),
        "activities": activity_table(
            accounts, records, life.deals, life.activities, life.activity_ids, rng=draws.next()
        ),
        "consents": consent_table(people, life.consents, opted_out, span=span),
        "email_events": mail_table(people, life.sends, life.mail_events, messages, life.mail_ids),
        "web_events": _stacked(web, other_web, bots),
        "orders": order_table(
            people, orders, records.contact_id, records.crm_account_id, span=span, rng=draws.next()
        ),
        "order_items": item_table(orders, records.crm_account_id),
    }  # fmt: skip


def bot_events(life: Life, *, span: Span, draws: Draws) -> Columns:
    """What crawlers leave in web_events, numbered after the events of people."""
    after = life.first_number + len(life.web_ids) + len(life.other_ids)
    return bot_table(len(life.sessions), life.first_number, after, span=span, rng=draws.next())


def truth_parts(
    life: Life, bots: Columns, more: Further, *, span: Span
) -> Iterator[tuple[str, Columns]]:
    """Truth files by name with the rows this chunk adds to them."""
    known = life.accounts, life.people, life.records, life.lives, life.orders
    machine = np.flatnonzero(life.mail_events.is_machine)
    yield "accounts", truth.accounts_truth(life.accounts)
    yield "persons", truth.persons_truth(*known, span)
    yield "memberships", truth.memberships_truth(*known)
    yield "identifiers", identifiers_truth(life)
    yield "shared_devices", truth.shared_devices_truth(life.accounts, life.people)
    yield (
        "stages",
        truth.stages_truth(life.accounts, life.orders, more.advocates, more.left, span=span),
    )
    yield "bots", {"event_id": bots["event_id"]}
    yield (
        "machine_opens",
        {
            "event_id": life.mail_ids.take(machine),
            "event_type": take(EVENT_TYPES, life.mail_events.kind[machine]),
        },
    )
    yield "dirt", oddities(life, span)
    for rows in _touchpoint_parts(life):
        yield "touchpoints", rows
    yield from more.truth_parts()


def _touchpoint_parts(life: Life) -> Iterator[Columns]:
    people, base = life.people, life.first_number
    at, sends = life.mail_events.at, life.sends

    def belonging(person: np.ndarray, moments: np.ndarray) -> pa.Array:
        return truth.account_at(life.accounts, people, life.lives, person, moments)

    for sessions, events, ids, first in (
        (life.sessions, life.events, life.web_ids, base),
        (life.others, life.other_events, life.other_ids, base + len(life.events)),
    ):
        account = belonging(sessions.person[events.session], events.at)
        yield touchpoints.web_touchpoints(
            people, sessions, events, ids, first, life.orders, account
        )
    account = belonging(sends.person[life.mail_events.send], at)
    devices, told = devices_of(life)
    yield touchpoints.mail_event_touchpoints(
        people, sends, life.mail_events, life.mail_ids, account,
        touchpoints.visits_by_click(people, sends, life.sessions, life.events, devices[told]),
    )  # fmt: skip
    logged = truth.activity_accounts(life.accounts, people, life.lives, life.activities)
    yield touchpoints.activity_touchpoints(
        people, sends, life.activities, life.activity_ids, logged
    )
    leads = np.flatnonzero(life.records.lead_created >= 0)
    created = life.records.lead_created[leads]
    yield touchpoints.lead_touchpoints(
        people, leads, life.records.lead_id.take(leads), created, belonging(leads, created),
        life.lives.disputed,
    )  # fmt: skip
    ordered = belonging(life.orders.person, life.orders.ordered)
    yield touchpoints.order_rows(people, life.orders, order_ids(life.orders), ordered)


def _stacked(*parts: Columns) -> Columns:
    """Tables below each other; columns that a part lacks are null there."""
    tables = [pa.table(part) for part in parts]
    whole = pa.concat_tables(tables, promote_options="default").combine_chunks()
    return {name: whole.column(name).combine_chunks() for name in whole.column_names}
