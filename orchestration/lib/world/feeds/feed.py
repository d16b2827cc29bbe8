"""What a further table is made of: its rows, and what each row truly is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..arrays import Columns
from ..life import Life
from ..touchpoints import touchpoint_rows
from ..truth import account_at


@dataclass(frozen=True)
class Acts:
    """What the rows of a feed truly are: one touchpoint each, by whom, when, on which channel.

    `person` is a position in People (NEVER: nobody can know), `touchpoints` the true ids,
    `account` the true account where it does not follow from the person.
    """

    records: pa.Array
    touchpoints: pa.Array
    person: np.ndarray
    at: np.ndarray
    kinds: pa.Array
    channel: pa.Array
    account: pa.Array | None = None
    is_exposure: np.ndarray | None = None

    def truth(self, table: str, life: Life) -> Columns:
        """Rows of truth/touchpoints.csv."""
        account = self.account
        if account is None:
            account = account_at(life.accounts, life.people, life.lives, self.person, self.at)
        return touchpoint_rows(
            table, self.records, self.touchpoints, life.people, self.person, account,
            self.kinds, self.channel, self.at, is_exposure=self.is_exposure,
        )  # fmt: skip


@dataclass(frozen=True)
class Feed:
    """The rows of one table, and the acts they stand for (None: no touchpoints)."""

    columns: Columns
    acts: Acts | None = None


def same(word: str | None, count: int) -> pa.Array:
    """One text for all rows."""
    return pa.array([word] * count, pa.string())
