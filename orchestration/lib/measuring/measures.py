"""What a measure is: two sets, what is true and what was built, and how they are compared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`query` gives one row: things true, of them found, things claimed, of them right."""

    name: str
    counts: str
    query: str
    precision_goal: float
    recall_goal: float


def compared(steps: str) -> str:
    """The query of a measure whose steps end in the CTEs `truths` and `claims`.

    Both hold distinct rows of the same columns; a claim is right if it is among the truths.
    """
    return f"""with {steps},
    hits as (select * from truths intersect select * from claims)
    select
        (select count(*) from truths), (select count(*) from hits),
        (select count(*) from claims), (select count(*) from hits)"""
