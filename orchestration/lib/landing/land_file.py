"""Lands one file that was read: rows, quarantine and ledger in one transaction."""

from __future__ import annotations

import time
from dataclasses import replace

from orchestration.lib.failpoints import failpoint
from orchestration.lib.landing.discover import LandedFile, modified_at
from orchestration.lib.landing.duplicates import duplicate_count, find_duplicates
from orchestration.lib.landing.load import (
    count_uncastable,
    load_rows,
    next_batch_id,
    write_checks,
    write_ledger,
)
from orchestration.lib.landing.quarantine import quarantine_rows
from orchestration.lib.landing.read_file import (
    FileNotReadyError,
    StagedFile,
    rows_of_same_content,
    told_apart,
)
from orchestration.lib.landing.reports import FileReport
from orchestration.lib.landing.row_limits import RowLimit, let_go_within
from orchestration.lib.landing.stage import staged_count
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.transaction import transaction


def land_file(spec: TableSpec, staged: StagedFile, *, limit: RowLimit | None = None) -> FileReport:
    """Load, reject or recognise a staged file; raises FileNotReadyError when it must wait.

    Rows beyond `limit` are counted and do not stay.
    """
    began = time.monotonic()
    cursor = staged.cursor
    with told_apart(staged.file), transaction(cursor):
        batch_id = next_batch_id(cursor)
        repeated_rows = rows_of_same_content(cursor, spec, staged.file_hash)
        if staged.is_revoked:
            report = _revoked(staged, batch_id, repeated_rows)
        elif repeated_rows is not None:
            report = _repeated(staged.file, batch_id, repeated_rows)
        elif staged.reason is not None:
            report = _rejected(spec, staged, batch_id)
        else:
            report = _loaded(spec, staged, batch_id, limit)
        seconds = round(staged.seconds + time.monotonic() - began, 3)
        report = replace(report, seconds=seconds)
        if report.status in ("loaded", "rejected"):
            write_checks(cursor, spec, staged.checks, batch_id=batch_id)
        write_ledger(cursor, staged.file, report, file_hash=staged.file_hash)
        _check_unchanged(staged.file)
        failpoint("ingest.before_commit")
    failpoint("ingest.after_commit")
    return report


def _loaded(
    spec: TableSpec, staged: StagedFile, batch_id: str, limit: RowLimit | None
) -> FileReport:
    """Load the good, new rows; set the bad ones aside."""
    cursor, file, match = staged.cursor, staged.file, staged.match
    assert match is not None
    find_duplicates(cursor, spec)
    rows_in = staged_count(cursor) + staged.rows_erased
    quarantined = quarantine_rows(cursor, file, spec, match, batch_id=batch_id)
    uncastable = count_uncastable(cursor, spec, match, batch_id=batch_id)
    failpoint("ingest.before_load")
    loaded = load_rows(cursor, file, spec, match, batch_id=batch_id, file_hash=staged.file_hash)
    gone = let_go_within(cursor, limit, batch_id=batch_id) if limit else 0
    return FileReport(
        system=file.system,
        table=file.table,
        source_file=file.source_file,
        batch_id=batch_id,
        status="loaded",
        reason="; ".join(staged.warnings) or None,
        rows_in=rows_in,
        rows_loaded=loaded - gone,
        rows_duplicate=duplicate_count(cursor),
        rows_quarantined=quarantined,
        rows_erased=gone + staged.rows_erased,
        unknown_columns=match.unknown,
        missing_columns=match.missing,
        uncastable=uncastable,
        warnings=tuple(staged.warnings),
    )


def _rejected(spec: TableSpec, staged: StagedFile, batch_id: str) -> FileReport:
    """Set every row of the file aside."""
    cursor, file, match = staged.cursor, staged.file, staged.match
    quarantined = quarantine_rows(
        cursor, file, spec, match, batch_id=batch_id, rejected_because=staged.reason
    )
    return FileReport(
        system=file.system,
        table=file.table,
        source_file=file.source_file,
        batch_id=batch_id,
        status="rejected",
        reason=staged.reason,
        rows_in=staged_count(cursor) + staged.rows_erased,
        rows_quarantined=quarantined,
        rows_erased=staged.rows_erased,
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


def _revoked(staged: StagedFile, batch_id: str, rows: int | None) -> FileReport:
    """Somebody decided that this content stays out, whatever its name and whenever it comes."""
    file = staged.file
    rows_in = staged_count(staged.cursor) + staged.rows_erased if rows is None else rows
    return FileReport(
        system=file.system,
        table=file.table,
        source_file=file.source_file,
        batch_id=batch_id,
        status="revoked",
        reason="this content was revoked; `touchline ingest --restore` lets it in again",
        rows_in=rows_in,
        rows_erased=rows_in,
    )


def _check_unchanged(file: LandedFile) -> None:
    """Raise FileNotReadyError when size or time are no longer those it was found with."""
    state = file.path.stat()
    if (state.st_size, modified_at(state)) != (file.bytes, file.modified_at):
        raise FileNotReadyError(file.source_file)
