"""Runs a table's Great Expectations suite on a staged batch, before anything of it is loaded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.lib.errors import ContractError
from orchestration.lib.raw_checks.library import great_expectations
from orchestration.lib.raw_checks.profile import (
    MEASURES,
    measure_batch,
    present_columns,
    sample_batch,
)
from orchestration.lib.raw_checks.specs import Expectation, TableSpec
from orchestration.lib.raw_checks.suites import suite

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition

# Shares mean little in a small batch; its bad rows are set aside one by one.
SMALLEST_JUDGED_BATCH = 100
EXAMPLES = 3
_REMEDY_OF_FIGURES = f"name a column, or for the profile <column>.<{' | '.join(MEASURES)}>"


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """The outcome of one expectation on one batch, with the library's own result to show again."""

    expectation: Expectation
    success: bool
    observed: str
    result: dict[str, Any] = field(hash=False)

    @property
    def column(self) -> str:
        """What it looked at, in a few words."""
        return " and ".join(self.expectation.columns)

    @property
    def is_critical(self) -> bool:
        """Whether its failure sets the whole batch aside."""
        return self.expectation.severity == "critical"

    def __str__(self) -> str:
        told = f"{self.column}: {self.expectation.because or self.expectation.type}"
        return "; ".join(filter(None, (told, f"found {self.observed}", self.expectation.do)))


def validate_batch(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, *, rows: int
) -> list[CheckResult]:
    """Results of the table's suite on the staged batch; none for a batch too small to judge."""
    if rows < SMALLEST_JUDGED_BATCH:
        return []
    present = present_columns(connection, spec)
    expectations = suite(spec, present)
    names = {text for one in expectations for text in one.columns}
    figures = {(column, measure) for column, _, measure in map(_parted, names) if measure}
    unknown = {measure for _, measure in figures} - set(MEASURES)
    if unknown:
        raise ContractError(
            f"no measure of the profile: {sorted(unknown)}", _file(spec), _REMEDY_OF_FIGURES
        )
    frame = measure_batch(connection, spec, figures, present)
    unmeasured = {column for column in frame if frame[column].isna().all()}
    expectations = [one for one in expectations if not unmeasured & set(one.columns)]
    sampled = [column for column in spec.columns if column.name in names]
    if sampled:
        # One frame for one validation: figures stand in its first row, and checks skip nulls.
        frame = frame.join(sample_batch(connection, sampled, present), how="outer")
    return _run(frame, expectations, spec)


def _parted(text: str) -> tuple[str, str, str]:
    return text.partition(".")


def _run(
    frame: pd.DataFrame, expectations: Sequence[Expectation], spec: TableSpec
) -> list[CheckResult]:
    """Validate one data frame; raises ContractError for an expectation that cannot be run."""
    gx = great_expectations()
    batch = _batch_definition().get_batch(batch_parameters={"dataframe": frame})
    built = [_build(one, spec, place=place) for place, one in enumerate(expectations)]
    outcome = batch.validate(
        gx.ExpectationSuite(name=spec.name, expectations=built), result_format="BASIC"
    )
    # The library does not keep the order of a suite.
    found = {one.expectation_config.meta["place"]: one for one in outcome.results}
    return [_result(one, found[place], spec) for place, one in enumerate(expectations)]


def _build(expectation: Expectation, spec: TableSpec, *, place: int) -> Any:
    """The library's own object for a declared expectation, which knows its place in the suite."""
    import great_expectations.expectations as library

    class_name = "".join(word.capitalize() for word in expectation.type.split("_"))
    try:
        return getattr(library, class_name)(
            **expectation.kwargs, severity=expectation.severity, meta={"place": place}
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise ContractError(
            f"expectation {expectation.type} cannot be made: {error}",
            _file(spec),
            "use the name and arguments of a Great Expectations expectation",
        ) from None


def _result(expectation: Expectation, found: Any, spec: TableSpec) -> CheckResult:
    """The outcome in our words."""
    if found.exception_info.get("raised_exception"):
        raise ContractError(
            f"expectation {expectation.type} failed to run: "
            f"{found.exception_info.get('exception_message')}",
            _file(spec),
            _REMEDY_OF_FIGURES,
        )
    result = json.loads(json.dumps(found.to_json_dict()["result"], default=str))
    return CheckResult(
        expectation=expectation,
        success=bool(found.success),
        observed=_observed(result),
        result=result,
    )


def _observed(result: dict[str, Any]) -> str:
    """A figure as it is; of a sample the share of failing rows, and examples."""
    if "observed_value" in result:
        figure = result["observed_value"]
        return f"{figure:.4g}" if isinstance(figure, float) else str(figure)
    failing = [
        " and ".join(map(str, one)) if isinstance(one, list) else str(one)
        for one in result.get("partial_unexpected_list", [])
    ]
    examples = ", ".join(list(dict.fromkeys(failing))[:EXAMPLES])
    share = float(result.get("unexpected_percent") or 0)
    return f"{share:.2f} % of {result.get('element_count', 0)} rows" + (
        f", such as {examples}" if examples else ""
    )


def _file(spec: TableSpec) -> str:
    return f"raw_checks/{spec.name}.yml"


@cache
def _batch_definition() -> BatchDefinition:
    """One in-memory context for the process; the import takes seconds, so only when needed."""
    context = great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    source = context.data_sources.add_pandas("staged")
    return source.add_dataframe_asset("batch").add_batch_definition_whole_dataframe("whole")
