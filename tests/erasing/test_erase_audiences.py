"""An erased person leaves the audience files told earlier; the platform is still told to let go."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

from orchestration.lib.access.marks import PERSON, form
from orchestration.lib.destinations.audiences import AudienceDestination, memory_folder
from orchestration.lib.destinations.contract import Change, DestinationRow
from orchestration.lib.erasing.audiences import erase_from_audiences
from orchestration.lib.erasing.tombstones import tombstones, write_tombstone
from orchestration.lib.settings import Settings

MIA = hashlib.sha256(b"mia@acme.com").hexdigest()


def audience(settings: Settings) -> AudienceDestination:
    row = DestinationRow(destination="ads", kind="meta_audience")
    return AudienceDestination(row, outbox=settings.outbox, memory=memory_folder(settings))


def change(name: str, operation: str) -> Change:
    return Change(
        person_id=f"p_{name}",
        operation=operation,  # type: ignore[arg-type]
        email=f"{name}@acme.com",
        idempotency_key=f"{name}{operation}",
    )


def told(settings: Settings) -> dict[str, list[list[str]]]:
    """Rows of each file of the audience; a manifest that does not fit fails."""
    folder = settings.outbox / "ads" / "buyers"
    for manifest in folder.glob("*.manifest.json"):
        for name, facts in json.loads(manifest.read_text())["files"].items():
            assert facts["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    return {path.name: list(csv.reader(path.open()))[1:] for path in sorted(folder.glob("*.csv"))}


def test_earlier_lists_forget_them_and_the_next_tells_the_platform(settings: Settings) -> None:
    audience(settings).send("buyers", [change("mia", "add"), change("tom", "add")])
    write_tombstone(settings, "1", [form(PERSON, "", "p_mia")])
    marks = tombstones(settings)
    assert marks is not None
    assert erase_from_audiences(settings, marks) == 2
    assert erase_from_audiences(settings, marks) == 0
    assert [MIA] not in [row for rows in told(settings).values() for row in rows]

    audience(settings).send("buyers", [change("mia", "remove")])
    files = told(settings)
    assert files["000002.removes.csv"] == [[MIA]]
    assert [MIA] not in files["000002.full.csv"]
    remembered = memory_folder(settings).glob("*/*/*.csv")
    assert not any("p_mia" in path.read_text() for path in remembered)


def test_a_manifest_that_a_killed_call_left_behind_is_mended(settings: Settings) -> None:
    audience(settings).send("buyers", [change("mia", "add"), change("tom", "add")])
    manifest = settings.outbox / "ads" / "buyers" / "000001.manifest.json"
    before = manifest.read_text()
    write_tombstone(settings, "1", [form(PERSON, "", "p_mia")])
    marks = tombstones(settings)
    assert marks is not None
    erase_from_audiences(settings, marks)
    manifest.write_text(before)
    erase_from_audiences(settings, marks)
    assert told(settings)


def test_without_audiences_nothing_is_looked_for(settings: Settings) -> None:
    write_tombstone(settings, "1", [form(PERSON, "", "p_mia")])
    marks = tombstones(settings)
    assert marks is not None
    assert erase_from_audiences(settings, marks) == 0
    assert not Path(memory_folder(settings)).exists()
