"""Orders and their items: who buys what when, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from .arrays import (
    DAY,
    HOUR,
    NEVER,
    draw,
    expand,
    hex_ids,
    ranks,
)  # fmt: skip
from .companies import LAPSED, NEWCOMER, ONE_TIME, REPEAT, Accounts
from .people import SLOTS, People
from .span import Span

CATEGORIES = ("lamps", "desks", "chairs", "shelves", "rugs", "kitchen", "garden", "bedding")
PRODUCTS_PER_CATEGORY = 8
PRODUCTS = tuple(
    f"{kind} {category}" for category in CATEGORIES
    for kind in ("Oslo", "Porto", "Lyon", "Turin", "Gent", "Aarhus", "Graz", "Bergen")
)  # fmt: skip
PRICES = np.array([900 + (n * 7919) % 31_000 // 100 * 100 + 90 for n in range(len(PRODUCTS))])
PRODUCT_IDS = tuple(f"SKU-{n:03d}" for n in range(len(PRODUCTS)))


@dataclass(frozen=True)
class Orders:
    """One element per order; `number` is unique over all chunks, money in cents, times in
    seconds (NEVER if not yet), `account` is set for orders of companies."""

    person: np.ndarray
    account: np.ndarray
    number: np.ndarray
    ordered: np.ndarray
    is_web: np.ndarray
    sales_channel: np.ndarray
    item_order: np.ndarray
    item_product: np.ndarray
    item_quantity: np.ndarray
    total: np.ndarray

    def __len__(self) -> int:
        return len(self.person)

    def placed(self, order: np.ndarray, at: np.ndarray) -> Orders:
        """The same orders, the ones at these positions placed at these moments."""
        ordered = self.ordered.copy()
        ordered[order] = at
        return replace(self, ordered=ordered)


def make_orders(
    accounts: Accounts, people: People, *, span: Span, rng: np.random.Generator
) -> Orders:
    """Orders of shoppers by their story, and the first order of each company that was won."""
    buyer, bought = _shopper_orders(accounts, span, rng)
    won = np.flatnonzero((accounts.won >= 0) & (accounts.index % 4 != 0))
    delivered = accounts.won[won] + rng.integers(1, 20, len(won)) * DAY
    won, delivered = won[delivered < span.end], delivered[delivered < span.end]
    account = np.r_[buyer, won]
    ordered = np.r_[bought, delivered]
    company = np.arange(len(account)) >= len(buyer)
    first_person = np.searchsorted(people.account[~people.is_visitor], account)
    place = _place_within(account, ordered)
    channel = np.where(company, 3, draw(rng, (0.8, 0.12, 0.08), len(account)))
    owners, _ = expand(1 + draw(rng, (0.5, 0.3, 0.2), len(account)))
    product = rng.integers(0, len(PRODUCTS), len(owners))
    quantity = 1 + draw(rng, (0.8, 0.15, 0.05), len(owners))
    quantity = np.where(company[owners], quantity * 25, quantity)
    cents = np.bincount(owners, PRICES[product] * quantity, minlength=len(account)).astype(int)
    return Orders(
        person=first_person, account=np.where(company, account, NEVER),
        number=accounts.index[account] * SLOTS + place, ordered=ordered,
        is_web=channel == 0, sales_channel=channel,
        item_order=owners, item_product=product, item_quantity=quantity, total=cents,
    )  # fmt: skip


def _place_within(account: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    return ranks(account, ordered)[0]


def _shopper_orders(
    accounts: Accounts, span: Span, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Account and moment of each shopper's order."""
    story = np.where(accounts.is_b2b, NEVER, accounts.story)
    counts = np.zeros(len(accounts), int)
    counts[story == ONE_TIME] = 1
    counts[story == REPEAT] = 2 + rng.binomial(6, 0.4, (story == REPEAT).sum())
    counts[story == LAPSED] = 2 + rng.binomial(2, 0.4, (story == LAPSED).sum())
    counts[(story == NEWCOMER) & (accounts.index % 3 == 0)] = 1
    account, place = expand(counts)
    opened = accounts.opened[account]
    room = accounts.ended[account] - opened
    share = np.where(story[account] == ONE_TIME, rng.uniform(0.1, 0.9, len(account)),
                     (place + rng.uniform(0.2, 0.8, len(account))) / counts[account])  # fmt: skip
    ordered = opened + HOUR + (room * share).astype(int)
    arrives_on_last_days = (story[account] == ONE_TIME) & (accounts.index[account] % 2 == 0)
    last_days = span.end - (rng.uniform(4, 5.2, len(account)) * DAY).astype(int)
    ordered = np.where(arrives_on_last_days, last_days.clip(opened + HOUR), ordered)
    inside = ordered < span.end - HOUR
    return account[inside], ordered[inside]


def order_ids(orders: Orders) -> pa.Array:
    """Order ids as the shop gives them."""
    return hex_ids("ord_", orders.number, salt=31)


def transaction_ids(orders: Orders) -> pa.Array:
    """Transaction ids, the same in the shop and in web events."""
    return hex_ids("tx_", orders.number, salt=32)


def user_ids(people: People) -> pa.Array:
    """Log-in ids of the persons' own."""
    return hex_ids("usr_", people.number, salt=33)
