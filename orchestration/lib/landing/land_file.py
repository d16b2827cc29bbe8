"""Lands one file: staged outside, then rows, quarantine and ledger in one transaction."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from orchestration.lib.errors import LandingError
from orchestration.lib.failpoints import failpoint
from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.landing.discover import LandedFile, modified_at
from orchestration.lib.landing.duplicates import duplicate_count, find_duplicates
from orchestration.lib.landing.file_bytes import UnreadableFileError, hash_of
from orchestration.lib.landing.load import (
    count_uncastable,
    load_rows,
    next_batch_id,
    write_checks,
    write_ledger,
)
from orchestration.lib.landing.quarantine import quarantine_rows
from orchestration.lib.landing.read_csv import stage_csv
from orchestration.lib.landing.read_json import stage_json
from orchestration.lib.landing.read_parquet import stage_parquet
from orchestration.lib.landing.reports import FileReport
from orchestration.lib.landing.salvage import salvage_lines
from orchestration.lib.landing.stage import forget_staged, staged_count
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.raw_checks.validate import CheckResult, validate_batch
from orchestration.lib.settings import Settings

_Stage = Callable[
    [duckdb.DuckDBPyConnection, LandedFile, TableSpec, Path], tuple[ColumnMatch, list[str]]
]
_READERS: dict[str, _Stage] = {
    "csv": stage_csv,
    "jsonl": stage_json,
    "ndjson": stage_json,
    "json": stage_json,
    "parquet": stage_parquet,
}


class FileNotReadyError(Exception):
    """The file changed, went or may not be read; it is left for the next ingest."""


@dataclass(kw_only=True)
class _Staged:
    """What reading found; a `reason` rejects the file."""

    match: ColumnMatch | None = None
    reason: str | None = None
    warnings: list[str] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)


def land_file(
    connection: duckdb.DuckDBPyConnection, settings: Settings, spec: TableSpec, file: LandedFile
) -> FileReport:
    """Land, reject or recognise one file; raises FileNotReadyError when it must wait."""
    started = time.monotonic()
    forget_staged(connection)
    try:
        file_hash = hash_of(file.path)
        repeated_rows = _rows_of_same_content(connection, spec, file_hash)
        is_new = repeated_rows is None
        staged = _stage(connection, settings, spec, file) if is_new else _Staged()
        failpoint("ingest.after_stage")
        with _transaction(connection):
            batch_id = next_batch_id(connection)
            if repeated_rows is not None:
                report = _repeated(file, batch_id, repeated_rows)
            elif staged.reason is not None:
                report = _rejected(connection, spec, file, staged, batch_id)
            else:
                report = _loaded(connection, spec, file, staged, batch_id, file_hash=file_hash)
            report = replace(report, seconds=round(time.monotonic() - started, 3))
            write_checks(connection, spec, staged.checks, batch_id=batch_id)
            write_ledger(connection, file, report, file_hash=file_hash)
            _check_unchanged(file)
            failpoint("ingest.before_commit")
    except (FileNotFoundError, PermissionError):
        if os.access(file.path, os.R_OK):
            raise
        raise FileNotReadyError(file.source_file) from None
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise LandingError(
            f"could not be landed: {str(error).splitlines()[0]}",
            str(file.path),
            "raise TOUCHLINE_MEMORY_LIMIT or free disk space and run again; nothing is half landed",
        ) from None
    failpoint("ingest.after_commit")
    forget_staged(connection)
    return report


def _stage(
    connection: duckdb.DuckDBPyConnection, settings: Settings, spec: TableSpec, file: LandedFile
) -> _Staged:
    """Read the file into the temporary tables and judge it as a whole."""
    settings.temp.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix="landing-", dir=settings.temp))
    try:
        match, warnings = _READERS[file.format](connection, file, spec, workspace)
    except UnreadableFileError as error:
        forget_staged(connection)
        salvage_lines(connection, file, workspace, reason=str(error))
        return _Staged(reason=str(error))
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    staged = _Staged(match=match, warnings=warnings)
    if match.missing_required:
        staged.reason = f"required column is missing: {', '.join(match.missing_required)}"
        return staged
    staged.checks = validate_batch(connection, spec, rows=staged_count(connection))
    failed = [one for one in staged.checks if not one.success]
    staged.warnings += [str(one) for one in failed if not one.is_critical]
    staged.reason = "; ".join(str(one) for one in failed if one.is_critical) or None
    return staged


def _loaded(
    connection: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    file: LandedFile,
    staged: _Staged,
    batch_id: str,
    *,
    file_hash: str,
) -> FileReport:
    """Load the good, new rows; set the bad ones aside."""
    match = staged.match
    assert match is not None
    find_duplicates(connection, spec)
    rows_in = staged_count(connection)
    quarantined = quarantine_rows(connection, file, spec, match, batch_id=batch_id)
    uncastable = count_uncastable(connection, spec, match, batch_id=batch_id)
    failpoint("ingest.before_load")
    loaded = load_rows(connection, file, spec, match, batch_id=batch_id, file_hash=file_hash)
    return FileReport(
        system=file.system,
        table=file.table,
        source_file=file.source_file,
        batch_id=batch_id,
        status="loaded",
        reason="; ".join(staged.warnings) or None,
        rows_in=rows_in,
        rows_loaded=loaded,
        rows_duplicate=duplicate_count(connection),
        rows_quarantined=quarantined,
        unknown_columns=match.unknown,
        missing_columns=match.missing,
        uncastable=uncastable,
        warnings=tuple(staged.warnings),
    )


def _rejected(
    connection: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    file: LandedFile,
    staged: _Staged,
    batch_id: str,
) -> FileReport:
    """Set every row of the file aside."""
    match = staged.match
    quarantined = quarantine_rows(
        connection, file, spec, match, batch_id=batch_id, rejected_because=staged.reason
    )
    return FileReport(
        system=file.system,
        table=file.table,
        source_file=file.source_file,
        batch_id=batch_id,
        status="rejected",
        reason=staged.reason,
        rows_in=staged_count(connection),
        rows_quarantined=quarantined,
        unknown_columns=match.unknown if match else (),
        missing_columns=match.missing if match else (),
        warnings=tuple(staged.warnings),
    )


def _repeated(file: LandedFile, batch_id: str, rows: int) -> FileReport:
    """The same content is in the ledger already: nothing changes."""
    return FileReport(
        system=file.system,
        table=file.table,
        source_file=file.source_file,
        batch_id=batch_id,
        status="repeated",
        rows_in=rows,
        rows_duplicate=rows,
    )


def _rows_of_same_content(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, file_hash: str
) -> int | None:
    """Rows of an earlier file of this table with the same content, None when there is none."""
    row = connection.execute(
        "select max(rows_in) from raw_ops.load_ledger"
        " where system = ? and table_name = ? and file_hash = ? and status <> 'repeated'",
        [spec.system, spec.table, file_hash],
    ).fetchone()
    return row[0] if row else None


def _check_unchanged(file: LandedFile) -> None:
    """Raise FileNotReadyError when size or time are no longer those it was found with."""
    state = file.path.stat()
    if (state.st_size, modified_at(state)) != (file.bytes, file.modified_at):
        raise FileNotReadyError(file.source_file)


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end, roll back on any exception."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
