"""Judges again what later files of a table say of the same records, as if some files never came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.landing.discover import LandedFile, file_at
from orchestration.lib.landing.file_bytes import hash_of
from orchestration.lib.landing.load import load_rows
from orchestration.lib.landing.read_file import StagedFile, read_rows
from orchestration.lib.landing.stage import forget_staged
from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import TableSpec
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value, version_at

# A record is the rows of one key; a row without a key is a record with all rows equal to it.
_RECORD = "coalesce(_key_hash, _content_hash)"


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """A later batch whose repeated rows were read again, into the table `rows`."""

    batch_id: str
    staged: StagedFile
    rows: str


def prepare_second_looks(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    batch_ids: Sequence[str],
) -> list[SecondLook]:
    """Read later files with repeated rows again, as far as they tell of records that lose rows."""
    return [
        _look(cursor, settings, spec, batch_id, file)
        for batch_id, file in later_files(cursor, settings, spec, batch_ids)
    ]


def later_files(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    batch_ids: Sequence[str],
) -> list[tuple[str, LandedFile]]:
    """Later batches of which a row may be the only copy left of what goes, with their files.

    Raises TouchlineError for a file that is no longer in the landing folder as it was.
    """
    cursor.execute(
        f"create or replace temp table records_touched as select distinct {_RECORD} as record"
        f" from {raw_table(spec)} where list_contains(?, _batch_id)",
        [list(batch_ids)],
    )
    later = cursor.execute(
        """
        select batch_id, source_file, file_hash
        from raw_ops.load_ledger
        where system = ? and table_name = ? and status = 'loaded' and rows_duplicate > 0
            and batch_id > ? and not list_contains(?, batch_id)
            and exists (select 1 from records_touched)
        order by batch_id
        """,
        [spec.system, spec.table, min(batch_ids), list(batch_ids)],
    ).fetchall()
    return [
        (batch_id, same_file(settings, spec, source_file, file_hash))
        for batch_id, source_file, file_hash in later
    ]


def judge_again(
    cursor: duckdb.DuckDBPyConnection,
    spec: TableSpec,
    batch_ids: Sequence[str],
    looks: Sequence[SecondLook],
) -> dict[str, int]:
    """Load rows that are repeats no more, drop those that now are; returns row counts of each.

    To be called in the transaction in which the rows of `batch_ids` were deleted.
    """
    _find_repeats(cursor, spec, looks)
    dropped = _drop_repeats(cursor, spec)
    revived = sum(_revive(cursor, spec, look) for look in looks)
    return {"rows_revived": revived, "rows_now_repeated": dropped}


def _look(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    spec: TableSpec,
    batch_id: str,
    file: LandedFile,
) -> SecondLook:
    """Read one file again, and keep its repeated rows of the touched records."""
    staged = StagedFile(file=file, cursor=cursor, file_hash=hash_of(file.path))
    forget_staged(cursor)
    read_rows(settings, spec, staged)
    rows = f"second_look_{batch_id}"
    cursor.execute(
        f"""
        create or replace temp table {rows} as
        select staged_rows.*, {value(batch_id)} as _batch_id, _version_at as _at
        from staged_rows
        where _fault is null
            and {_RECORD} in (from records_touched)
            and _source_row not in (
                select _source_row from {raw_table(spec)} where _batch_id = {value(batch_id)}
            )
        """
    )
    return SecondLook(batch_id=batch_id, staged=staged, rows=rows)


def same_file(settings: Settings, spec: TableSpec, source_file: str, file_hash: str) -> LandedFile:
    """The landed file of that content, under its old name or another one in the same folder."""
    folder = settings.landing / spec.system / spec.table
    first = settings.landing / source_file
    others = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    for path in [first, *(one for one in others if one != first)]:
        if path.is_file() and _has_hash(path, file_hash):
            return file_at(path, settings.landing)
    raise TouchlineError(
        "this file has to be read again, for rows that only it has, and is not there as it was",
        str(first),
        "put it back into the landing folder, then try again; nothing was changed",
    )


def _has_hash(path: Path, file_hash: str) -> bool:
    try:
        return hash_of(path) == file_hash
    except OSError:
        return False


def _find_repeats(
    cursor: duckdb.DuckDBPyConnection, spec: TableSpec, looks: Sequence[SecondLook]
) -> None:
    """Fill `judged` with every row of the touched records: is it a repeat of the one before it?"""
    columns = "_batch_id, _source_row, _key_hash, _content_hash"
    seen = "".join(
        f" union all select {columns}, _at, false as is_loaded from {look.rows}" for look in looks
    )
    cursor.execute(
        f"""
        create or replace temp table judged as
        with versions as (
            select {columns}, {version_at(spec.column_names)} as _at, true as is_loaded
            from {raw_table(spec)}
            where {_RECORD} in (from records_touched)
            {seen}
        )
        select
            _batch_id,
            _source_row,
            is_loaded,
            _content_hash is not distinct from arg_max(
                _content_hash, row(_at, _batch_id, _source_row)
            ) over (
                partition by {_RECORD}
                order by _batch_id, _source_row
                rows between unbounded preceding and 1 preceding
            ) as is_repeat
        from versions
        """
    )


def _drop_repeats(cursor: duckdb.DuckDBPyConnection, spec: TableSpec) -> int:
    """Delete loaded rows that repeat what is now before them; the ledger counts them as such."""
    cursor.execute(
        f"delete from {raw_table(spec)} where (_batch_id, _source_row) in"
        " (select (_batch_id, _source_row) from judged where is_loaded and is_repeat)"
    )
    rows = cursor.execute(
        "select _batch_id, count(*) from judged where is_loaded and is_repeat group by all"
    ).fetchall()
    for batch_id, count in rows:
        _recount(cursor, batch_id, -count)
    return sum(count for _, count in rows)


def _revive(cursor: duckdb.DuckDBPyConnection, spec: TableSpec, look: SecondLook) -> int:
    """Load the rows of one later file that are no repeats any more, under its old batch."""
    match = look.staged.match
    if match is None:
        return 0
    columns = ", ".join(name(column) for column in match.raw_names)
    cursor.execute(
        f"create or replace temp view staged_rows as"
        f" select {columns}, _source_row, _key_hash, _content_hash, _fault from {look.rows}"
    )
    cursor.execute(
        "create or replace temp table duplicate_rows as select _source_row from judged"
        f" where _batch_id = {value(look.batch_id)} and not is_loaded and is_repeat"
    )
    loaded = load_rows(
        cursor,
        look.staged.file,
        spec,
        match,
        batch_id=look.batch_id,
        file_hash=look.staged.file_hash,
    )
    _recount(cursor, look.batch_id, loaded)
    return loaded


def _recount(cursor: duckdb.DuckDBPyConnection, batch_id: str, more_loaded: Any) -> None:
    """Move rows of a batch from repeated to loaded in the ledger; a negative number moves back."""
    cursor.execute(
        "update raw_ops.load_ledger set rows_loaded = rows_loaded + $more,"
        " rows_duplicate = rows_duplicate - $more where batch_id = $batch",
        {"more": more_loaded, "batch": batch_id},
    )
