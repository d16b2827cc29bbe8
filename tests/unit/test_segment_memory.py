"""Who was in a segment when is kept over publications, losses, merges and erasures of persons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.home import prepare_home
from orchestration.lib.segments.memory import (
    Entry,
    entries_file,
    recall_segments,
    remember_segments,
    told_entries,
    without_persons,
)
from orchestration.lib.settings import Settings
from tests.macros.engines import macros_on, on_duckdb

FIRST = datetime(2026, 7, 1, tzinfo=UTC)
ADA, BEN, CLEO = "ada", "ben", "cleo"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An empty home."""
    home = Settings(home=tmp_path)
    prepare_home(home, say=lambda message: None)
    return home


def built(
    settings: Settings,
    fates: Mapping[str, Mapping[str, str]],
    aliases: Mapping[str, str] | None = None,
) -> None:
    """Write what a build says of persons: how far each gets in each segment, and their old ids."""
    settings.marts_build.unlink(missing_ok=True)
    with duckdb.connect(str(settings.marts_build)) as marts:
        marts.execute(
            "create schema activation; create schema marts;"
            " create table activation.fct_segment_evidence (person_id varchar, segments varchar);"
            " create table marts.fct_person_aliases (old_person_id varchar, new_person_id varchar,"
            " current_person_id varchar, changed_at timestamp)"
        )
        for person_id, segments in fates.items():
            marts.execute(
                "insert into activation.fct_segment_evidence values (?, ?)",
                [person_id, json.dumps(dict(segments))],
            )
        for old, new in (aliases or {}).items():
            marts.execute(
                "insert into marts.fct_person_aliases values (?, ?, ?, '2026-07-01')",
                [old, new, new],
            )


def day(number: int) -> datetime:
    """Midnight of a day, as models read it."""
    return (FIRST + timedelta(days=number - 1)).replace(tzinfo=None)


def remembered(settings: Settings, *, on: int) -> int:
    """Publish what was built, as of a day; how many entries and leaves were noted."""
    return remember_segments(settings, run_id=str(on), as_of=FIRST + timedelta(days=on - 1))


def entries(settings: Settings) -> list[Entry]:
    """The table that models read."""
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        return warehouse.execute("from raw_ops.segment_entries order by all").fetchall()


def test_entries_and_leaves_are_noted_once_and_outlive_the_warehouse(settings: Settings) -> None:
    built(
        settings,
        {
            ADA: {"mail": "exported", "task": "outranked"},
            BEN: {"mail": "holdout"},
            CLEO: {"mail": "complained"},
        },
    )
    assert remembered(settings, on=1) == 2
    assert remembered(settings, on=1) == 0, "what was noted is not noted again"
    built(settings, {BEN: {"mail": "holdout"}, CLEO: {"mail": "exported", "task": "exported"}})
    assert remembered(settings, on=2) == 3
    built(settings, {ADA: {"mail": "exported"}})
    assert remembered(settings, on=3) == 4
    expected = [
        ("mail", ADA, day(1), day(2), False),
        ("mail", ADA, day(3), None, False),
        ("mail", BEN, day(1), day(3), True),
        ("mail", CLEO, day(2), day(3), False),
        ("task", CLEO, day(2), day(3), False),
    ]
    assert entries(settings) == expected
    settings.warehouse.unlink()
    recall_segments(settings)
    assert entries(settings) == expected, "the history outlives the warehouse"


def test_who_became_another_person_is_still_the_same_member(settings: Settings) -> None:
    built(settings, {ADA: {"mail": "exported"}, BEN: {"mail": "exported"}})
    remembered(settings, on=1)
    built(settings, {CLEO: {"mail": "exported"}}, aliases={ADA: CLEO, BEN: CLEO})
    assert remembered(settings, on=2) == 0
    built(settings, {CLEO: {"mail": "unsubscribed_all"}}, aliases={ADA: CLEO, BEN: CLEO})
    assert remembered(settings, on=3) == 2, "both entries end"
    assert {left for *_, left, _ in entries(settings)} == {day(3)}


def test_a_hold_out_that_is_ended_is_a_leave_and_an_entry(settings: Settings) -> None:
    built(settings, {ADA: {"mail": "holdout"}})
    remembered(settings, on=1)
    built(settings, {ADA: {"mail": "exported"}})
    assert remembered(settings, on=2) == 2
    assert entries(settings) == [
        ("mail", ADA, day(1), day(2), True),
        ("mail", ADA, day(2), None, False),
    ]


def test_a_publication_that_was_cut_off_is_noted_by_the_next(settings: Settings) -> None:
    built(settings, {ADA: {"mail": "exported", "task": "exported"}})
    remembered(settings, on=1)
    path = entries_file(settings)
    lines = path.read_text().splitlines()
    path.write_text(lines[0] + "\n" + lines[1][:20])
    recall_segments(settings)
    assert len(entries(settings)) == 1
    assert remembered(settings, on=1) == 1
    assert len(entries(settings)) == 2


def test_a_build_without_segments_and_a_day_of_the_past_note_nothing(settings: Settings) -> None:
    assert remembered(settings, on=1) == 0
    built(settings, {ADA: {"mail": "exported"}})
    remembered(settings, on=1)
    entries_file(settings).unlink()
    recall_segments(settings, is_past=True)
    assert len(entries(settings)) == 1, "it keeps what it was given"
    recall_segments(settings)
    assert entries(settings) == []


def test_an_erased_person_is_in_no_record() -> None:
    records = [
        {"as_of": FIRST.isoformat(), "segment_id": "mail", "entered": [ADA, BEN], "run_id": "1"},
        {"as_of": FIRST.isoformat(), "segment_id": "mail", "left": [ADA], "run_id": "2"},
    ]
    kept, gone = without_persons(records, lambda person_id: person_id == ADA)
    assert gone == 2
    assert told_entries(kept) == [("mail", BEN, day(1), None, False)]


def test_the_draw_is_that_of_a_sha_256_and_takes_its_share() -> None:
    """What `is_drawn` answers follows from SHA-256 alone, so that every engine draws the same."""
    with duckdb.connect() as connection:
        drawn = macros_on(on_duckdb(connection))["is_drawn"]("'mail'", "person", "0.05")
        found = connection.execute(
            f"select person, {drawn} from (select range::varchar as person from range(20000))"
        ).fetchall()
    held = {person for person, is_held in found if is_held}
    share = 0.05 * 16**6
    assert held == {
        person
        for person, _ in found
        if int(sha256(f"mail|{person}".encode()).hexdigest()[:6], 16) < share
    }
    assert 900 < len(held) < 1100
