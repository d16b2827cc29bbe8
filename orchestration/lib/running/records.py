"""The log of run steps: what was begun, what was completed, with which inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.lib.history import append_record, read_records
from orchestration.lib.settings import Settings

BUILD_STARTED = "build_started"
BUILD_FINISHED = "build_finished"
PUBLISHED = "published"
EXPORTED = "exported"


def steps_file(settings: Settings) -> Path:
    """The log of a home."""
    return settings.state / "runs.jsonl"


def record_step(settings: Settings, step: str, **facts: Any) -> None:
    """Add one step to the log; when this returns it survives a power cut."""
    append_record(steps_file(settings), {"step": step, "at": datetime.now(UTC).isoformat()} | facts)


def steps(settings: Settings) -> list[dict[str, Any]]:
    """All steps of a home, oldest first."""
    return read_records(steps_file(settings))


def steps_of_last_build(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last build's start and everything after it; empty before the first build."""
    starts = [place for place, entry in enumerate(log) if entry["step"] == BUILD_STARTED]
    return log[starts[-1] :] if starts else []


def steps_since_last_finished_build(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last finished build and everything after it; empty before the first one."""
    ends = [place for place, entry in enumerate(log) if entry["step"] == BUILD_FINISHED]
    return log[ends[-1] :] if ends else []


def moment_of(entry: Mapping[str, Any]) -> datetime:
    """The as_of of a recorded build, an aware timestamp."""
    return datetime.fromisoformat(entry["as_of"])
