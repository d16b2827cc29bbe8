"""Turns the private build into the published file: copy, audit, fsync, rename, switch the link."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

import duckdb

from orchestration.lib.failpoints import failpoint
from orchestration.lib.history import append_record, sync_folder
from orchestration.lib.publishing.audit import audit, wrong_columns
from orchestration.lib.publishing.contract import TableContract, contracts_of
from orchestration.lib.publishing.masking import add_masked_tables
from orchestration.lib.publishing.versions import (
    PublishError,
    current_run_id,
    history_file,
    last_publication,
    new_run_id,
    remove_leftovers,
    remove_old,
    run_id_of,
    switch,
    version_path,
    versions,
)
from orchestration.lib.settings import Settings

FILE_MODE = 0o640
FINDINGS_SHOWN = 5


class Also(Protocol):
    """What else a version is to hold, written into the open copy; returns what to record of it."""

    def __call__(
        self, connection: duckdb.DuckDBPyConnection, *, run_id: str, as_of: datetime, at: datetime
    ) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One published version: its id, file, moment, rows per table and how long it took."""

    run_id: str
    path: Path
    as_of: datetime
    rows: Mapping[str, int]
    seconds: float


def publish(
    settings: Settings,
    *,
    manifest: Mapping[str, Any],
    as_of: datetime,
    build: Path | None = None,
    fingerprint: str = "",
    accept_fewer_rows: bool = False,
    also: Also | None = None,
    now: datetime | None = None,
) -> Publication:
    """Publish `build` (else the home's own); the caller holds its lock. Raises PublishError.

    `also` may add to the copy before it is audited; what it returns is recorded with the version.

    Whatever goes wrong, and wherever the process dies, `published/current` stays the old version
    until it is the new one, whole and audited. What a killed run left is removed first.
    """
    began = monotonic()
    moment = now or datetime.now(UTC)
    settings.published.mkdir(parents=True, exist_ok=True)
    remove_leftovers(settings)
    run_id = new_run_id(settings, now=moment)
    contracts = contracts_of(manifest)
    copy = _copy_of(build or settings.marts_build, version_path(settings, run_id))
    try:
        told = _complete(
            copy, contracts, settings=settings, run_id=run_id, as_of=as_of, at=moment, also=also
        )
        previous = {} if accept_fewer_rows else _previous_rows(settings, as_of=as_of)
        findings, rows = audit(copy, contracts, previous_rows=previous)
        if findings:
            raise _refused(findings, settings)
    except (PublishError, duckdb.Error):
        copy.unlink()
        raise
    record = {"event": "published", "run_id": run_id, "as_of": as_of.isoformat(), "rows": rows}
    record |= {"at": moment.isoformat(), "fingerprint": fingerprint} | told
    _install(settings, copy, run_id, record=record)
    remove_old(settings)
    path = version_path(settings, run_id)
    return Publication(
        run_id=run_id, path=path, as_of=as_of, rows=rows, seconds=monotonic() - began
    )


def rollback(settings: Settings, *, now: datetime | None = None) -> str:
    """Point readers at the version before the current one; returns its run id. The caller holds
    the home's lock. Raises PublishError when there is none."""
    current = current_run_id(settings)
    older = [run_id_of(path) for path in versions(settings) if run_id_of(path) < (current or "")]
    if not older:
        raise PublishError(
            "there is no earlier version to go back to",
            str(settings.published),
            "build the wanted day again: `touchline run --as-of DATE`",
        )
    switch(settings, older[-1])
    moment = (now or datetime.now(UTC)).isoformat()
    append_record(
        history_file(settings), {"event": "rolled_back", "run_id": older[-1], "at": moment}
    )
    return older[-1]


def _copy_of(build: Path, version: Path) -> Path:
    """A copy of the checkpointed build under a name that no write-ahead log can lie beside."""
    if not build.exists():
        raise PublishError("nothing has been built yet", str(build), "run `touchline run`")
    with duckdb.connect(str(build)) as connection:
        connection.execute("checkpoint")
    _refuse_log_beside(build)
    copy = version.with_name(f"{version.name}.tmp")
    shutil.copyfile(build, copy)
    copy.chmod(FILE_MODE)
    failpoint("publish.after_copy")
    return copy


def _complete(
    copy: Path,
    contracts: Sequence[TableContract],
    *,
    settings: Settings,
    run_id: str,
    as_of: datetime,
    at: datetime,
    also: Also | None,
) -> Mapping[str, Any]:
    """Add masked tables, the one row that tells readers which version they look at, and what
    `also` adds; returns what that tells."""
    limits = {"memory_limit": settings.memory_limit, "temp_directory": str(settings.temp)}
    with duckdb.connect(str(copy), config=limits) as connection:
        if findings := wrong_columns(connection, contracts):
            raise _refused(findings, settings)
        add_masked_tables(connection, contracts)
        connection.execute("create schema if not exists observability")
        connection.execute(
            "create or replace table observability.publication as "
            "select ?::varchar as run_id, ?::timestamp as as_of, ?::timestamp as published_at, "
            "?::varchar as reporting_timezone, ?::varchar as reporting_currency",
            [
                run_id,
                as_of.astimezone(UTC).replace(tzinfo=None),
                at.astimezone(UTC).replace(tzinfo=None),
                settings.reporting_timezone,
                settings.reporting_currency,
            ],
        )
        told = also(connection, run_id=run_id, as_of=as_of, at=at) if also else {}
        connection.execute("checkpoint")
    return told


def _install(settings: Settings, copy: Path, run_id: str, *, record: Mapping[str, Any]) -> None:
    """Make the audited copy durable, give it its name, record it, and point readers at it."""
    _refuse_log_beside(copy)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    failpoint("publish.before_rename")
    copy.rename(version_path(settings, run_id))
    sync_folder(settings.published)
    append_record(history_file(settings), record)
    failpoint("publish.before_switch")
    switch(settings, run_id)
    failpoint("publish.after_switch")


def _previous_rows(settings: Settings, *, as_of: datetime) -> dict[str, int]:
    """Rows per table of the current version; none when it speaks of a later moment than `as_of`."""
    last = last_publication(settings)
    if last is None or datetime.fromisoformat(last["as_of"]) > as_of:
        return {}
    return last["rows"]


def _refuse_log_beside(path: Path) -> None:
    """Raise when a write-ahead log lies beside `path`: DuckDB would replay it into a reader."""
    beside = path.with_name(f"{path.name}.wal")
    if beside.exists():
        raise PublishError(
            "the database was not closed cleanly", str(beside), "run `touchline run` again"
        )


def _refused(findings: Sequence[str], settings: Settings) -> PublishError:
    shown = "; ".join(findings[:FINDINGS_SHOWN])
    more = len(findings) - FINDINGS_SHOWN
    return PublishError(
        f"the audit refused the new version: {shown}{f'; and {more} more' if more > 0 else ''}",
        str(settings.marts_build),
        "readers keep the version they have; correct the cause and run again"
        " (rows that are rightly fewer: `touchline publish --accept-fewer-rows`)",
    )
