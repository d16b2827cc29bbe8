"""Truth about touchpoints: which records are one touchpoint, whose, by which channel."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .activities import EMAIL, NOTE, TYPES, Activities
from .arrays import Columns, hex_ids, iso, join, take, where
from .channels import CHANNELS
from .commerce import Orders
from .mail import Sends
from .mailtable import ACTS, CLICK, EXPOSURE, REPLY, MailEvents, mail_touchpoints
from .people import People
from .visits import Sessions, session_numbers
from .web import COMPLETE, FORM, NAMES, OWN_TOUCHPOINTS, Events, is_app_only

SILENCE = 30 * 60
_DIRECT = CHANNELS.index("direct")


def touchpoint_rows(
    source_table: str, records: pa.Array, touchpoints: pa.Array, people: People,
    person: np.ndarray, account: pa.Array, kinds: pa.Array, channel: pa.Array, at: np.ndarray,
    *, is_exposure: np.ndarray | None = None,
) -> Columns:  # fmt: skip
    """Rows of truth/touchpoints.csv for the records of one source table."""
    count = len(records)
    exposed = np.zeros(count, bool) if is_exposure is None else is_exposure
    return {
        "true_touchpoint_id": touchpoints,
        "source_table": pa.array([source_table] * count, pa.string()),
        "source_record_id": records,
        "true_person_id": take(people.true_ids, person),
        "true_account_id": account,
        "touchpoint_type": kinds,
        "channel": channel,
        "kind": take(("activity", "exposure"), exposed.astype(int)),
        "occurred_at": iso(at),
    }


def web_touchpoints(
    people: People, sessions: Sessions, events: Events, ids: pa.Array, first_number: int,
    orders: Orders, account: pa.Array,
) -> Columns:  # fmt: skip
    """Events named as touchpoints stand for themselves, all others for their visit."""
    leader, way = visits_of(people, sessions, events)
    session = events.session
    visit = visit_touchpoints(people, sessions).take(leader[session])
    own = np.isin(events.name, OWN_TOUCHPOINTS)
    acts = acts_of_events(people, sessions, events, first_number, orders)
    return touchpoint_rows(
        "web_events", ids, where(own, acts, visit), people, sessions.person[session], account,
        where(own, take(NAMES, events.name), pa.array(["session"] * len(events))),
        take(CHANNELS, way[session]), events.at,
    )  # fmt: skip


def acts_of_events(
    people: People, sessions: Sessions, events: Events, first_number: int, orders: Orders
) -> pa.Array:
    """Touchpoint of each event that stands for itself: of the form that made a person known, of
    the order it completed, or of its own."""
    person = sessions.person[events.session]
    alone = hex_ids("tp_e", first_number + np.arange(len(events)), salt=64)
    order = np.where(events.name == COMPLETE, sessions.order[events.session], -1)
    first_form = (events.name == FORM) & (events.at == people.known[person])
    acts = where(first_form, form_touchpoints(people).take(person), alone)
    return where(order >= 0, take(order_touchpoints(orders), order), acts)


def form_touchpoints(people: People) -> pa.Array:
    """Touchpoint of the form by which a person became known, and of the lead it made."""
    return hex_ids("tp_f", people.number, salt=65)


def order_touchpoints(orders: Orders) -> pa.Array:
    """Touchpoint of an order, and of the checkout event that completed it."""
    return hex_ids("tp_o", orders.number, salt=66)


def visits_of(people: People, sessions: Sessions, events: Events) -> tuple[np.ndarray, np.ndarray]:
    """The first session of the visit each session belongs to, and the visit's way to arrive.

    Sessions on one device that are not more than 30 minutes apart are one visit; its way is the
    first that is not direct.
    """
    landing = np.flatnonzero(events.is_landing)
    ends = np.maximum.reduceat(events.at, landing) if len(landing) else landing
    device = (session_numbers(sessions, people) >> 32) * 2 + is_app_only(people, sessions, events)
    order = np.lexsort((sessions.start, device))
    _, compact = np.unique(device[order], return_inverse=True)
    reach = np.maximum.accumulate(compact * 2**33 + ends[order])
    begins = compact * 2**33 + sessions.start[order]
    opens = np.r_[True, begins[1:] - reach[:-1] > SILENCE][: len(order)]
    group = np.cumsum(opens) - 1
    direct = sessions.way[order] == _DIRECT
    rank = np.arange(len(order)) + np.where(direct, len(order), 0)
    best = np.minimum.reduceat(rank, np.flatnonzero(opens)) if len(order) else rank
    leader, way = np.empty(len(order), int), np.empty(len(order), int)
    leader[order] = order[np.flatnonzero(opens)][group]
    way[order] = sessions.way[order][best % max(len(order), 1)][group]
    return leader, way


def mail_event_touchpoints(
    people: People, sends: Sends, events: MailEvents, ids: pa.Array, account: pa.Array,
    visits: pa.Array,
) -> Columns:  # fmt: skip
    """A mail with what machines made of it is one exposure, each human act one touchpoint; a
    click is one with the visit it opens (`visits` by send, null if it opens none)."""
    alone = mail_touchpoints(people, sends, events.send, events.act)
    opened = where(events.act == CLICK, visits.take(events.send))
    return touchpoint_rows(
        "email_events", ids, pc.coalesce(opened, alone), people, sends.person[events.send],
        account, join("email_", take(ACTS, events.act)), pa.array(["email"] * len(events)),
        events.at, is_exposure=events.act == EXPOSURE,
    )  # fmt: skip


def visits_by_click(
    people: People, sends: Sends, sessions: Sessions, events: Events, known_devices: np.ndarray
) -> pa.Array:
    """By send: the visit that its click opened; null without a click, in a running visit, and on
    a device of which nobody can know that it is the recipient's. A message that is sent to
    somebody again is one: its clicks belong to the first, and to the visit that one opened.

    The sessions that follow clicks are the last ones, in the order of their sends.
    """
    clicked = np.flatnonzero(sends.clicked >= 0)
    landing = len(sessions) - len(clicked) + np.arange(len(clicked))
    opens = visits_of(people, sessions, events)[0][landing] == landing
    device = sessions.person[landing] * 4 + sessions.device[landing]
    opens &= np.isin(device, known_devices)
    message = sends.person[clicked] * 4096 + sends.message[clicked]
    earliest = np.lexsort((sends.clicked[clicked], message))
    _, first, same = np.unique(message[earliest], return_index=True, return_inverse=True)
    lead = earliest[first][same]
    session = np.full(len(sends), -1)
    session[clicked[earliest]] = np.where(opens[lead], landing[lead], -1)
    return take(visit_touchpoints(people, sessions), session)


def visit_touchpoints(people: People, sessions: Sessions) -> pa.Array:
    """Touchpoint of the visit that each session leads."""
    return hex_ids("tp_w", session_numbers(sessions, people), salt=63)


def activity_touchpoints(
    people: People, sends: Sends, activities: Activities, ids: pa.Array, account: pa.Array
) -> Columns:
    """Calls, meetings and mails; a logged answer is the same touchpoint as the mail event, and a
    meeting in the calendar the same as in the CRM."""
    shown = np.flatnonzero(activities.kind < NOTE)
    replied = np.flatnonzero(activities.reply_to >= 0)
    answers = np.full(len(activities), -1)
    answers[replied] = np.arange(len(replied))
    mails = mail_touchpoints(people, sends, activities.reply_to[replied], REPLY)
    itself = np.arange(len(activities))
    seen = np.where(activities.same_as >= 0, activities.same_as, itself)
    alone = join("tp_a", ids.take(pa.array(seen)))
    is_answer = (activities.reply_to >= 0) & (activities.kind == EMAIL)
    rows = touchpoint_rows(
        "activities", ids, where(is_answer, take(mails, answers), alone), people,
        activities.person, account,
        take(TYPES, activities.kind),
        take(("sales_outbound", "sales_inbound", "email"),
             np.where(is_answer, 2, activities.is_inbound.astype(int))),
        activities.at,
    )  # fmt: skip
    return {name: column.take(shown) for name, column in rows.items()}


def lead_touchpoints(
    people: People, person: np.ndarray, lead_ids: pa.Array, created: np.ndarray,
    account: pa.Array, disputed: np.ndarray,
) -> Columns:  # fmt: skip
    """Leads: made by a form and one with it, or met at a fair; one that two contacts claim
    stands alone, as nobody can tell whose it is."""
    made = where(np.isin(person, disputed), join("tp_l", lead_ids),
                 form_touchpoints(people).take(person))  # fmt: skip
    return touchpoint_rows(
        "leads", lead_ids, made, people, person, account,
        pa.array(["lead"] * len(person), pa.string()),
        where(people.known[person] >= 0, pa.nulls(len(person), pa.string()),
              pa.array(["event"] * len(person), pa.string())),
        created,
    )  # fmt: skip


def order_rows(people: People, orders: Orders, ids: pa.Array, account: pa.Array) -> Columns:
    """Orders, each one touchpoint (with its checkout event, if it was placed on the web)."""
    channel = np.where(orders.is_web, -1, orders.sales_channel)
    return touchpoint_rows(
        "orders", ids, order_touchpoints(orders), people, orders.person, account,
        pa.array(["order"] * len(orders), pa.string()),
        take((None, "store", "sales_inbound", "sales_inbound"), channel), orders.ordered,
    )  # fmt: skip
