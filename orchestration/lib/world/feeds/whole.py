"""The further tables that do not depend on any account: products, content and costs."""

from __future__ import annotations

from ..arrays import Columns
from ..span import Draws, Span
from .content_days import content_table
from .costs import cost_table
from .products import product_table


def whole_tables(span: Span, draws: Draws) -> dict[str, Columns]:
    """Tables of a world of any size."""
    return {
        "products": product_table(),
        "content_days": content_table(span=span, rng=draws.next()),
        "costs": cost_table(span=span, rng=draws.next()),
    }
