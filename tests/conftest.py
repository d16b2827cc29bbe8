"""Fixtures every test may use; what a folder of tests alone needs stands in its own conftest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.lib.settings import Settings

os.environ["DO_NOT_TRACK"] = "1"
os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "true"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home."""
    home = tmp_path / "home"
    for folder in ("landing", "rules"):
        (home / folder).mkdir(parents=True)
    return Settings(home=home)
