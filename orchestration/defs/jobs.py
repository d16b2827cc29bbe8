"""What can be run as a whole, and when."""

from __future__ import annotations

import dagster as dg

INGESTION = dg.AssetSelection.groups("ingestion")
PUBLICATION = dg.AssetSelection.groups("publication")
ACTIVATION = dg.AssetSelection.groups("activation")
PAST = dg.AssetSelection.groups("past")
BACKFILL = dg.AssetSelection.groups("backfill")
TODAY = dg.AssetSelection.all() - PAST - BACKFILL
MODELS = TODAY - INGESTION - PUBLICATION - ACTIVATION

ingest_all = dg.define_asset_job(
    "ingest_all", INGESTION, description="Land what waits in the landing folder."
)
build_models = dg.define_asset_job(
    "build_models", MODELS, description="Build and test all models; publishes nothing."
)
export_segments = dg.define_asset_job(
    "export_segments", ACTIVATION, description="Write segments from the published file."
)
publish = dg.define_asset_job(
    "publish", PUBLICATION, description="Audit the last build and let readers see it."
)
rebuild = dg.define_asset_job(
    "rebuild",
    MODELS | PUBLICATION,
    description="Build, test and publish what has been landed; segments wait for the daily job.",
)
daily = dg.define_asset_job("daily", TODAY, description="Land, build, test, publish, export.")
past = dg.define_asset_job(
    "rebuild_past_days",
    PAST,
    description="Build days of the past in full, each into a file of its own; publishes nothing.",
)
backfill = dg.define_asset_job(
    "backfill_days",
    BACKFILL,
    description="Ask for days to be built again by the next daily job; builds nothing itself.",
)
jobs = [backfill, ingest_all, build_models, publish, export_segments, rebuild, daily, past]
