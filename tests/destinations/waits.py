"""Waiting without waiting: what the destinations' core sleeps is written down instead."""

from __future__ import annotations

import pytest

from orchestration.lib.destinations import http

# what a busy machine surely answers in, and what a test of silence waits for
PATIENT_SECONDS = 30.0
IMPATIENT_SECONDS = 0.5


def waits_of(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that are waited between attempts from now on; nobody sleeps them."""
    waits: list[float] = []
    monkeypatch.setattr(http, "sleep", waits.append)
    return waits
