"""Reads one file into temporary tables of a cursor of its own, and judges it as a whole."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import duckdb

from orchestration.lib.erasing.keeping_out import keep_out
from orchestration.lib.errors import LandingError
from orchestration.lib.failpoints import failpoint
from orchestration.lib.landing.columns import ColumnMatch
from orchestration.lib.landing.decisions import revoked_contents
from orchestration.lib.landing.discover import LandedFile
from orchestration.lib.landing.file_bytes import UnreadableFileError, hash_of
from orchestration.lib.landing.read_csv import stage_csv
from orchestration.lib.landing.read_json import stage_json
from orchestration.lib.landing.read_parquet import stage_parquet
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
# The library that judges a batch is not made for two at a time.
_ONE_JUDGE = Lock()


class FileNotReadyError(Exception):
    """The file changed, went or may not be read; it is left for the next ingest."""


@dataclass(kw_only=True)
class StagedFile:
    """What reading found: rows are in temporary tables of `cursor`; a `reason` rejects the file."""

    file: LandedFile
    cursor: duckdb.DuckDBPyConnection
    file_hash: str
    is_revoked: bool = False
    match: ColumnMatch | None = None
    reason: str | None = None
    warnings: list[str] = field(default_factory=list)
    checks: list[CheckResult] = field(default_factory=list)
    rows_erased: int = 0
    seconds: float = 0.0


def read_file(
    connection: duckdb.DuckDBPyConnection, settings: Settings, spec: TableSpec, file: LandedFile
) -> StagedFile:
    """Stage a file whose content is new; raises FileNotReadyError when it must wait.

    Files may be read side by side: nothing but temporary tables is written. The cursor is to be
    closed by the caller.
    """
    began = time.monotonic()
    cursor = connection.cursor()
    try:
        with told_apart(file):
            staged = StagedFile(file=file, cursor=cursor, file_hash=hash_of(file.path))
            staged.is_revoked = (*spec.place, staged.file_hash) in revoked_contents(settings)
            forget_staged(cursor)
            if rows_of_same_content(cursor, spec, staged.file_hash) is None:
                read_rows(settings, spec, staged)
                _judge(spec, staged)
    except BaseException:
        cursor.close()
        raise
    failpoint("ingest.after_stage")
    staged.seconds = time.monotonic() - began
    return staged


@contextmanager
def told_apart(file: LandedFile) -> Iterator[None]:
    """Errors of a file that went or may not be read, and of want of memory or disk, by name."""
    try:
        yield
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


def rows_of_same_content(
    cursor: duckdb.DuckDBPyConnection, spec: TableSpec, file_hash: str
) -> int | None:
    """Rows of an earlier file of this table with the same content, None when there is none."""
    row = cursor.execute(
        "select max(rows_in) from raw_ops.load_ledger"
        " where system = ? and table_name = ? and file_hash = ?"
        " and status not in ('repeated', 'superseded')",
        [spec.system, spec.table, file_hash],
    ).fetchone()
    return row[0] if row else None


def read_rows(settings: Settings, spec: TableSpec, staged: StagedFile) -> None:
    """Read the file into the temporary tables; one that cannot be read gets a `reason`.

    Rows of erased persons are read and counted, and are not among them.
    """
    cursor, file = staged.cursor, staged.file
    settings.temp.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix="landing-", dir=settings.temp))
    try:
        staged.match, staged.warnings = _READERS[file.format](cursor, file, spec, workspace)
    except UnreadableFileError as error:
        forget_staged(cursor)
        salvage_lines(cursor, file, workspace, reason=str(error))
        staged.reason = str(error)
    finally:
        shutil.rmtree(workspace, ignore_errors=True)
    columns = staged.match.raw_names if staged.match else ()
    staged.rows_erased = keep_out(cursor, settings, spec, columns)


def _judge(spec: TableSpec, staged: StagedFile) -> None:
    """Say what is wrong with the file as a whole: columns, then what its suite expects."""
    cursor = staged.cursor
    if staged.match is None:
        return
    if staged.match.missing_required:
        staged.reason = f"required column is missing: {', '.join(staged.match.missing_required)}"
        return
    with _ONE_JUDGE:
        staged.checks = validate_batch(cursor, spec, rows=staged_count(cursor))
    failed = [one for one in staged.checks if not one.success]
    staged.warnings += [str(one) for one in failed if not one.is_critical]
    staged.reason = "; ".join(str(one) for one in failed if one.is_critical) or None
