"""Who must not come back: keyed hashes of identifiers in a fsynced history, never an identifier.

The key lies beside them, in a file that its owner alone can read. Without it the hashes say
nothing; with it one can ask about an identifier that one has, and not list those there are.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from orchestration.lib.access.marks import Marks, hashed, read_spellings
from orchestration.lib.errors import TouchlineError
from orchestration.lib.history import append_record, read_records, sync_folder
from orchestration.lib.settings import Settings

KEY_BYTES = 32
FILE_MODE = 0o600
# the history of what was done of each erasure, see proof.py
PROOFS = "erasures.jsonl"


def tombstone_file(settings: Settings) -> Path:
    """One record per erasure: its id, when, and the hashes."""
    return settings.state / "tombstones.jsonl"


def key_file(settings: Settings) -> Path:
    """The random key of this home's hashes."""
    return settings.state / "erasure.key"


def tombstones(settings: Settings) -> Marks | None:
    """All identifiers that were erased; none, at the cost of one look, where nobody was.

    Raises TouchlineError when there are hashes and no key: nothing could be kept out.
    """
    if not tombstone_file(settings).exists():
        return None
    records = read_records(tombstone_file(settings))
    hashes = frozenset(mark for record in records for mark in record["marks"])
    return _marks(settings, hashes) if hashes else None


def marks_of_erasure(settings: Settings, erasure_id: str) -> Marks:
    """The identifiers that one erasure keeps out."""
    records = read_records(tombstone_file(settings))
    hashes = (one["marks"] for one in records if one["erasure_id"] == erasure_id)
    return _marks(settings, frozenset(mark for marks in hashes for mark in marks))


def erasure_ids(settings: Settings) -> list[str]:
    """Every erasure that was decided, oldest first."""
    return [record["erasure_id"] for record in read_records(tombstone_file(settings))]


def write_tombstone(settings: Settings, erasure_id: str, forms: Iterable[str]) -> Marks:
    """Keep the forms of a person out from now on; when this returns it survives a power cut."""
    settings.state.mkdir(parents=True, exist_ok=True)
    key = _key(settings, makes=True)
    marks = sorted({hashed(key, form) for form in forms})
    path = tombstone_file(settings)
    path.touch(mode=FILE_MODE)
    record = {"erasure_id": erasure_id, "at": datetime.now(UTC).isoformat(), "marks": marks}
    append_record(path, record)
    return _marks(settings, frozenset(marks))


def _marks(settings: Settings, hashes: frozenset[str]) -> Marks:
    return Marks(key=_key(settings), hashes=hashes, providers=read_spellings(settings))


def _key(settings: Settings, *, makes: bool = False) -> bytes:
    path = key_file(settings)
    if makes and not path.exists():
        waiting = path.with_name(f"{path.name}.tmp")
        waiting.unlink(missing_ok=True)
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_hex(KEY_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(path)
        sync_folder(path.parent)
    try:
        return bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        raise TouchlineError(
            "the key of the tombstones is gone: erased persons could not be kept out",
            str(path),
            "bring the file back from a backup; nothing is landed without it",
        ) from None


def carry_over(settings: Settings, state: Path) -> None:
    """Bring the tombstones of a home into another state folder that is to take its place.

    Raises TouchlineError, with nothing changed, when that folder's were made under another key.
    """
    if not key_file(settings).exists():
        return
    key = state / key_file(settings).name
    if key.exists() and key.read_text() != key_file(settings).read_text():
        raise TouchlineError(
            "it has tombstones of another home, under another key",
            str(key),
            "restore it into an empty home",
        )
    state.mkdir(exist_ok=True)
    key.write_text(key_file(settings).read_text())
    key.chmod(FILE_MODE)
    for name in (tombstone_file(settings).name, PROOFS):
        known = [json.dumps(one, sort_keys=True) for one in read_records(state / name)]
        for record in read_records(settings.state / name):
            if json.dumps(record, sort_keys=True) not in known:
                append_record(state / name, record)
