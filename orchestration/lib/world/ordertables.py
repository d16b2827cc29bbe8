"""The tables orders and order_items."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import DAY, NEVER, Columns, amounts, expand, iso, join, numerals, take, where
from .commerce import (
    CATEGORIES,
    PRICES,
    PRODUCT_IDS,
    PRODUCTS,
    PRODUCTS_PER_CATEGORY,
    Orders,
    order_ids,
    transaction_ids,
    user_ids,
)  # fmt: skip
from .names import COUNTRIES
from .people import People, device_ids
from .span import Span

_STATES = ("paid", "shipped", "delivered", "cancelled", "refunded")
PAID, SHIPPED, DELIVERED, CANCELLED, REFUNDED = range(5)


def order_table(
    people: People, orders: Orders, contacts: pa.Array, crm_accounts: pa.Array,
    *, span: Span, rng: np.random.Generator,
) -> Columns:  # fmt: skip
    """One row per order; `contacts` are contact ids by person, `crm_accounts` ids by account."""
    person, web = orders.person, orders.is_web
    shipped, delivered, state = _deliveries(orders, span, rng)
    own_device = np.zeros(len(orders), int)
    return {
        "order_id": order_ids(orders),
        "transaction_id": where(web, transaction_ids(orders)),
        "contact_id": take(contacts, np.where(web & (orders.number % 3 > 0), NEVER, person)),
        "account_id": take(crm_accounts, orders.account),
        "email": take(people.email, person),
        "user_id": where(web & people.logs_in[person], user_ids(people).take(person)),
        "anonymous_id": where(web, device_ids(people.number[person], own_device)),
        "status": take(_STATES, state),
        "sales_channel": take(("web", "store", "phone", "sales"), orders.sales_channel),
        "total": amounts(orders.total),
        "refunded_amount": amounts(np.where(state == REFUNDED, orders.total // 2, 0)),
        "currency": take([place.currency for place in COUNTRIES], people.country[person]),
        "discount_code": where(orders.number * 31 % 7 == 0, "WELCOME10"),
        "ordered_at": iso(orders.ordered),
        "shipped_at": iso(shipped),
        "delivered_at": iso(delivered),
        "updated_at": iso(np.maximum(np.maximum(shipped, delivered), orders.ordered)),
    }


def _deliveries(
    orders: Orders, span: Span, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """When each order was shipped and delivered (NEVER if not yet), and its state."""
    count = len(orders)
    shipped = orders.ordered + (rng.uniform(0.4, 1.6, count) * DAY).astype(int)
    delivered = shipped + (rng.uniform(1.2, 3.4, count) * DAY).astype(int)
    cancelled = rng.random(count) < 0.03
    shipped = np.where(cancelled | (shipped >= span.end), NEVER, shipped)
    delivered = np.where((shipped < 0) | (delivered >= span.end), NEVER, delivered)
    state = np.where(delivered >= 0, DELIVERED, np.where(shipped >= 0, SHIPPED, PAID))
    refunded = (delivered >= 0) & (rng.random(count) < 0.04)
    return shipped, delivered, np.where(cancelled, CANCELLED, np.where(refunded, REFUNDED, state))


def item_table(orders: Orders, crm_accounts: pa.Array) -> Columns:
    """One row per item; some items of company orders name the company themselves."""
    order, product = orders.item_order, orders.item_product
    place = expand(np.bincount(order, minlength=len(orders)))[1] + 1
    ids = order_ids(orders).take(order)
    named = np.where(product % 5 == 0, orders.account[order], NEVER)
    return {
        "item_id": join(ids, "-", numerals(place)),
        "order_id": ids,
        "account_id": take(crm_accounts, named),
        "product_id": take(PRODUCT_IDS, product),
        "product_name": take(PRODUCTS, product),
        "category": take(CATEGORIES, product // PRODUCTS_PER_CATEGORY),
        "quantity": pa.array(orders.item_quantity),
        "price": amounts(PRICES[product]),
    }
