"""The table campaign_members: invited, registered, there or not, and what they said to it."""

from __future__ import annotations

import numpy as np

from ..arrays import DAY, HOUR, NEVER, hex_ids, iso, iso_local, join, mix, take, where
from ..touchpoints import acts_of_events
from ..web import FORM, FORMS
from .feed import Acts, Feed
from .programmes import CONFERENCE, CONTENT, KINDS, REFERRAL, WEBINAR, Programme, programmes
from .standing import Standing

_STATUSES = ("invited", "registered", "attended", "no_show", "responded")
INVITED, REGISTERED, ATTENDED, NO_SHOW, RESPONDED = range(5)
_TYPE_WORDS = ("webinar", "event", "podcast", "content", "campaign", "campaign")
_ACT_WORDS = ("invited", "registered", "attended", "missed", "responded")
_CHANNELS = ("webinar", "event", "podcast", None, "word_of_mouth", None)
# shares of the people who are known: asked, and coming without being asked
_ASKED = (0.14, 0.06, 0.0, 0.0, 0.05, 0.05)
_UNASKED = (0.015, 0.02, 0.01, 0.0, 0.0, 0.0)


def campaign_members(stand: Standing, rng: np.random.Generator) -> Feed:
    """One row per person, programme and status. Who filled in a form on the web is registered
    (or, for the guide, counted as having responded) within minutes; both are one touchpoint."""
    life, plans = stand.life, programmes(stand.span)
    formed = _from_forms(stand, plans)
    parts = [formed]
    for place, plan in enumerate(plans):
        if plan.kind != CONTENT:
            parts.append(_around(stand, place, plan, formed, rng))
    rows = np.concatenate(parts, axis=1)
    person, plan, status, at, event = rows[:, rows[3] < stand.span.end]
    kind = np.array([entry.kind for entry in plans])[plan]
    number = (life.people.number[person] * 4096 + plan) * 8 + status
    ids = hex_ids("mem_", number, salt=70)
    records = stand.records(person, at)
    unnamed = records["contact_id"].is_null().to_numpy(False)
    unnamed &= records["lead_id"].is_null().to_numpy(False)
    table = {
        "member_id": ids,
        "campaign_id": take([entry.campaign_id for entry in plans], plan),
        "campaign_name": take([entry.name for entry in plans], plan),
        "campaign_type": take(KINDS, kind),
        **records,
        "email": where(unnamed | (life.people.number[person] % 7 > 0), stand.emails(person)),
        "status": take(_STATUSES, status),
        "occurred_at": where(plan % 4 == 1, iso_local(at), iso(at)),
    }
    acts = acts_of_events(life.people, life.sessions, life.events, life.first_number, life.orders)
    return Feed(table, Acts(
        ids, where(event >= 0, take(acts, event), join("tp_", ids)), person, at,
        join(take(_TYPE_WORDS, kind), "_", take(_ACT_WORDS, status)),
        take(_CHANNELS, np.where(event >= 0, NEVER, kind)),
        is_exposure=np.isin(status, (INVITED, NO_SHOW)),
    ))  # fmt: skip


def _from_forms(stand: Standing, plans: tuple[Programme, ...]) -> np.ndarray:
    """Person, programme, status, moment and event of the forms that the tool heard of; what is
    filled in again changes nothing."""
    events, sessions = stand.life.events, stand.life.sessions
    heard = (events.name == FORM) & (mix(np.arange(len(events)), salt=71) % np.uint64(5) > 0)
    place, moment = _next_webinars(plans)
    person = sessions.person[events.session]
    stays = stand.known_from[person] >= 0
    guide = np.flatnonzero(heard & stays & (events.form == FORMS.index("guide")))
    signed = np.flatnonzero(heard & stays & (events.form == FORMS.index("webinar")))
    coming = np.searchsorted(moment, events.at[signed] + HOUR)
    signed, coming = signed[coming < len(moment)], coming[coming < len(moment)]
    event = np.r_[guide, signed]
    plan = np.r_[np.zeros(len(guide), int), place[coming]]
    status = np.repeat([RESPONDED, REGISTERED], [len(guide), len(signed)])
    earliest = np.argsort(events.at[event], kind="stable")
    pairs = (person[event] * len(plans) + plan)[earliest]
    first = earliest[np.unique(pairs, return_index=True)[1]]
    event, plan, status = event[first], plan[first], status[first]
    return np.stack([person[event], plan, status, events.at[event] + 15 + event % 200, event])


def _next_webinars(plans: tuple[Programme, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Places and moments of the webinars, in order of time."""
    place = np.array([n for n, plan in enumerate(plans) if plan.kind == WEBINAR], int)
    return place, np.array([plans[n].at for n in place], int)


def _around(
    stand: Standing, place: int, plan: Programme, formed: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Who was asked to one programme, who came, and who told us afterwards; rows as above."""
    everyone = np.flatnonzero(
        stand.is_company & (stand.known_from >= 0) & (stand.known_from < plan.at - 20 * DAY)
    )
    dice = rng.random((6, len(everyone)))
    asked = dice[0] < _ASKED[plan.kind]
    invited = plan.at - 16 * DAY + (dice[4] * 6 * HOUR).astype(int)
    signs = invited + DAY + (dice[5] * 9 * DAY).astype(int)
    takes_part = np.where(asked, dice[1] < 0.5, dice[1] < _UNASKED[plan.kind])
    takes_part &= stand.acts(everyone, signs) & stand.acts(everyone, np.full(len(signs), plan.at))
    by_form = formed[0][formed[1] == place]
    takes_part &= ~np.isin(everyone, by_form)
    meets = plan.kind in (WEBINAR, CONFERENCE)
    signed, answers = takes_part & meets, takes_part & (not meets)
    guest = np.r_[everyone[signed], by_form]
    luck = np.r_[dice[2][signed], rng.random(len(by_form))]
    there = (luck < 0.62) & stand.acts(guest, np.full(len(guest), plan.at + 300))
    stays = there & (rng.random(len(guest)) < 0.25) & (plan.kind != REFERRAL)
    ends = np.full(len(guest), plan.at)
    groups = (
        (everyone[asked], INVITED, invited[asked]),
        (everyone[signed], REGISTERED, signs[signed]),
        (guest[there], ATTENDED, ends[there] + (luck[there] * 900).astype(int)),
        (guest[~there], NO_SHOW, ends[~there] + 2 * HOUR),
        (guest[stays], RESPONDED, ends[stays] + DAY),
        (everyone[answers], RESPONDED, signs[answers]),
    )
    person = np.concatenate([group[0] for group in groups])
    status = np.repeat([group[1] for group in groups], [len(group[0]) for group in groups])
    at = np.concatenate([group[2] for group in groups])
    count = len(person)
    return np.stack([person, np.full(count, place), status, at, np.full(count, NEVER)])
