"""Runs a table's Great Expectations suite on a staged batch, before anything of it is loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.lib.errors import ContractError
from orchestration.lib.raw_checks.profile import MEASURES, measure_batch, sample_batch
from orchestration.lib.raw_checks.specs import Expectation, TableSpec

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition

# Shares mean little in a small batch; its bad rows are set aside one by one.
SMALLEST_JUDGED_BATCH = 100
MOST_ROWS_ARE_USABLE = Expectation(
    type="expect_column_values_to_be_between",
    kwargs={"column": "unusable_share", "max_value": 0.5},
    severity="critical",
    because="a file of which most rows cannot be used is not the file that was agreed",
)


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """The outcome of one expectation on one batch."""

    expectation: str
    column: str
    severity: str
    success: bool
    observed: str
    because: str

    def __str__(self) -> str:
        reason = f": {self.because}" if self.because else ""
        return f"{self.column} fails {self.expectation}, observed {self.observed}{reason}"


def validate_batch(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, *, rows: int
) -> list[CheckResult]:
    """Results of all expectations on the staged batch; none for a batch too small to judge."""
    if rows < SMALLEST_JUDGED_BATCH:
        return []
    expectations = [MOST_ROWS_ARE_USABLE, *spec.expectations]
    figures = {one.kwargs["column"].rpartition(".") for one in expectations}
    profiled = {column for column, dot, measure in figures if dot and measure in MEASURES}
    sampled = {measure for _, dot, measure in figures if not dot} & set(spec.column_names)
    frame = measure_batch(connection, spec, profiled)
    if sampled:
        # One frame for one validation: figures stand in its first row, and checks skip nulls.
        frame = frame.join(sample_batch(connection, sampled), how="outer")
    return _run(frame, expectations, spec)


def _run(
    frame: pd.DataFrame, expectations: Sequence[Expectation], spec: TableSpec
) -> list[CheckResult]:
    """Validate one data frame; raises ContractError for an expectation that cannot be run."""
    import great_expectations as gx

    batch = _batch_definition().get_batch(batch_parameters={"dataframe": frame})
    suite = gx.ExpectationSuite(
        name=spec.name, expectations=[_build(one, spec) for one in expectations]
    )
    outcome = batch.validate(suite, result_format="BASIC")
    return [
        _result(one, found, spec) for one, found in zip(expectations, outcome.results, strict=True)
    ]


def _build(expectation: Expectation, spec: TableSpec) -> Any:
    """The library's own object for a declared expectation."""
    import great_expectations.expectations as library

    class_name = "".join(word.capitalize() for word in expectation.type.split("_"))
    try:
        return getattr(library, class_name)(**expectation.kwargs, severity=expectation.severity)
    except (AttributeError, TypeError, ValueError) as error:
        raise ContractError(
            f"expectation {expectation.type} cannot be made: {error}",
            f"raw_checks/{spec.name}.yml",
            "use the name and arguments of a Great Expectations expectation",
        ) from None


def _result(expectation: Expectation, found: Any, spec: TableSpec) -> CheckResult:
    """The outcome in our words."""
    if found.exception_info.get("raised_exception"):
        raise ContractError(
            f"expectation {expectation.type} failed to run: "
            f"{found.exception_info.get('exception_message')}",
            f"raw_checks/{spec.name}.yml",
            f"name a column, or for the profile <column>.<{' | '.join(MEASURES)}>",
        )
    seen = found.result.get("observed_value", found.result.get("partial_unexpected_list"))
    return CheckResult(
        expectation=expectation.type,
        column=expectation.kwargs["column"],
        severity=expectation.severity,
        success=bool(found.success),
        observed=str(seen[:5] if isinstance(seen, list) else seen),
        because=expectation.because,
    )


@cache
def _batch_definition() -> BatchDefinition:
    """One in-memory context for the process; the import takes seconds, so only when needed."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    source = context.data_sources.add_pandas("staged")
    return source.add_dataframe_asset("batch").add_batch_definition_whole_dataframe("whole")
