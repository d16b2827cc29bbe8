"""Days to be built again, as partitions: a backfill of them asks, the next daily run builds."""

import dagster as dg

from orchestration.defs.home import POOL, Home
from orchestration.lib.asked_again import DAYS, ask_again
from orchestration.lib.home import open_warehouse
from orchestration.lib.settings import load_settings

GROUP = "backfill"
FIRST_DAY = "2015-01-01"


@dg.asset(
    key=["backfill", "days"],
    partitions_def=dg.DailyPartitionsDefinition(
        FIRST_DAY, timezone=load_settings().reporting_timezone
    ),
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name=GROUP,
    pool=POOL,
    kinds={"duckdb"},
)
def backfill_days(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
    """Ask for what happened on days to be built again; the daily job does so and publishes.

    The sensor on landing files starts it, where automation is on. As `touchline backfill --from`.
    """
    window = context.partition_time_window
    last = max(context.partition_keys)
    days = f"{window.start:%Y-%m-%d}/{last}"
    with open_warehouse(home.settings) as connection:
        ask_again(connection, DAYS, [days], reason=f"Dagster run {context.run.run_id}")
    return dg.MaterializeResult(metadata={"days": days})
