"""Options that several commands share, and how their text is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from orchestration.lib.building.project import TARGETS
from orchestration.lib.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The moment to speak of: 2026-07-01, 2026-07-01T06:00 or now; today unless given.",
    ),
]
FullRefresh = Annotated[
    bool, typer.Option("--full-refresh", help="Rebuild everything, not only what is new.")
]


def _known_target(target: str) -> str:
    if target not in TARGETS:
        raise typer.BadParameter(f"'{target}' is none of {', '.join(TARGETS)}")
    return target


Target = Annotated[
    str,
    typer.Option(
        "--target",
        callback=_known_target,
        help="The engine: duckdb, or spark, which needs the extra of that name, and Java.",
    ),
]


def moment(text: str | None, settings: Settings) -> datetime:
    """The moment a text names, aware; local times are of the reporting time zone.

    Raises TouchlineError for a now that lies before what the home speaks of.
    """
    from orchestration.lib.running.moments import NOW, moment_of_now, usual_moment

    if text is None:
        return usual_moment(settings)
    if text == NOW:
        return moment_of_now(settings)
    zone = ZoneInfo(settings.reporting_timezone)
    try:
        given = (
            datetime.combine(date.fromisoformat(text), time.min)
            if len(text) == len("2026-07-01")
            else datetime.fromisoformat(text)
        )
    except ValueError:
        raise typer.BadParameter(
            f"'{text}' is not a date; write 2026-07-01, 2026-07-01T06:00 or now",
            param_hint="--as-of",
        ) from None
    return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
