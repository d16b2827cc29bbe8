"""The table email_events, and which of its rows are one touchpoint or a machine's act."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .arrays import Columns, hex_ids, iso, join, numerals, take, where
from .channels import B2B_SITE, SHOP_SITE
from .mail import (
    BOUNCED,
    CLICKED,
    COMPLAINED,
    DELIVERED,
    EVENT_TYPES,
    OPENED,
    REPLIED,
    SENT,
    UNSUBSCRIBED,
    Sends,
)  # fmt: skip
from .messages import Messages
from .pages import AGENTS
from .people import People

_MAIL_AGENTS = (
    "Mozilla/5.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Mobile/15E148",
)
_SCANNED_PATHS = ("", "/blog", "/imprint")
EXPOSURE, OPEN, CLICK, REPLY, UNSUBSCRIBE, COMPLAINT = range(6)
ACTS = ("send", "open", "click", "reply", "unsubscribe", "complaint")


@dataclass(frozen=True)
class MailEvents:
    """One element per mail event: the position of its send, its type and moment, whether a
    machine did it, which act it belongs to, and which link was followed (-1: none)."""

    send: np.ndarray
    kind: np.ndarray
    at: np.ndarray
    is_machine: np.ndarray
    act: np.ndarray
    link: np.ndarray

    def __len__(self) -> int:
        return len(self.send)


def make_mail_events(sends: Sends) -> MailEvents:
    """All events of all sends, in the order they happened."""
    failed = np.where(sends.delivered < 0, sends.at + 30, -1)
    kinds = [
        (sends.at, SENT, False, EXPOSURE, -1),
        (sends.delivered, DELIVERED, False, EXPOSURE, -1),
        (failed, BOUNCED, False, EXPOSURE, -1),
        (sends.prefetched, OPENED, True, EXPOSURE, -1),
        *((sends.scanned, CLICKED, True, EXPOSURE, link) for link in range(3)),
        (sends.opened, OPENED, False, OPEN, -1),
        (sends.opened_again, OPENED, False, OPEN, -1),
        (sends.clicked, CLICKED, False, CLICK, 0),
        (sends.replied, REPLIED, False, REPLY, -1),
        (sends.left, UNSUBSCRIBED, False, UNSUBSCRIBE, -1),
        (sends.complained, COMPLAINED, False, COMPLAINT, -1),
    ]
    rows = [np.flatnonzero(moments >= 0) for moments, *_ in kinds]
    at = np.concatenate([entry[0][row] for entry, row in zip(kinds, rows, strict=True)])
    sizes = [len(row) for row in rows]
    columns = [np.repeat([entry[n] for entry in kinds], sizes) for n in range(1, 5)]
    send = np.concatenate(rows)
    order = np.lexsort((columns[3], columns[0], send, at))
    kind, machine, act, link = (column[order] for column in columns)
    return MailEvents(send[order], kind, at[order], machine, act, link)


def mail_table(
    people: People, sends: Sends, events: MailEvents, messages: Messages, ids: pa.Array
) -> Columns:
    """All columns of email_events; `ids` are the event ids."""
    person, message = sends.person[events.send], sends.message[events.send]
    number = people.number[person]
    opens, clicks = events.kind == OPENED, events.kind == CLICKED
    own_agent = 1 + number % 3
    agent = np.where(opens, np.where(events.is_machine, 0, own_agent), -1)
    site = take((SHOP_SITE, B2B_SITE), messages.is_for_b2b[message].astype(int))
    target = join(site, take(_SCANNED_PATHS, np.where(clicks, events.link, -1)),
                  "?utm_source=newsletter&utm_medium=email&utm_campaign=",
                  take(messages.campaign_id, message), "&utm_content=",
                  take(messages.message_id, message))  # fmt: skip
    click_agent = take([text for _, text in AGENTS], np.where(clicks, number % len(AGENTS), -1))
    hard = sends.is_hard[events.send].astype(int)
    acts = opens | clicks
    host = where(acts & events.is_machine, "192.0.2.", pa.array(["203.0.113."] * len(events)))
    return {
        "event_id": ids,
        "message_id": take(messages.message_id, message),
        "email": take(people.email, person),
        "event_type": take(EVENT_TYPES, events.kind),
        "bounce_type": take(("soft", "hard"), np.where(events.kind == BOUNCED, hard, -1)),
        "url": where(clicks, target),
        "user_agent": where(clicks, click_agent, take(_MAIL_AGENTS, agent)),
        "ip": where(acts, join(host, numerals(number % 250 + 1))),
        "occurred_at": iso(events.at),
    }


def mail_touchpoints(
    people: People, sends: Sends, send: np.ndarray, act: np.ndarray | int
) -> pa.Array:
    """True touchpoint id of acts on sends: one per message, recipient and act, however often."""
    number = people.number[sends.person[send]] * 4096 + sends.message[send]
    return hex_ids("tp_m", number * 8 + act, salt=61)
