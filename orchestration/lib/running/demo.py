"""The home of a demo: only an empty one, or one that a demo made."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import prepare_home
from orchestration.lib.settings import Settings
from orchestration.lib.world import generate

MARK = "demo"
DAYS = 400


def require_demo_home(settings: Settings) -> None:
    """Raise TouchlineError when made-up data would land among real data."""
    mark = settings.state / MARK
    has_files = settings.landing.is_dir() and any(
        path.is_file() for path in settings.landing.rglob("*")
    )
    if has_files and not mark.exists():
        raise TouchlineError(
            "this home holds data that no demo made",
            str(settings.landing),
            "choose an empty home: TOUCHLINE_HOME=/tmp/touchline-demo touchline demo",
        )


def write_demo_world(
    settings: Settings, *, accounts: int, seed: int, last_day: date
) -> dict[str, int]:
    """Write the demo's world into the landing folder; returns rows per table."""
    prepare_home(settings, say=lambda message: None)
    (settings.state / MARK).write_text(f"{accounts} accounts, seed {seed}\n")
    report = generate(settings.home, accounts=accounts, days=DAYS, last_day=last_day, seed=seed)
    return dict(report.rows)


def demo_as_of(settings: Settings, last_day: date) -> datetime:
    """The start of the day after the world's last day, in the reporting time zone."""
    zone = ZoneInfo(settings.reporting_timezone)
    return datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=zone)
