"""The asset that turns a tested build into the file that everybody reads."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.checks import described_check
from orchestration.defs.home import POOL, Home
from orchestration.defs.retries import again_when_unreachable
from orchestration.defs.transformation.dbt_models import dbt_models
from orchestration.lib.publishing.contract import SCHEMAS
from orchestration.lib.publishing.versions import PublishError
from orchestration.lib.running.moments import last_built_moment
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import publish_home

KEY = dg.AssetKey(["published", "current"])
PUBLIC = [key for key in dbt_models.keys if key.path[0] in SCHEMAS]
AUDIT = "audit_allows_publication"
FINDS = (
    "tables, columns or types that the copy lacks, keys that repeat, personal columns that are not "
    "masked, and marts that lost most of their rows"
)
REMEDY = (
    "readers keep the version they have; correct the cause and run again, or if fewer rows are "
    "right, `touchline publish --accept-fewer-rows`"
)


@dg.asset(
    key=KEY,
    deps=PUBLIC,
    group_name="publication",
    pool=POOL,
    kinds={"duckdb"},
    check_specs=[described_check(AUDIT, asset=KEY, severity="error", finds=FINDS, remedy=REMEDY)],
)
def published_file(home: Home) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """A new audited version; readers see the old one until it is whole."""
    tell("publishing", "copy, audit, switch")
    try:
        with again_when_unreachable():
            publication = publish_home(
                home.settings,
                place=home.build_settings,
                as_of=last_built_moment(home.build_settings) or home.moment,
                target=home.target,
                accept_fewer_rows=home.accept_fewer_rows,
            )
    except PublishError as error:
        told = {"findings": error.what, "remedy": error.remedy}
        yield dg.AssetCheckResult(check_name=AUDIT, passed=False, metadata=told)
        raise
    yield dg.MaterializeResult(
        metadata={
            "run_id": publication.run_id,
            "path": str(publication.path),
            "rows": sum(publication.rows.values()),
        },
        check_results=[dg.AssetCheckResult(check_name=AUDIT, passed=True)],
    )
