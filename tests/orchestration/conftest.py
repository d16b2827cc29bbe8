"""Dagster's view of an empty home, loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.lib.home import prepare_home
from orchestration.lib.settings import Settings


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A prepared home that TOUCHLINE_HOME names for the length of these tests."""
    home = tmp_path_factory.mktemp("orchestration") / "home"
    prepare_home(Settings(home=home), say=lambda message: None)
    before = os.environ.get("TOUCHLINE_HOME")
    os.environ["TOUCHLINE_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["TOUCHLINE_HOME"]
    else:
        os.environ["TOUCHLINE_HOME"] = before


@pytest.fixture(scope="session")
def definitions(empty_home: Path) -> dg.Definitions:
    """Everything Dagster knows."""
    from orchestration.definitions import defs

    return defs
