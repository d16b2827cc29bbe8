"""What most tests of landing begin with: a home, open, without any file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home


@pytest.fixture
def home(settings: Settings) -> Iterator[LandingHome]:
    """A home into whose landing folder files are put."""
    with landing_home(settings) as opened:
        yield opened
