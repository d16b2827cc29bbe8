"""What can be run as a whole, and when."""

from __future__ import annotations

import dagster as dg

INGESTION = dg.AssetSelection.groups("ingestion")
PUBLICATION = dg.AssetSelection.groups("publication")
ACTIVATION = dg.AssetSelection.groups("activation")
MODELS = dg.AssetSelection.all() - INGESTION - PUBLICATION - ACTIVATION

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
daily = dg.define_asset_job(
    "daily", dg.AssetSelection.all(), description="Land, build, test, publish, export."
)
jobs = [ingest_all, build_models, publish, export_segments, daily]
