"""The table mentions: reviews, posts and comments that people write about us elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from ..arrays import DAY, NEVER, draw, expand, hex_ids, iso, join, take, where
from .feed import Acts, Feed
from .moods import SENTIMENTS, mood, sentiment, stars
from .standing import Standing

KINDS = ("review", "post", "comment")
REVIEW, POST, COMMENT = range(3)
_TYPE_WORDS = ("review_posted", "post_published", "comment_posted")
_PLATFORMS = ("g2", "trustpilot", "google_reviews", "linkedin", "instagram")
_TEXTS = (
    "Would not buy again.", "Promised a lot, kept little.", "It does what it says.",
    "Okay for the price.", "Best decision of the year!", "Friendly people, quick answers 🙂",
)  # fmt: skip
_STRANGERS = 6


@dataclass(frozen=True)
class Mentions:
    """One element per mention; `person` is NEVER for a stranger, `says_who` whether the platform
    gives away the address, else only the name (and for reviews of companies the account)."""

    person: np.ndarray
    kind: np.ndarray
    at: np.ndarray
    says_who: np.ndarray
    names_account: np.ndarray

    @property
    def is_identified(self) -> np.ndarray:
        return (self.person >= 0) & (self.says_who | self.names_account)


def make_mentions(stand: Standing, rng: np.random.Generator) -> Mentions:
    """Customers review and post from a few weeks on; a few strangers write, too."""
    member, since = stand.customers()
    room = (stand.span.end - since - 14 * DAY).clip(0)
    company = stand.is_company[member]
    reviews = np.flatnonzero((rng.random(len(member)) < np.where(company, 0.07, 0.2)) & (room > 0))
    writes = (rng.random(len(member)) < 0.06) & (room > 0)
    posts, _ = expand(np.where(writes, 1 + draw(rng, (0.5, 0.3, 0.2), len(member)), 0))
    talks = np.flatnonzero((rng.random(len(member)) < 0.05) & (room > 0))
    which = np.r_[reviews, posts, talks]
    kind = np.repeat([REVIEW, POST, COMMENT], [len(reviews), len(posts), len(talks)])
    at = since[which] + 14 * DAY + (rng.random(len(which)) * room[which].clip(1) * 0.98).astype(int)
    strange = stand.span.first + (rng.random(_STRANGERS) * stand.span.days * DAY).astype(int)
    person = np.r_[member[which], np.full(_STRANGERS, NEVER)]
    names_account = (rng.random(len(person)) < 0.4) & (person >= 0)
    names_account &= np.r_[company[which], np.zeros(_STRANGERS, bool)]
    return Mentions(
        person, np.r_[kind, np.arange(_STRANGERS) % 3], np.r_[at, strange],
        (rng.random(len(person)) < 0.7) & (person >= 0), names_account,
    )  # fmt: skip


def ratings(stand: Standing, mentions: Mentions) -> tuple[np.ndarray, np.ndarray]:
    """Stars (1 to 5) and sentiment (position in SENTIMENTS) of each mention."""
    feels = mood(np.where(mentions.person >= 0, stand.life.people.number[mentions.person],
                          mentions.at))  # fmt: skip
    return stars(feels), sentiment(feels)


def mention_feed(stand: Standing, mentions: Mentions) -> Feed:
    """All columns of mentions."""
    people, person, kind, at = stand.life.people, mentions.person, mentions.kind, mentions.at
    rating, feeling = ratings(stand, mentions)
    count = len(person)
    ids = hex_ids("men_", stand.life.first_number + np.arange(count), salt=79)
    company = (person >= 0) & stand.is_company[person]
    place = np.where(kind == REVIEW, np.where(company, 0, 1 + at % 2), np.where(company, 3, 4))
    name = join(take(people.first_name, person), " ", take(people.last_name, person))
    account = np.where(person >= 0, people.account[person], NEVER)
    crm_account = take(stand.life.records.crm_account_id, np.where(
        mentions.names_account, account, NEVER))  # fmt: skip
    table = {
        "mention_id": ids,
        "platform": take(_PLATFORMS, place),
        "kind": take(KINDS, kind),
        "author_email": where(mentions.says_who, take(people.email, person)),
        "author_name": pc.coalesce(name, take(("a passer-by",), np.zeros(count, int))),
        "account_id": crm_account,
        "rating": take(("1", "2", "3", "4", "5"), np.where(kind == REVIEW, rating - 1, NEVER)),
        "sentiment": take(SENTIMENTS, np.where(at % 8 == 0, NEVER, feeling)),
        "competitor": take(("Oldsuite", "Sheetworks"), np.where(at % 9 == 2, at % 2, NEVER)),
        "text": take(_TEXTS, feeling * 2 + at % 2),
        "posted_at": iso(at),
    }
    told = np.where(mentions.says_who, person, NEVER)
    channel = take(("review_site", "organic_social", "organic_social"), kind)
    acts = Acts(
        ids,
        join("tp_", ids),
        told,
        at,
        take(_TYPE_WORDS, kind),
        channel,
        account=stand.account_ids(np.where(mentions.is_identified, account, NEVER)),
    )
    return Feed(table, acts)
