"""Days of the past, each built again in full into a file of its own, alone or as a backfill."""

import dagster as dg

from orchestration.defs.home import POOL, Home
from orchestration.defs.ingestion.books import RAW_KEYS
from orchestration.lib.running.planning import past_settings
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import build_home
from orchestration.lib.settings import load_settings

GROUP = "past"
FIRST_DAY = "2015-01-01"
DAYS = dg.DailyPartitionsDefinition(FIRST_DAY, timezone=load_settings().reporting_timezone)


@dg.asset(
    key=["past", "marts_build"],
    deps=RAW_KEYS,
    partitions_def=DAYS,
    group_name=GROUP,
    pool=POOL,
    kinds={"duckdb"},
)
def past_days(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
    """The warehouse as it would have been at the end of a day, with the rules and files of now.

    Each day is a folder below `<home>/past` with a copy of the raw data; delete it when it has
    been read. Readers see nothing of it, unless `touchline run --as-of DATE --publish` says so.
    """
    as_of = context.partition_time_window.end
    place = past_settings(home.settings, as_of)
    report = build_home(
        home.settings,
        place=place,
        as_of=as_of,
        full_refresh=True,
        target=home.target,
        progress=lambda name, number, total: tell("building", name, number, total),
    )
    report.raise_for_failures()
    return dg.MaterializeResult(
        metadata={
            "as_of": as_of.isoformat(),
            "path": str(place.marts_build),
            "warnings": len(report.warnings),
            "seconds": round(report.seconds, 1),
        }
    )
