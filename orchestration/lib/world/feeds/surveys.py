"""The table survey_responses: what people answer when they are asked."""

from __future__ import annotations

import numpy as np

from ..arrays import DAY, HOUR, NEVER, draw, expand, hex_ids, iso, join, take, where
from .feed import Acts, Feed, same
from .moods import likely_to_recommend, mood, stars
from .standing import Standing
from .tickets import Tickets

_TYPES = ("nps", "csat", "ces", "how_did_you_hear", "win_loss", "interview", "user_test")
NPS, CSAT, CES, HEARD, WIN_LOSS, INTERVIEW, USER_TEST = range(7)
_QUESTIONS = (
    "How likely are you to recommend us?", "How satisfied are you with our help?",
    "How easy was it?", "How did you hear about us?", "What decided it?",
    "What do you work on?", "Find the report of last week.",
)  # fmt: skip
_HEARD = ("a podcast", "a colleague", "Google", "LinkedIn", "a webinar of yours", "ChatGPT")
_DECIDED = ("price", "timing", "the demo", "a missing feature", "references")
_REMARKS = ('It is "fine",\nbut slow on Mondays', "Great support!", "–", None)


def survey_feed(stand: Standing, tickets: Tickets, rng: np.random.Generator) -> Feed:
    """One row per answer; scores are 0 to 10 for NPS, else 1 to 5, and none for open questions."""
    parts = [
        _recommending(stand, rng), _after_tickets(tickets, CSAT, 0.4, 4 * HOUR, rng),
        _after_tickets(tickets, CES, 0.1, 5 * HOUR, rng), _asked_how(stand, rng),
        _about_deals(stand), _in_talks(stand, rng),
    ]  # fmt: skip
    rows = np.concatenate(parts, axis=1)
    person, kind, at, told = rows[:, rows[2] < stand.span.end]
    number, count = stand.life.people.number[person], len(person)
    ids = hex_ids("res_", stand.life.first_number + np.arange(count), salt=78)
    feels = mood(number)
    rated = np.where(told > 0, told, stars(feels))
    score = np.where(kind == NPS, likely_to_recommend(feels), np.where(kind <= CES, rated, NEVER))
    answers = (*_HEARD, *_DECIDED, *_REMARKS)
    heard, decided = number % len(_HEARD), len(_HEARD) + number % len(_DECIDED)
    remark = len(_HEARD) + len(_DECIDED) + number % len(_REMARKS)
    contact = stand.records(person, at)["contact_id"]
    unnamed = contact.is_null().to_numpy(False)
    table = {
        "response_id": ids,
        "email": where(unnamed | (number % 5 > 0), stand.emails(person)),
        "contact_id": where(number % 5 < 3, contact),
        "survey_type": take(_TYPES, kind),
        "question": take(_QUESTIONS, kind),
        "score": take([str(n) for n in range(11)], score),
        "answer": take(answers, np.where(kind == HEARD, heard,
                                         np.where(kind == WIN_LOSS, decided, remark))),
        "submitted_at": iso(at),
    }  # fmt: skip
    acts = Acts(ids, join("tp_", ids), person, at, same("survey_answered", count),
                same("email", count))  # fmt: skip
    return Feed(table, acts)


def _answered(
    person: np.ndarray, kind: int | np.ndarray, at: np.ndarray, told: int | np.ndarray = NEVER
) -> np.ndarray:
    """Person, kind, moment and the score already told elsewhere (else NEVER), a column a row."""
    return np.stack(np.broadcast_arrays(person, kind, at, told))


def _recommending(stand: Standing, rng: np.random.Generator) -> np.ndarray:
    """Business customers are asked every quarter, shoppers ten days after their first order."""
    member, since = stand.customers()
    company = stand.is_company[member]
    rounds = np.where(company, (stand.span.end - since) // (90 * DAY) + 1, 1)
    which, turn = expand(rounds)
    at = since[which] + np.where(company[which], 35 + turn * 90, 10) * DAY + which % 50_000
    answers = rng.random(len(which)) < np.where(company[which], 0.22, 0.3)
    return _answered(member[which[answers]], NPS, at[answers])


def _after_tickets(
    tickets: Tickets, kind: int, share: float, later: int, rng: np.random.Generator
) -> np.ndarray:
    """A question after a solved ticket; who rated the ticket says the same again."""
    asked = np.flatnonzero((tickets.solved >= 0) & (rng.random(len(tickets)) < share))
    at = tickets.solved[asked] + later
    return _answered(tickets.person[asked], kind, at, tickets.satisfaction[asked])


def _asked_how(stand: Standing, rng: np.random.Generator) -> np.ndarray:
    """New leads and contacts are asked how they heard of us."""
    known = stand.known_from
    asked = np.flatnonzero((known >= 0) & stand.is_company & (rng.random(len(known)) < 0.12))
    return _answered(asked, HEARD, known[asked] + 90)


def _about_deals(stand: Standing) -> np.ndarray:
    """One in three closed deals is talked over with the first colleague, ten days later."""
    deals = stand.life.deals
    closed = np.flatnonzero((deals.closed >= 0) & (deals.number // 8 % 3 == 1))
    person, at = stand.buyer[deals.account[closed]], deals.closed[closed] + 10 * DAY
    known = stand.known_from[person]
    told = (known >= 0) & (known < at)
    return _answered(person[told], WIN_LOSS, at[told])


def _in_talks(stand: Standing, rng: np.random.Generator) -> np.ndarray:
    """A few business customers are interviewed, or watched while they work."""
    member, since = stand.customers()
    chosen = stand.is_company[member] & (rng.random(len(member)) < 0.02)
    kind = INTERVIEW + draw(rng, (0.6, 0.4), int(chosen.sum()))
    return _answered(member[chosen], kind, since[chosen] + 60 * DAY)
