"""One asset per raw table: take up its new files, and say whether its batches look sound."""

import dagster as dg

from orchestration.defs.automation import URGENT
from orchestration.defs.checks import described_check
from orchestration.defs.home import POOL, Home
from orchestration.defs.ingestion.feeds import feed_key
from orchestration.lib.home import open_warehouse
from orchestration.lib.landing import TableReport, land_table
from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.running.decided import finish_decided
from orchestration.lib.running.progress import tell
from orchestration.lib.syncs.hearing import hear_refusals
from orchestration.lib.syncs.refusing import LANDED_IN

CHECK = "batches_are_sound"
FINDS = "files set aside whole (an error) and files that were loaded with doubts (a warning)"
REMEDY = (
    "read reason and remedy in the metadata or with `touchline status`, correct the export, put it "
    "into the landing folder again under any name; other files go on meanwhile"
)


def raw_key(spec: TableSpec) -> dg.AssetKey:
    """The key of a raw table, the same that dbt gives its source."""
    return dg.AssetKey([spec.system, spec.table])


def raw_table(spec: TableSpec) -> dg.AssetsDefinition:
    """The asset of one declared raw table."""
    key = raw_key(spec)

    @dg.asset(
        key=key,
        deps=[feed_key(spec)],
        group_name="ingestion",
        pool=POOL,
        kinds={"duckdb"},
        description=f"Files of `landing/{spec.name}`, landed as they came into {spec.schema}.",
        check_specs=[
            described_check(CHECK, asset=key, severity="error", finds=FINDS, remedy=REMEDY)
        ],
    )
    def land(context: dg.AssetExecutionContext, home: Home) -> dg.MaterializeResult:
        if (spec.system, spec.table) == LANDED_IN:
            urgent = context.run.tags.get(URGENT)
            segments = urgent.split(", ") if urgent else None
            for unheard in hear_refusals(home.settings, segments=segments):
                context.log.warning(unheard)
        with open_warehouse(home.settings) as connection:
            finish_decided(connection, home.settings)
            report = land_table(connection, home.settings, spec, progress=_tell)
        if report.files:
            context.log_event(_files_came(spec, report))
        for file in report.rejected:
            context.log.warning(f"{file.source_file} was set aside: {file.reason}")
        return dg.MaterializeResult(metadata=_metadata(report), check_results=[_verdict(report)])

    return land


def _tell(file: str, number: int, total: int) -> None:
    tell("landing", file, number, total)


def _files_came(spec: TableSpec, report: TableReport) -> dg.AssetMaterialization:
    """The event by which Dagster knows that a source still sends."""
    return dg.AssetMaterialization(feed_key(spec), metadata={"files": len(report.files)})


def _metadata(report: TableReport) -> dict[str, int]:
    return {
        "files": len(report.files),
        "rows_in": report.rows_in,
        "rows_loaded": report.rows_loaded,
        "rows_duplicate": report.rows_duplicate,
        "rows_quarantined": report.rows_quarantined,
    }


def _verdict(report: TableReport) -> dg.AssetCheckResult:
    """ERROR for a file set aside whole, WARN for doubts; never blocking, so other files go on."""
    rejected = {file.source_file: file.reason or "" for file in report.rejected}
    doubts = {
        f"{file.source_file} ({number})": warning
        for file in report.files
        for number, warning in enumerate(file.warnings, start=1)
    }
    return dg.AssetCheckResult(
        check_name=CHECK,
        passed=not rejected and not doubts,
        severity=dg.AssetCheckSeverity.ERROR if rejected else dg.AssetCheckSeverity.WARN,
        metadata={"rejected": rejected, "doubts": doubts},
    )


raw_tables = [raw_table(spec) for spec in declared_tables()]
