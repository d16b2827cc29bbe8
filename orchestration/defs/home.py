"""The home a run works on: settings, the one-run lock, and what this run was asked to do."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

import dagster as dg

from orchestration.lib.home import prepare_home, run_lock
from orchestration.lib.running.moments import NOW, moment_of_now, usual_moment
from orchestration.lib.running.planning import past_settings
from orchestration.lib.settings import Settings, load_settings

# one writer at a time: every asset that opens a database file is in this pool
POOL = "duckdb"


class Home(dg.ConfigurableResource):
    """The home of TOUCHLINE_HOME, locked for the length of a run."""

    as_of: str | None = None
    full_refresh: bool = False
    is_past: bool = False
    accept_fewer_rows: bool = False
    target: str = "duckdb"

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Home]:
        """Hold the home while the run lasts; a second run is refused with the holder's name."""
        prepare_home(self.settings)
        with run_lock(self.settings):
            yield self

    @property
    def settings(self) -> Settings:
        """Settings of the home."""
        return load_settings()

    @property
    def build_settings(self) -> Settings:
        """Settings of the place to build in: the home, or the folder of a day of the past."""
        return past_settings(self.settings, self.moment) if self.is_past else self.settings

    @property
    def moment(self) -> datetime:
        """The moment a build speaks of, aware: the one given, now, or that of an ordinary run."""
        if self.as_of == NOW:
            return moment_of_now(self.settings)
        return datetime.fromisoformat(self.as_of) if self.as_of else usual_moment(self.settings)
