"""What most tests of destinations ask for: nobody waits between attempts."""

from __future__ import annotations

import pytest

from tests.destinations.waits import waits_of


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited between attempts; nobody sleeps them."""
    return waits_of(monkeypatch)
