"""Finds the files of the landing folder: which can be read, which must wait, which cannot."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.lib.raw_checks import TableSpec, declared_table
from orchestration.lib.settings import Settings

FORMATS = ("csv", "jsonl", "ndjson", "json", "parquet")
COMPRESSIONS = {"gz": "gzip", "zst": "zstd"}
UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~")
STILL_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class LandedFile:
    """One file in the landing folder; `source_file` is its path inside it, with forward slashes."""

    system: str
    table: str
    path: Path
    source_file: str
    format: str
    compression: str | None
    bytes: int
    modified_at: datetime

    @property
    def identity(self) -> tuple[str, int, datetime]:
        """What tells a file already in the ledger from a new one, without reading it."""
        return self.source_file, self.bytes, self.modified_at


@dataclass(kw_only=True)
class Discovery:
    """What lies in the landing folder: pending files in load order, and why others are left."""

    pending: list[LandedFile] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    ignored: dict[str, str] = field(default_factory=dict)


def pending_files(
    settings: Settings,
    connection: duckdb.DuckDBPyConnection,
    *,
    still_seconds: float = STILL_SECONDS,
) -> list[LandedFile]:
    """Files that the next ingest would read, in load order."""
    return discover(settings, connection, still_seconds=still_seconds).pending


def discover(
    settings: Settings,
    connection: duckdb.DuckDBPyConnection,
    *,
    spec: TableSpec | None = None,
    still_seconds: float = STILL_SECONDS,
) -> Discovery:
    """Every file below landing, or below the folder of one table, that the ledger does not know."""
    found = Discovery()
    landing = settings.landing.resolve()
    folder = landing / spec.system / spec.table if spec else landing
    if folder.resolve() != folder:
        found.ignored[folder.relative_to(landing).as_posix()] = "a link to a folder"
        return found
    seen = _seen_files(connection)
    now = time.time()
    for path in _walk(folder, landing, found):
        parts = path.relative_to(landing).parts
        source_file = "/".join(parts)
        reason = _reason_to_ignore(path, parts, landing)
        if reason:
            found.ignored[source_file] = reason
            continue
        try:
            state = path.stat()
        except FileNotFoundError:
            continue
        if path.name.lower().endswith(UNFINISHED) or _is_young(state, now, still_seconds):
            found.waiting.append(source_file)
            continue
        file = _landed_file(path, parts, source_file, state)
        if file.identity not in seen:
            found.pending.append(file)
    found.pending.sort(key=lambda file: (file.system, file.table, file.source_file))
    return found


def _walk(folder: Path, landing: Path, found: Discovery) -> Iterator[Path]:
    """Files below `folder` by name, without dot files; a linked folder is reported, not entered."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name.startswith("."):
            continue
        if path.is_dir() and path.is_symlink():
            found.ignored[path.relative_to(landing).as_posix()] = "a link to a folder"
        elif path.is_dir():
            yield from _walk(path, landing, found)
        else:
            yield path


def _reason_to_ignore(path: Path, parts: tuple[str, ...], landing: Path) -> str | None:
    """Why a path is not a file to land, or None."""
    if path.is_symlink() and not path.resolve().is_relative_to(landing):
        return "a link out of the landing folder"
    if not path.is_file():
        return "not a file"
    if len(parts) < 3:
        return "not in a folder <system>/<table>"
    if declared_table(parts[0], parts[1]) is None:
        return f"no table {parts[0]}/{parts[1]} is declared"
    if path.name.lower().endswith(UNFINISHED):
        return None
    return None if _format(path)[0] else "not a known format"


def _is_young(state: os.stat_result, now: float, still_seconds: float) -> bool:
    """Whether the file may still be being written; a time in the future says nothing."""
    return 0 <= now - state.st_mtime < still_seconds


def _format(path: Path) -> tuple[str | None, str | None]:
    """(format, compression) by the file's name; (None, None) when it is neither."""
    suffixes = [suffix.lstrip(".") for suffix in path.name.lower().split(".")[1:]]
    compression = COMPRESSIONS.get(suffixes[-1]) if suffixes else None
    kind = suffixes[-2 if compression else -1 :][:1] if suffixes else []
    if not kind or kind[0] not in FORMATS or (compression and kind[0] == "parquet"):
        return None, None
    return kind[0], compression


def file_at(path: Path, landing: Path) -> LandedFile:
    """A file of a known format in the landing folder, as it lies there."""
    parts = path.relative_to(landing).parts
    return _landed_file(path, parts, "/".join(parts), path.stat())


def _landed_file(
    path: Path, parts: tuple[str, ...], source_file: str, state: os.stat_result
) -> LandedFile:
    kind, compression = _format(path)
    assert kind is not None
    return LandedFile(
        system=parts[0],
        table=parts[1],
        path=path,
        source_file=source_file,
        format=kind,
        compression=compression,
        bytes=state.st_size,
        modified_at=modified_at(state),
    )


def modified_at(state: os.stat_result) -> datetime:
    """The modification time in UTC, without zone, in whole microseconds as the ledger keeps it."""
    seconds, nanoseconds = divmod(state.st_mtime_ns, 1_000_000_000)
    whole = datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
    return whole.replace(microsecond=nanoseconds // 1000)


def _seen_files(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, int, datetime]]:
    """Identities of files in the ledger, but of those to be landed again; none before the first."""
    try:
        rows = connection.execute(
            "select source_file, file_bytes, file_modified_at from raw_ops.load_ledger"
            " where status <> 'superseded'"
        ).fetchall()
    except duckdb.CatalogException:
        return set()
    return set(rows)
