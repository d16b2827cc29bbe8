"""Everything Dagster knows of Touchline: the content of `defs/`, and nothing else."""

import dagster as dg

from orchestration.defs.activation.exports import exports
from orchestration.defs.automation import changed_rules
from orchestration.defs.home import Home
from orchestration.defs.ingestion.asked_again import backfill_days
from orchestration.defs.ingestion.books import landing_books, lookups
from orchestration.defs.ingestion.feeds import feeds
from orchestration.defs.ingestion.raw_tables import raw_tables
from orchestration.defs.ingestion.sensors import landing_files
from orchestration.defs.jobs import jobs
from orchestration.defs.notifications import notifications
from orchestration.defs.publication.publish import published_file
from orchestration.defs.schedules import schedules
from orchestration.defs.transformation.dbt_models import dbt_models
from orchestration.defs.transformation.past_days import past_days

defs = dg.Definitions(
    assets=[
        *feeds,
        *raw_tables,
        backfill_days,
        landing_books,
        lookups,
        dbt_models,
        past_days,
        published_file,
        *exports,
    ],
    jobs=jobs,
    schedules=schedules,
    sensors=[landing_files, changed_rules, *notifications],
    resources={"home": Home()},
    executor=dg.in_process_executor,
)
