"""The table web_events: ids, landing URLs, agents and amounts of the events of a chunk."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import Columns, amounts, join, mix, numerals, take, where
from .channels import EMAIL_WAY, WAYS
from .commerce import (
    CATEGORIES,
    PRICES,
    PRODUCT_IDS,
    PRODUCTS_PER_CATEGORY,
    Orders,
    transaction_ids,
    user_ids,
)  # fmt: skip
from .companies import Accounts
from .messages import Messages
from .names import COUNTRIES
from .pages import AGENTS, PAGE_TITLES, PAGE_URLS
from .people import SLOTS, People, device_ids, hashed_emails, hashes_email, writes_variant
from .schema import CLICK_IDS, UTM
from .visits import OFFICE, Sessions, click_ids
from .web import ADD, BEGIN, COMPLETE, FORM, FORMS, IDENTIFY, NAMES, Events, is_app_only


def web_table(
    accounts: Accounts, people: People, sessions: Sessions, events: Events, orders: Orders,
    messages: Messages, ids: pa.Array, *, rng: np.random.Generator,
) -> Columns:  # fmt: skip
    """All columns of web_events for these events; `ids` are their event ids."""
    session = events.session
    person = sessions.person[session]
    number = people.number[person]
    agent = _agents(sessions, people)[session]
    order = sessions.order[session]
    carries_order = np.where(np.isin(events.name, (BEGIN, COMPLETE)), order, -1)
    has_value = np.isin(events.name, (ADD, BEGIN, COMPLETE))
    value = np.where(events.product >= 0, PRICES[events.product], -1)
    value = np.where(carries_order >= 0, _pick(orders.total, carries_order), value)
    devices = device_ids(people.number[sessions.person], sessions.device)
    app_only = is_app_only(people, sessions, events)[session]
    variant = writes_variant(number) & (events.name == FORM)
    hashes = hashed_emails(people)
    hashed = (events.name == IDENTIFY) & hashes_email(number)
    emails = where(variant, people.variant.take(person), people.email.take(person))
    return _landing_columns(people, sessions, events, messages) | {
        "event_id": ids,
        "event_name": take(NAMES, events.name),
        "anonymous_id": where(~app_only, devices.take(session)),
        "user_id": where(events.has_user, user_ids(people).take(person)),
        "email": where(events.has_email & ~hashed, emails),
        "email_sha256": where(hashed, hashes.take(person)),
        "company_domain": _seen_companies(accounts, people, sessions, rng).take(session),
        "occurred_at": _stamp(events.at),
        "received_at": _stamp(events.at + rng.integers(0, 4, len(events))),
        "page_title": take(PAGE_TITLES, events.page),
        "user_agent": take([text for _, text in AGENTS], agent),
        "ip": join(take(("203.0.113.", "198.51.100.", "192.0.2."), number % 3),
                   numerals(number // SLOTS % 254 + 1)),
        "country": take([place.code for place in COUNTRIES], people.country[person]),
        "device_type": take([kind for kind, _ in AGENTS], agent),
        "engaged_seconds": pa.array(events.engaged * 7 // 10, mask=events.engaged == 0),
        "scroll_percent": pa.array(events.engaged * 13 % 100 + 1, mask=events.engaged == 0),
        "product_id": take(PRODUCT_IDS, events.product),
        "category": take(CATEGORIES, np.where(
            events.product >= 0, events.product // PRODUCTS_PER_CATEGORY, -1)),
        "value": amounts(np.where(has_value, value, -1)),
        "currency": take([place.currency for place in COUNTRIES], np.where(
            has_value & (value >= 0), people.country[person], -1)),
        "transaction_id": transaction_ids(orders).take(pa.array(
            carries_order, mask=(carries_order < 0) | (events.name != COMPLETE))),
        "properties": _properties(events),
    }  # fmt: skip


def _pick(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    return values[places] if len(values) else np.zeros(len(places), int)


def _stamp(seconds: np.ndarray) -> pa.Array:
    return pa.array(seconds * 1000, pa.timestamp("ms", tz="UTC"))


def _agents(sessions: Sessions, people: People) -> np.ndarray:
    """A person's own devices keep their agent; the office device is a desktop."""
    owner = people.number[sessions.person] * 4 + sessions.device
    agent = (mix(owner, salt=42) % np.uint64(len(AGENTS))).astype(int)
    return np.where(sessions.device == OFFICE, 0, agent)


def _seen_companies(
    accounts: Accounts, people: People, sessions: Sessions, rng: np.random.Generator
) -> pa.Array:
    """A reverse look-up names the company of a fifth of its sessions."""
    account = people.account[sessions.person]
    seen = (account >= 0) & accounts.is_b2b[account] & (rng.random(len(sessions)) < 0.2)
    return take(accounts.domain, np.where(seen, account, -1))


def _properties(events: Events) -> pa.Array:
    """What a form is called, or what was searched; JSON text, null for other events."""
    texts = [f'{{"form":"{form}"}}' for form in FORMS]
    return take(texts, np.where(events.name == FORM, events.form, -1))


def _landing_columns(
    people: People, sessions: Sessions, events: Events, messages: Messages
) -> Columns:
    """page_url, referrer, and the UTM and click-id columns of ways that send them apart."""
    session = events.session
    by_mail = sessions.way == EMAIL_WAY
    way = np.where(by_mail, -1, sessions.way)
    clicks = click_ids(sessions, people)
    queries = [_query(place) for place in range(len(WAYS))]
    query = take(queries, way)
    has_click = np.array([bool(entry.click_id) and not entry.in_columns for entry in WAYS])
    query = join(query, where(has_click[way] & ~by_mail, clicks, pa.scalar("")))
    message = np.where(by_mail, sessions.message, -1)
    mailed = join("?utm_source=newsletter&utm_medium=email&utm_campaign=",
                  take(messages.campaign_id, message), "&utm_content=",
                  take(messages.message_id, message))  # fmt: skip
    query = where(by_mail, mailed, query)
    landing = events.is_landing
    shown = query.take(pa.array(session, mask=~landing)).fill_null("")
    url = take(PAGE_URLS, events.page)
    inner = take([f"{'/'.join(text.split('/')[:3])}/" for text in PAGE_URLS], events.page)
    outer = take([entry.referrer for entry in WAYS], way).take(session)
    columns = {
        "page_url": join(url, shown),
        "referrer": where(landing, outer, inner),
    }
    apart = np.array([entry.in_columns for entry in WAYS])[way] & ~by_mail
    shown_way = np.where(landing & apart[session], way[session], -1)
    for part, attribute in zip(UTM[:3], ("source", "medium", "campaign"), strict=True):
        columns[part] = take([getattr(entry, attribute) for entry in WAYS], shown_way)
    for name in CLICK_IDS:
        clicked = np.array([entry.click_id == name for entry in WAYS])[shown_way]
        if (clicked & (shown_way >= 0)).any():
            columns[name] = where(clicked & (shown_way >= 0), clicks.take(session))
    return columns


def _query(place: int) -> str:
    """What a way appends to the landing URL, a click id still to be added at its end."""
    way = WAYS[place]
    if way.in_columns:
        return ""
    parts = [
        f"{key}={value}"
        for key, value in zip(UTM, (way.source, way.medium, way.campaign), strict=False)
        if value
    ]
    if way.click_id:
        parts.append(f"{way.click_id}=")
    return "?" + "&".join(parts) if parts else ""
