"""Settings: where they come from, which win, and what a mistake says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from orchestration.lib.errors import SettingsError
from orchestration.lib.settings import Settings, default_as_of, load_settings


def test_defaults_and_places(tmp_path: Path) -> None:
    settings = load_settings({"TOUCHLINE_HOME": str(tmp_path)})
    assert settings == Settings(home=tmp_path)
    assert settings.reporting_currency == "EUR"
    assert settings.warehouse == tmp_path / "warehouse.duckdb"
    assert settings.current == tmp_path / "published" / "current"


def test_environment_wins_over_the_file_of_the_home(tmp_path: Path) -> None:
    (tmp_path / "touchline.toml").write_text(
        'reporting_currency = "USD"\nreporting_timezone = "Europe/Berlin"\n'
    )
    environment = {"TOUCHLINE_REPORTING_CURRENCY": "GBP", "TOUCHLINE_WEBHOOK_URL": "", "PATH": "/"}
    settings = load_settings(environment, home=tmp_path)
    assert settings.reporting_currency == "GBP"
    assert settings.reporting_timezone == "Europe/Berlin"
    assert settings.webhook_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REPORTING_TIMEZONE", "Mars/Olympus"),
        ("REPORTING_TIMEZONE", "../etc"),
        ("REPORTING_CURRENCY", "euro"),
        ("WEBHOOK_URL", "ftp://x"),
        ("QUARANTINE_WARNING_SHARE", "2"),
        ("QUARANTINE_WARNING_SHARE", "nan"),
        ("MEMORY_LIMIT", "lots"),
        ("THREADS", "0"),
        ("COLOUR", "red"),
    ],
)
def test_a_bad_setting_is_one_clear_error(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({f"TOUCHLINE_{name}": value}, home=tmp_path)
    assert name in caught.value.where
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["colour = 1", "no toml at all", 'threads = "many"'])
def test_a_bad_file_is_one_clear_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "touchline.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"touchline\.toml"):
        load_settings({}, home=tmp_path)


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("UTC", "2026-07-01T13:00Z", "2026-07-01T00:00Z"),
        ("Europe/Berlin", "2026-07-01T23:00Z", "2026-07-01T22:00Z"),
        ("America/New_York", "2026-01-01T02:00Z", "2025-12-31T05:00Z"),
    ],
)
def test_as_of_is_the_start_of_the_local_day(zone: str, now: str, expected: str) -> None:
    settings = Settings(home=Path("/nowhere"), reporting_timezone=zone)
    found = default_as_of(settings, datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(expected)
