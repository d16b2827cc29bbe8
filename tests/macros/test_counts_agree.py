"""Two counts agree while chance explains their difference, however large they are."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (100, 127, True),
        (100, 130, False),
        (0, 3, True),
        (0, 4, False),
        (10**11, 10**11 + 800_000, True),
        (10**11, 10**11 + 900_000, False),
    ],
)
def test_chance_explains_small_differences_only(
    compiled: Callable[[str], str], one: int, other: int, agree: bool
) -> None:
    query = compiled("select {{ counts_agree('one', 'other') }} from counts")
    counts = f"(select {one}::decimal(18, 6) as one, {other}::decimal(18, 6) as other) as counts"
    assert duckdb.execute(query.replace("from counts", f"from {counts}")).fetchall() == [(agree,)]
