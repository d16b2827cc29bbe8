"""All further tables of one chunk of accounts, and what they add to the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..arrays import Columns, join
from ..identifiers import log_ins
from ..life import Life
from ..span import Draws, Span
from .ad_account_days import reach_table
from .ad_clicks import ad_clicks
from .advocates import advocates_from
from .committees import committee_table
from .experiments import experiment_table
from .feed import Feed
from .lead_statuses import status_changes
from .members import campaign_members
from .mentions import make_mentions, mention_feed
from .referrals import Referrals, make_referrals, referral_feed
from .standing import standing
from .subscriptions import left_for_good, make_subscriptions, subscription_table
from .surveys import survey_feed
from .texts import text_feed
from .tickets import make_tickets, ticket_feed
from .usage import product_events, users


@dataclass(frozen=True)
class Further:
    """`feeds` by table; by account when it became an advocate and when it left for good (NEVER
    if not); the positions of the persons who log in to the product, and of those it has by
    address."""

    life: Life
    feeds: dict[str, Feed]
    referrals: Referrals
    advocates: np.ndarray
    left: np.ndarray
    users: tuple[np.ndarray, np.ndarray]

    @property
    def tables(self) -> dict[str, Columns]:
        """The rows of each landing table, still clean."""
        return {table: feed.columns for table, feed in self.feeds.items()}

    def truth_parts(self) -> Iterator[tuple[str, Columns]]:
        """Truth files by name with the rows these tables add to them."""
        yield "identifiers", log_ins(self.life, *self.users)
        for table, feed in self.feeds.items():
            if feed.acts:
                yield "touchpoints", feed.acts.truth(table, self.life)
        yield "dirt", self._oddities()

    def _oddities(self) -> Columns:
        """Referrals of oneself, and records that another system has as well."""
        oneself = pa.array(np.flatnonzero(self.referrals.is_self))
        own = self.feeds["referrals"].columns["referral_id"].take(oneself)
        groups = [("self_referral", "referrals", own)]
        for table, feed in self.feeds.items():
            if feed.acts:
                shared = pc.not_equal(feed.acts.touchpoints, join("tp_", feed.acts.records))
                doubled = feed.acts.records.filter(shared)
                groups.append(("cross_source_duplicate", table, doubled))
        return {
            "kind": pa.array([kind for kind, _, keys in groups for _ in keys], pa.string()),
            "table": pa.array([table for _, table, keys in groups for _ in keys], pa.string()),
            "record_key": pa.concat_arrays([keys for _, _, keys in groups]),
        }


def further(life: Life, *, span: Span, draws: Draws) -> Further:
    """The further tables of a chunk; its own draws, so that the first tables stay as they are."""
    stand = standing(life, span)
    subscriptions = make_subscriptions(stand)
    tickets = make_tickets(stand, draws.next())
    mentions = make_mentions(stand, draws.next())
    referrals = make_referrals(stand, draws.next())
    usage = product_events(stand, subscriptions, draws.next())
    feeds = {
        "lead_status_changes": Feed(status_changes(stand)),
        "opportunity_contacts": Feed(committee_table(stand)),
        "campaign_members": campaign_members(stand, draws.next()),
        "ad_clicks": ad_clicks(stand, draws.next()),
        "ad_account_days": Feed(reach_table(stand, draws.next())),
        "billing_subscriptions": Feed(subscription_table(stand, subscriptions)),
        "tickets": ticket_feed(stand, tickets),
        "survey_responses": survey_feed(stand, tickets, draws.next()),
        "mentions": mention_feed(stand, mentions),
        "referrals": referral_feed(stand, referrals),
        "product_events": usage,
        "experiments": Feed(experiment_table(stand)),
        "activities": text_feed(stand, subscriptions, draws.apart(1)),
    }
    return Further(
        life, feeds, referrals, advocates_from(stand, mentions, referrals),
        left_for_good(subscriptions, len(life.accounts), span.end), users(usage),
    )  # fmt: skip
