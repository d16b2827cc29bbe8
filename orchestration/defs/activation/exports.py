"""One asset per destination: the eligible members of its segments, written to the outbox."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.checks import described_check
from orchestration.defs.home import POOL, Home
from orchestration.defs.publication.publish import KEY as PUBLISHED
from orchestration.defs.retries import again_when_unreachable
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import destinations, export_home
from orchestration.lib.segments.members import ExportError
from orchestration.lib.settings import load_settings

GUARD = "members_may_be_contacted"
FINDS = "members who may not be contacted, have no address, or come twice"
REMEDY = (
    "nothing was written for this destination; look at the person with `touchline explain person "
    "ID`, then build and publish again with `touchline run --full-refresh`"
)


def export(destination: str) -> dg.AssetsDefinition:
    """The asset of one destination."""
    key = dg.AssetKey(["outbox", destination])

    @dg.asset(
        key=key,
        deps=[PUBLISHED],
        group_name="activation",
        pool=POOL,
        kinds={"csv"},
        description=f"Segment members for {destination}, from the published file alone.",
        check_specs=[
            described_check(GUARD, asset=key, severity="error", finds=FINDS, remedy=REMEDY)
        ],
    )
    def write(home: Home) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        tell("exporting", destination)
        try:
            with again_when_unreachable():
                reports = export_home(home.settings, destination=destination)
        except ExportError as error:
            told = {"findings": error.what, "remedy": error.remedy}
            yield dg.AssetCheckResult(check_name=GUARD, passed=False, metadata=told)
            raise
        yield dg.MaterializeResult(
            metadata={
                "segments": len(reports),
                "rows": sum(report.rows for report in reports),
            },
            check_results=[dg.AssetCheckResult(check_name=GUARD, passed=True)],
        )

    return write


exports = [export(destination) for destination in destinations(load_settings())]
