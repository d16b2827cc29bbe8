"""Processes of the publishing laws: one that publishes again and again, one that only reads."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb

from orchestration.lib.publishing import open_published, publish
from orchestration.lib.settings import Settings
from tests.unit.publishing_worlds import manifest, write_build

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)


def publish_marks(home: Path, first: int, last: int) -> None:
    """Build and publish each mark in turn; every table of a build carries its mark."""
    settings = Settings(home=home)
    for mark in range(first, last + 1):
        write_build(settings, mark=mark)
        publish(settings, manifest=manifest(), as_of=AS_OF)


def read_marks(home: Path, until: int, seconds: float) -> None:
    """Read both tables until mark `until` is seen; prints what was seen as one JSON object."""
    settings = Settings(home=home)
    seen: list[int] = []
    torn, errors, reads = 0, [], 0
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (not seen or seen[-1] < until):
        try:
            marks = marks_of(settings)
        except duckdb.Error as error:
            errors.append(str(error).splitlines()[0])
            continue
        reads += 1
        torn += len(marks) != 1
        seen.append(max(marks))
    backwards = sum(later < earlier for earlier, later in pairwise(seen))
    result = {"reads": reads, "torn": torn, "errors": errors, "backwards": backwards}
    print(json.dumps(result | {"last": seen[-1], "versions": len(set(seen))}))


def marks_of(settings: Settings) -> set[int]:
    """The marks of all tables of the published version: one, if it is whole."""
    with open_published(settings) as connection:
        persons = connection.execute(
            "select distinct amount::bigint from marts.dim_persons union "
            "select distinct amount::bigint from marts_masked.dim_persons"
        ).fetchall()
        members = connection.execute("select mark from activation.sync_members").fetchall()
    return {mark for (mark,) in persons + members}


if __name__ == "__main__":
    action, home, *numbers = sys.argv[1:]
    if action == "publish":
        publish_marks(Path(home), int(numbers[0]), int(numbers[1]))
    else:
        read_marks(Path(home), int(numbers[0]), float(numbers[1]))
