"""One asset per destination: the eligible members of its segments, written to the outbox."""

import dagster as dg

from orchestration.defs.home import POOL, Home
from orchestration.defs.publication.publish import KEY as PUBLISHED
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import destinations, export_home
from orchestration.lib.settings import load_settings


def export(destination: str) -> dg.AssetsDefinition:
    """The asset of one destination."""

    @dg.asset(
        key=["outbox", destination],
        deps=[PUBLISHED],
        group_name="activation",
        pool=POOL,
        kinds={"csv"},
        description=f"Segment members for {destination}, from the published file alone.",
    )
    def write(home: Home) -> dg.MaterializeResult:
        tell("exporting", destination)
        reports = export_home(home.settings, destination=destination)
        return dg.MaterializeResult(
            metadata={
                "segments": len(reports),
                "rows": sum(report.rows for report in reports),
            }
        )

    return write


exports = [export(destination) for destination in destinations(load_settings())]
