"""A home whose segments are synced to a tool in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.syncs.small_homes import SyncHome


@pytest.fixture
def home(tmp_path: Path) -> Iterator[SyncHome]:
    """An empty ledger, a tool in memory, and the shipped guards."""
    opened = SyncHome(tmp_path / "home")
    yield opened
    opened.close()
