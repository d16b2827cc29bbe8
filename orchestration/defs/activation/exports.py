"""One asset per destination: the eligible members of its segments, as files or synced to a tool."""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.checks import described_check
from orchestration.defs.home import POOL, Home
from orchestration.defs.publication.publish import KEY as PUBLISHED
from orchestration.defs.retries import again_when_unreachable
from orchestration.lib.destinations.rows import FILE, read_destinations, row_of
from orchestration.lib.running.progress import tell
from orchestration.lib.running.steps import destinations, export_home
from orchestration.lib.segments.members import ExportError
from orchestration.lib.settings import Settings, load_settings
from orchestration.lib.syncs.automatic import sync_destination

GUARD = "members_may_be_contacted"
FINDS = (
    "members of a file who may not be contacted, have no address, or come twice; of a tool, plans "
    "that a guard stops"
)
REMEDY = (
    "nothing was written or sent for it; of a file look at the person with `touchline explain "
    "person ID`, then build and publish again with `touchline run --full-refresh`; of a tool see "
    "`touchline sync plan`, then apply with `--override` and a reason if the plan is right"
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
        if row_of(read_destinations(home.settings), destination).kind == FILE:
            yield from _written(home.settings, destination)
        else:
            yield from _synced(home.settings, destination)

    return write


def _written(
    settings: Settings, destination: str
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Files in the outbox."""
    tell("exporting", destination)
    try:
        with again_when_unreachable():
            reports = export_home(settings, destination=destination)
    except ExportError as error:
        yield _verdict({"findings": error.what}, passed=False)
        raise
    yield dg.MaterializeResult(
        metadata={"segments": len(reports), "rows": sum(report.rows for report in reports)},
        check_results=[_verdict({}, passed=True)],
    )


def _synced(
    settings: Settings, destination: str
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Plans, applied where the destination is automatic and no guard stops them."""
    tell("syncing", destination)
    report = sync_destination(settings, destination)
    told = {"findings": "; ".join(report.stopped)} if report.stopped else {}
    verdict = _verdict(told, passed=not report.stopped)
    if report.failed:
        yield verdict
        report.raise_for_failures(destination)
    yield dg.MaterializeResult(metadata=report.facts(), check_results=[verdict])


def _verdict(told: dict[str, str], *, passed: bool) -> dg.AssetCheckResult:
    remedy = {} if passed else {"remedy": REMEDY}
    return dg.AssetCheckResult(check_name=GUARD, passed=passed, metadata=told | remedy)


exports = [export(destination) for destination in destinations(load_settings())]
