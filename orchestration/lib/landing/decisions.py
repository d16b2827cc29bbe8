"""Which contents somebody took out: a fsynced history, so that a rebuilt warehouse obeys it too."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.lib.history import append_record, read_records
from orchestration.lib.settings import Settings

REVOKED, RESTORED = "revoked", "restored"
# (system, table, hash of the file)
Content = tuple[str, str, str]


def history_file(settings: Settings) -> Path:
    """Records of all revocations of a home and of what was let in again."""
    return settings.state / "revocations.jsonl"


def record_decision(
    settings: Settings, event: str, content: Content, *, reason: str, keeps_refusals: bool = True
) -> None:
    """Who decided what of which content, when and why; survives a power cut."""
    system, table, file_hash = content
    append_record(
        history_file(settings),
        {
            "event": event,
            "system": system,
            "table": table,
            "file_hash": file_hash,
            "reason": reason,
            "keeps_refusals": keeps_refusals,
            "by": getpass.getuser(),
            "at": datetime.now(UTC).isoformat(),
        },
    )


def revoked_contents(settings: Settings) -> dict[Content, dict]:
    """Contents whose last decision is that they stay out, with that decision."""
    last = {
        (entry["system"], entry["table"], entry["file_hash"]): entry
        for entry in read_records(history_file(settings))
    }
    return {content: entry for content, entry in last.items() if entry["event"] == REVOKED}
