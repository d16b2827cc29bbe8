"""Finds what is older than the rules keep, and never what readers or later runs still need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import duckdb

from orchestration.lib.landing.row_limits import RowLimit, find_rows
from orchestration.lib.publishing.versions import current_run_id, run_id_of, versions
from orchestration.lib.retention.limits import wanted_limits
from orchestration.lib.retention.raw_rows import used_rows
from orchestration.lib.retention.rules import RAW_ROWS, Keep, active_rules
from orchestration.lib.settings import Settings

QUARANTINE = "quarantine"
MANIFEST = ".manifest.json"


@dataclass(frozen=True, kw_only=True)
class Expired:
    """What one rule lets go: paths with their bytes, or rows of the quarantine or of a raw table.

    `rows_used` counts those of a raw table that the last build has as latest version of a record.
    """

    rule_id: str
    layer: str
    paths: tuple[Path, ...] = ()
    bytes: int = 0
    rows: int = 0
    rows_used: int = 0
    limit: RowLimit | None = None
    written_before: datetime


def expired(
    connection: duckdb.DuckDBPyConnection, settings: Settings, *, now: datetime | None = None
) -> list[Expired]:
    """What the active rules of a home let go as of now: one entry per rule, and per raw table.

    The current version, files of landing that were not taken up whole, and all that state and
    rules hold are never among it.
    """
    moment = now or datetime.now(UTC)
    layers = [keep for keep in active_rules(settings) if keep.layer != RAW_ROWS]
    found = [_of_rule(connection, settings, keep, moment) for keep in layers]
    found += [_of_table(connection, limit) for limit in wanted_limits(settings, now=moment)]
    return [one for one in found if one.paths or one.rows]


def written_at(path: Path) -> datetime:
    """When the newest file at or below a path was written."""
    files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else []
    newest = max((one.stat().st_mtime for one in files), default=path.stat().st_mtime)
    return datetime.fromtimestamp(newest, UTC)


def bytes_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder; links count as nothing."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in files if one.is_file() and not one.is_symlink())


def _of_rule(
    connection: duckdb.DuckDBPyConnection, settings: Settings, keep: Keep, moment: datetime
) -> Expired:
    before = moment - keep.days
    if keep.layer == QUARANTINE:
        rows = connection.execute(
            "select count(*) from raw_ops.quarantine"
            " where quarantined_at < ? and raw_text is not null",
            [before.replace(tzinfo=None)],
        ).fetchall()[0][0]
        return Expired(rule_id=keep.rule_id, layer=keep.layer, rows=rows, written_before=before)
    paths: list[Path] = []
    for group in _GROUPS[keep.layer](connection, settings):
        aged = sorted(group, key=lambda path: (written_at(path), path.name), reverse=True)
        paths += [path for path in aged[keep.count :] if written_at(path) < before]
    return Expired(
        rule_id=keep.rule_id,
        layer=keep.layer,
        paths=tuple(sorted(paths)),
        bytes=sum(bytes_of(path) for path in paths),
        written_before=before,
    )


def _of_table(connection: duckdb.DuckDBPyConnection, limit: RowLimit) -> Expired:
    rows = find_rows(connection, limit)
    return Expired(
        rule_id=limit.rule_id,
        layer=RAW_ROWS,
        rows=rows,
        rows_used=used_rows(connection, limit) if rows else 0,
        limit=limit,
        written_before=limit.before,
    )


def _published(_: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[list[Path]]:
    current = current_run_id(settings)
    yield [path for path in versions(settings) if run_id_of(path) != current]


def _children(folder: Path) -> Iterator[list[Path]]:
    yield [path for path in folder.iterdir() if not path.is_symlink()] if folder.is_dir() else []


def _outbox(_: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[list[Path]]:
    """Files of one segment for one destination together; a manifest is found by its file."""
    files = [path for path in settings.outbox.glob("*/*/*") if path.is_file()]
    for _folder, group in groupby(sorted(files), key=lambda path: path.parent):
        yield [path for path in group if not path.name.endswith(MANIFEST)]


def _damaged(_: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[list[Path]]:
    yield list(settings.home.glob(f"{settings.warehouse.name}.damaged-*"))


def _landing(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[list[Path]]:
    """Files that the ledger has whole, as they lie there; a changed or waiting one is no such."""
    rows = connection.execute(
        "select distinct source_file, file_bytes from raw_ops.load_ledger"
        " where status in ('loaded', 'repeated')"
    ).fetchall()
    files = [(settings.landing / name, size) for name, size in rows]
    yield [path for path, size in files if path.is_file() and path.stat().st_size == size]


_Groups = Callable[[duckdb.DuckDBPyConnection, Settings], Iterable[list[Path]]]
_GROUPS: dict[str, _Groups] = {
    "published": _published,
    "past": lambda _, settings: _children(settings.home / "past"),
    "outbox": _outbox,
    "damaged": _damaged,
    "lake": lambda _, settings: _children(settings.lake),
    "landing": _landing,
}
