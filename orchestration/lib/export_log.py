"""The access log: before personal data leaves the warehouse, a line says who takes what where.

One JSON record a line in `state/exports.jsonl`, mode 0600: `at` (UTC), `by` (user of the machine),
`kind` (segment_file, sync or access), `rows`, and what else names the export. Never an address.
"""

from __future__ import annotations

from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Any

from orchestration.lib.history import append_record, read_records
from orchestration.lib.settings import Settings

FILE_MODE = 0o600


def export_log(settings: Settings) -> Path:
    """The log of a home."""
    return settings.state / "exports.jsonl"


def record_export(settings: Settings, *, kind: str, rows: int, **facts: Any) -> None:
    """Add a line; when this returns it survives a power cut, so call it before anything leaves."""
    path = export_log(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=FILE_MODE)
    about = {"at": datetime.now(UTC).isoformat(), "by": getuser(), "kind": kind, "rows": rows}
    append_record(path, about | facts)


def exports(settings: Settings) -> list[dict[str, Any]]:
    """Every export of a home, oldest first."""
    return read_records(export_log(settings))
