"""The table products: the goods of the shop and the plans of the software, with what they cost."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ..arrays import NEVER, Columns, amounts, take
from ..commerce import CATEGORIES, PRICES, PRODUCT_IDS, PRODUCTS, PRODUCTS_PER_CATEGORY

_PLANS = (("PLAN-starter", "Starter", 49_00, 8_00), ("PLAN-team", "Team", 240_00, 31_00),
          ("PLAN-enterprise", "Enterprise", 990_00, 120_00))  # fmt: skip
_DISCONTINUED = ("SKU-900", "Faro lamps")


def product_table() -> Columns:
    """One row per product; every eleventh has no known cost, one is sold no more and has neither
    price nor cost."""
    goods, plans = len(PRODUCTS), len(_PLANS)
    number = np.arange(goods + plans + 1)
    price = np.r_[PRICES, [plan[2] for plan in _PLANS], NEVER]
    cost = np.r_[PRICES * (40 + np.arange(goods) % 25) // 100, [plan[3] for plan in _PLANS], NEVER]
    category = np.r_[np.arange(goods) // PRODUCTS_PER_CATEGORY, [len(CATEGORIES)] * plans, 0]
    return {
        "product_id": pa.array(
            [*PRODUCT_IDS, *(plan[0] for plan in _PLANS), _DISCONTINUED[0]], pa.string()),
        "name": pa.array([*PRODUCTS, *(plan[1] for plan in _PLANS), _DISCONTINUED[1]],
                         pa.string()),
        "category": take((*CATEGORIES, "software"), category),
        "price": amounts(price),
        "cost": amounts(np.where(number % 11 == 7, NEVER, cost)),
        "currency": pa.array(["EUR"] * len(number), pa.string()),
    }  # fmt: skip
