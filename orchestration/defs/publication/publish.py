"""The asset that turns a tested build into the file that everybody reads."""

import dagster as dg

from orchestration.defs.home import POOL, Home
from orchestration.defs.transformation.dbt_models import dbt_models
from orchestration.lib.publishing.contract import SCHEMAS
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import publish_home

KEY = dg.AssetKey(["published", "current"])
PUBLIC = [key for key in dbt_models.keys if key.path[0] in SCHEMAS]


@dg.asset(key=KEY, deps=PUBLIC, group_name="publication", pool=POOL, kinds={"duckdb"})
def published_file(home: Home) -> dg.MaterializeResult:
    """A new audited version; readers see the old one until it is whole."""
    tell("publishing", "copy, audit, switch")
    publication = publish_home(
        home.settings,
        place=home.build_settings,
        as_of=home.moment,
        target=home.target,
        accept_fewer_rows=home.accept_fewer_rows,
    )
    return dg.MaterializeResult(
        metadata={
            "run_id": publication.run_id,
            "path": str(publication.path),
            "rows": sum(publication.rows.values()),
        }
    )
