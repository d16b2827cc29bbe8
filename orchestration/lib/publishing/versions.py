"""Published versions: names never used twice, the link readers follow, what is kept and removed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from orchestration.lib.errors import TouchlineError
from orchestration.lib.history import read_records, sync_folder
from orchestration.lib.settings import Settings

PREFIX = "marts_"
SUFFIX = ".duckdb"
KEPT = 3
RUN_ID_FORMAT = "%Y%m%dT%H%M%S%fZ"


class PublishError(TouchlineError):
    """A version could not be published or found; readers keep the one they have."""


def history_file(settings: Settings) -> Path:
    """Records of all publications and rollbacks of a home."""
    return settings.state / "publications.jsonl"


def history(settings: Settings) -> list[dict[str, Any]]:
    """Publications and rollbacks, oldest first."""
    return read_records(history_file(settings))


def last_publication(settings: Settings) -> dict[str, Any] | None:
    """The record of the version that readers see now, if there is one."""
    run_id = current_run_id(settings)
    found = [entry for entry in history(settings) if entry["run_id"] == run_id]
    return next((entry for entry in reversed(found) if entry["event"] == "published"), None)


def new_run_id(settings: Settings, *, now: datetime) -> str:
    """A sortable id later than every earlier one, even when the clock was set back."""
    used = [str(entry["run_id"]) for entry in history(settings)]
    used += [run_id_of(path) for path in versions(settings)]
    moment = now.astimezone(UTC)
    if used and moment.strftime(RUN_ID_FORMAT) <= max(used):
        last = datetime.strptime(max(used), RUN_ID_FORMAT).replace(tzinfo=UTC)
        moment = last + timedelta(microseconds=1)
    return moment.strftime(RUN_ID_FORMAT)


def version_path(settings: Settings, run_id: str) -> Path:
    """The file of one version."""
    return settings.published / f"{PREFIX}{run_id}{SUFFIX}"


def run_id_of(path: Path) -> str:
    """The run id in a version's file name."""
    return path.name.removeprefix(PREFIX).removesuffix(SUFFIX)


def versions(settings: Settings) -> list[Path]:
    """Files of all versions, oldest first."""
    return sorted(settings.published.glob(f"{PREFIX}*{SUFFIX}"))


def current_run_id(settings: Settings) -> str | None:
    """The run id readers see now, or null before the first publication."""
    if not settings.current.is_symlink():
        return None
    return run_id_of(settings.current.readlink())


def switch(settings: Settings, run_id: str) -> None:
    """Point the link at a version; readers find the old one or the new one, never neither."""
    waiting = settings.published / f"current.{run_id}.tmp"
    waiting.unlink(missing_ok=True)
    waiting.symlink_to(version_path(settings, run_id).name)
    waiting.replace(settings.current)
    sync_folder(settings.published)


def remove_leftovers(settings: Settings) -> list[str]:
    """Remove what killed runs left: half-made files, and versions that no record speaks of."""
    known = {entry["run_id"] for entry in history(settings)} | {current_run_id(settings)}
    left = [path for path in settings.published.iterdir() if ".tmp" in path.name]
    left += [path for path in versions(settings) if run_id_of(path) not in known]
    for path in left:
        path.unlink()
    return sorted(path.name for path in left)


def remove_old(settings: Settings) -> list[str]:
    """Keep the newest three versions and the current one; returns the names of removed files.

    A reader that has a removed file open keeps reading it until it closes the file.
    """
    current = current_run_id(settings)
    old = [path for path in versions(settings)[:-KEPT] if run_id_of(path) != current]
    for path in old:
        path.unlink()
    return [path.name for path in old]
