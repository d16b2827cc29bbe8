"""Stored outcomes of raw checks, batch by batch, as Great Expectations knows them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any

import duckdb

from orchestration.lib.raw_checks.library import great_expectations

# The newest batch of each table, and the newest batches in which something failed.
FAILED_BATCHES = 200


@dataclass(frozen=True, kw_only=True)
class JudgedBatch:
    """One file, its fate, and its checks as rows of `raw_ops.batch_checks`."""

    batch_id: str
    table: str
    source_file: str
    status: str
    rows_in: int
    loaded_at: str
    checks: tuple[dict[str, Any], ...]

    @property
    def failed(self) -> list[dict[str, Any]]:
        """Checks that failed, critical ones first."""
        failed = [check for check in self.checks if not check["success"]]
        return sorted(failed, key=lambda check: (check["severity"], check["column_name"]))


def judged_batches(connection: duckdb.DuckDBPyConnection) -> list[JudgedBatch]:
    """Batches to show, the failed ones first, then by table and newest first."""
    checks: dict[str, list[dict[str, Any]]] = {}
    for check in _rows(connection, _CHECKS):
        checks.setdefault(check["batch_id"], []).append(check)
    batches = [
        JudgedBatch(**batch, checks=tuple(checks[batch["batch_id"]]))
        for batch in _rows(connection, _BATCHES)
    ]
    return sorted(batches, key=lambda one: (not one.failed, one.table, -int(one.batch_id)))


def as_validation(batch: JudgedBatch) -> Any:
    """The library's result of a validation, from what was stored of it; values are escaped."""
    great_expectations()
    from great_expectations.core.expectation_validation_result import (
        ExpectationSuiteValidationResult,
        ExpectationValidationResult,
    )
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    results = [
        ExpectationValidationResult(
            success=check["success"],
            expectation_config=ExpectationConfiguration(
                type=check["expectation"],
                kwargs=json.loads(check["arguments"]),
                severity=check["severity"],
            ),
            result=_escaped(json.loads(check["result"])),
        )
        for check in batch.checks
    ]
    return ExpectationSuiteValidationResult(
        success=not batch.failed, results=results, suite_name=batch.table, meta={}
    )


def _escaped(value: Any) -> Any:
    """`value` with every text in it harmless in a page: the library's templates do not escape."""
    if isinstance(value, dict):
        return {name: _escaped(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_escaped(one) for one in value]
    return escape(value) if isinstance(value, str) else value


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    relation = connection.execute(query)
    names = [column[0] for column in relation.description or []]
    return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]


# Checks of before their arguments were kept cannot be shown again.
_SHOWN = f"""
with judged as (
    select
        batch_id,
        system || '/' || table_name as "table",
        not bool_and(success) as has_failed
    from raw_ops.batch_checks
    where result is not null
    group by all
),
shown as (
    select batch_id, "table", has_failed
    from judged
    qualify
        row_number() over (partition by "table" order by batch_id desc) = 1
        or (
            has_failed
            and row_number() over (partition by has_failed order by batch_id desc)
                <= {FAILED_BATCHES}
        )
)
"""
_BATCHES = f"""{_SHOWN}
select
    shown.batch_id,
    shown."table",
    source_file,
    status,
    rows_in,
    strftime(loaded_at, '%Y-%m-%d %H:%M') as loaded_at
from shown
join raw_ops.load_ledger using (batch_id)
"""
_CHECKS = f"""{_SHOWN}
select batch_checks.*
from raw_ops.batch_checks
join shown using (batch_id)
order by batch_id, column_name, expectation, severity
"""
