"""Settings of one home: defaults, then `<home>/touchline.toml`, then TOUCHLINE_* variables."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from orchestration.lib.errors import SettingsError

PREFIX = "TOUCHLINE_"
DEFAULT_HOME = "./data"
# Variables that share the prefix and are no settings: the folder, and the tests' kill switch.
NOT_SETTINGS = {"HOME", "FAIL_AT"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything a run may be told, and every place it uses. One home is one tenant."""

    home: Path
    reporting_timezone: str = "UTC"
    reporting_currency: str = "EUR"
    webhook_url: str | None = None
    automation: bool = False
    quarantine_warning_share: float = 0.01
    memory_limit: str = "4GB"
    threads: int = os.cpu_count() or 2
    temp_directory: Path | None = None

    @property
    def landing(self) -> Path:
        """What came in: `<system>/<table>/…`."""
        return self.home / "landing"

    @property
    def rules(self) -> Path:
        """Own rule rows, one CSV per rule table."""
        return self.home / "rules"

    @property
    def warehouse(self) -> Path:
        """The pipeline's private database."""
        return self.home / "warehouse.duckdb"

    @property
    def marts_build(self) -> Path:
        """The private second file in which marts are built before they are published."""
        return self.home / "marts_build.duckdb"

    @property
    def lake(self) -> Path:
        """What Spark reads and leaves, as Parquet."""
        return self.home / "lake"

    @property
    def published(self) -> Path:
        """The folder of published, never reused files."""
        return self.home / "published"

    @property
    def current(self) -> Path:
        """The symbolic link that readers open."""
        return self.published / "current"

    @property
    def outbox(self) -> Path:
        """Segment files for destinations."""
        return self.home / "outbox"

    @property
    def docs(self) -> Path:
        """The documentation: index.html and what it is joined by."""
        return self.home / "docs"

    @property
    def data_docs(self) -> Path:
        """Pages on what raw batches were checked for."""
        return self.docs / "data_docs"

    @property
    def state(self) -> Path:
        """Fsynced history: deliveries, consent evidence, tombstones."""
        return self.home / "state"

    @property
    def truth(self) -> Path:
        """What is true of a generated world; real homes have none."""
        return self.home / "truth"

    @property
    def lock(self) -> Path:
        """Held by the one run that may write."""
        return self.home / "touchline.lock"

    @property
    def version_file(self) -> Path:
        """The version of the home's layout."""
        return self.home / "touchline.version"

    @property
    def temp(self) -> Path:
        """Where DuckDB spills and files are rewritten; may be emptied when nothing runs."""
        return self.temp_directory or self.home / ".tmp"


def load_settings(
    environment: Mapping[str, str] | None = None, *, home: Path | None = None
) -> Settings:
    """Settings of `home` (else TOUCHLINE_HOME, else ./data); raises SettingsError."""
    environment = os.environ if environment is None else environment
    place = Path(home or environment.get(f"{PREFIX}HOME") or DEFAULT_HOME).expanduser().resolve()
    values = _from_file(place / "touchline.toml") | _from_environment(environment)
    return Settings(home=place, **values)


def default_as_of(settings: Settings, now: datetime | None = None) -> datetime:
    """Start of the current day in the reporting time zone, as an aware UTC timestamp."""
    zone = ZoneInfo(settings.reporting_timezone)
    local = (now or datetime.now(UTC)).astimezone(zone)
    return datetime.combine(local.date(), time.min, tzinfo=zone).astimezone(UTC)


def _from_file(path: Path) -> dict[str, Any]:
    """Checked values of the home's TOML file; empty when there is none."""
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError(f"cannot read the settings: {error}", str(path), "correct it") from None
    return {name: _checked(name, value, f"{path}, {name}") for name, value in found.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Checked values of TOUCHLINE_<NAME> variables; empty ones count as not given."""
    given = {
        key.removeprefix(PREFIX): value
        for key, value in environment.items()
        if key.startswith(PREFIX) and value != ""
    }
    return {
        name.lower(): _checked(name.lower(), value, f"environment, {PREFIX}{name}")
        for name, value in given.items()
        if name not in NOT_SETTINGS
    }


def _checked(name: str, value: object, where: str) -> object:
    """`value` in the setting's type; raises SettingsError for an unknown name or a bad value."""
    if name not in READERS:
        known = ", ".join(sorted(READERS))
        raise SettingsError(f"unknown setting '{name}'", where, f"use one of: {known}")
    read, expected = READERS[name]
    try:
        return read(value)
    except (ValueError, TypeError, KeyError, OSError):
        what = f"bad value {value!r} for '{name}'"
        raise SettingsError(what, where, f"give {expected}") from None


def _timezone(value: object) -> str:
    ZoneInfo(str(value))
    return str(value)


def _matching(pattern: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not re.fullmatch(pattern, str(value)):
            raise ValueError(value)
        return str(value)

    return read


def _share(value: object) -> float:
    number = float(str(value))
    if not 0 <= number <= 1:
        raise ValueError(value)
    return number


def _truth(value: object) -> bool:
    return {"true": True, "false": False}[str(value).lower()]


def _count(value: object) -> int:
    number = int(str(value))
    if number < 1:
        raise ValueError(value)
    return number


READERS: dict[str, tuple[Callable[[Any], object], str]] = {
    "reporting_timezone": (_timezone, "a time zone name such as Europe/Berlin"),
    "reporting_currency": (_matching(r"[A-Z]{3}"), "a three-letter code such as EUR"),
    "webhook_url": (_matching(r"https?://\S+"), "an http(s) address"),
    "automation": (_truth, "true to have Dagster's schedule and sensors on, or false"),
    "quarantine_warning_share": (_share, "a number from 0 to 1"),
    "memory_limit": (_matching(r"\d+(\.\d+)? ?([KMGT]i?B)"), "a size such as 4GB"),
    "threads": (_count, "a whole number of at least 1"),
    "temp_directory": (lambda value: Path(str(value)).expanduser().resolve(), "a folder"),
}

assert set(READERS) | {"home"} == {field.name for field in fields(Settings)}
