"""What was done of each erasure, step by step: a fsynced history without personal data."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from orchestration.lib.erasing.tombstones import PROOFS
from orchestration.lib.history import append_record, read_records
from orchestration.lib.settings import Settings

BEGUN, STEP, TOOL, FINISHED, REOPENED = "begun", "step", "tool", "finished", "reopened"
NOT_REACHED = "not reached"


def proof_file(settings: Settings) -> Path:
    """Every erasure of a home: who asked why and when, what went where, what was not reached."""
    return settings.state / PROOFS


def note_begun(
    settings: Settings, erasure_id: str, *, reason: str, landing_files: list[str]
) -> None:
    """Note that somebody decided an erasure; landing files are named, as nothing changes them."""
    _append(
        settings,
        {
            "erasure_id": erasure_id,
            "event": BEGUN,
            "reason": reason,
            "by": getpass.getuser(),
            "still_in": landing_files,
        },
    )


def note_step(
    settings: Settings, erasures: list[str], step: str, counts: Mapping[str, Any]
) -> None:
    """Note what a step did, once it is done; steps that did nothing leave no record."""
    for erasure_id in erasures if counts else []:
        _append(
            settings,
            {"erasure_id": erasure_id, "event": STEP, "step": step, "counts": dict(counts)},
        )


def note_tool(settings: Settings, erasure_id: str, **facts: str) -> None:
    """Note what a tool made of one address: `destination`, `mark` (its keyed hash), `result`,
    and where it was not reached `reason` and `remedy`."""
    _append(settings, {"erasure_id": erasure_id, "event": TOOL} | facts)


def told_tools(settings: Settings) -> dict[tuple[str, str, str], dict[str, Any]]:
    """What tools made of erased addresses at last, by erasure, destination and keyed hash."""
    return {
        (record["erasure_id"], record["destination"], record["mark"]): record
        for record in read_records(proof_file(settings))
        if record["event"] == TOOL
    }


def note_finished(settings: Settings, erasures: list[str], **facts: Any) -> None:
    """Note that nothing is left to do."""
    for erasure_id in erasures:
        _append(settings, {"erasure_id": erasure_id, "event": FINISHED} | facts)


def note_reopened(settings: Settings, erasures: list[str]) -> None:
    """Note that finished erasures begin again: another warehouse was brought, as by a restore."""
    finished = [one for one in erasures if one not in unfinished(settings, erasures)]
    for erasure_id in finished:
        _append(settings, {"erasure_id": erasure_id, "event": REOPENED})


def unfinished(settings: Settings, erasures: list[str]) -> list[str]:
    """Those of some erasures that something is left to do of, in their order."""
    last = {
        record["erasure_id"]: record["event"]
        for record in read_records(proof_file(settings))
        if record["event"] in (FINISHED, REOPENED)
    }
    return [erasure for erasure in erasures if last.get(erasure) != FINISHED]


def has_step(settings: Settings, erasures: list[str], step: str) -> bool:
    """Whether each of the erasures has done a step since it was last opened."""
    done: set[str] = set()
    for record in read_records(proof_file(settings)):
        if record["event"] == REOPENED:
            done.discard(record["erasure_id"])
        elif record.get("step") == step:
            done.add(record["erasure_id"])
    return set(erasures) <= done


def proofs(settings: Settings) -> list[dict[str, Any]]:
    """One record per erasure, the newest first: what its steps say, together."""
    found: dict[str, dict[str, Any]] = {}
    for record in read_records(proof_file(settings)):
        proof = found.setdefault(
            record["erasure_id"],
            {"erasure_id": record["erasure_id"], "finished_at": None, "counts": {}, "tools": []},
        )
        if record["event"] == BEGUN:
            proof |= {key: record[key] for key in ("at", "by", "reason", "still_in")}
        elif record["event"] == STEP:
            for place, rows in record["counts"].items():
                proof["counts"][place] = proof["counts"].get(place, 0) + rows
        elif record["event"] == REOPENED:
            proof["finished_at"] = None
        elif record["event"] == TOOL:
            told = {key: record[key] for key in record if key not in ("event", "erasure_id")}
            names = (told["destination"], told["mark"])
            others = [one for one in proof["tools"] if (one["destination"], one["mark"]) != names]
            proof["tools"] = [*others, told]
        else:
            rest = {key: record[key] for key in record if key not in ("event", "at")}
            proof |= rest | {"finished_at": record["at"]}
    return list(found.values())[::-1]


def _append(settings: Settings, record: Mapping[str, Any]) -> None:
    append_record(proof_file(settings), {"at": datetime.now(UTC).isoformat()} | dict(record))
