"""An erased person leaves the files of a home: outbox, history of ids, ledger, restored state."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.access.marks import PERSON, form
from orchestration.lib.access.personal import EMAIL
from orchestration.lib.backup.making import make_backup
from orchestration.lib.backup.restoring import restore_backup
from orchestration.lib.erasing.files import erase_from_files
from orchestration.lib.erasing.ledger import erase_from_ledger
from orchestration.lib.erasing.tombstones import tombstones, write_tombstone
from orchestration.lib.segments.export import _require_not_erased
from orchestration.lib.segments.members import ExportError, Segment
from orchestration.lib.segments.outbox import write_segment
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.dropping import drop_erased
from tests.erasing.people import files_with, land_all, tables_with
from tests.fixtures.landing.homes import landing_home

MIA = "mia@acme.com"
COLUMNS = ("person_id", "email", "note")
ROWS = (("p_mia", MIA, ""), ("p_tom", "tom@acme.com", "=1+1"), ("p_new", "MIA@acme.com", ""))
LEDGER = """
create table sync_changes (plan_id varchar, person_id varchar, email varchar, fields varchar,
    state varchar, operation varchar);
insert into sync_changes values
    ('1', 'p_mia', 'Mia@acme.com', '{"name": "Mia"}', 'accepted', 'add'),
    ('1', 'p_tom', 'tom@acme.com', '{}', 'accepted', 'add'),
    ('2', 'p_mia', 'Mia@acme.com', '{}', 'sent', 'update');
create table acknowledged (destination varchar, person_id varchar, email varchar);
insert into acknowledged values ('tool', 'p_mia', 'mia@acme.com'), ('tool', 'p_tom', 't@acme.com');
create table refusals (destination varchar, email varchar);
insert into refusals values ('tool', 'mia@acme.com'), ('tool', 'tom@acme.com');
"""


@pytest.fixture
def buried(settings: Settings) -> Settings:
    """A home in which one person was decided to be erased."""
    write_tombstone(settings, "1", [form(EMAIL, "", MIA), form(PERSON, "", "p_mia")])
    return settings


def segment(rows: tuple[tuple[str, ...], ...]) -> Segment:
    return Segment(
        destination="tool",
        segment_id="all",
        columns=COLUMNS,
        size=len(rows),
        batches=lambda: [rows],
    )


def told(settings: Settings, run_id: str) -> Path:
    """One file of the outbox with everybody in it."""
    folder = settings.outbox / "tool" / "all"
    return write_segment(segment(ROWS), folder, run_id=run_id, as_of="2026-01-01T00:00:00Z").path


def is_whole(path: Path) -> bool:
    """Whether a file is what its manifest says."""
    facts = json.loads(path.with_name(f"{path.stem}.manifest.json").read_text())
    content = path.read_bytes()
    lines = len(content.splitlines()) - 1
    return (facts["rows"], facts["sha256"]) == (lines, hashlib.sha256(content).hexdigest())


def test_files_of_the_outbox_are_written_again(buried: Settings) -> None:
    paths = [told(buried, run_id) for run_id in ("a", "b")]
    counts = erase_from_files(buried, tombstones(buried))
    assert counts == {"outbox: rows removed": 4, "outbox: files rewritten": 2}
    for path in paths:
        assert path.read_text().splitlines()[1:] == ['"p_tom","tom@acme.com","\'=1+1"']
        assert is_whole(path)
    assert erase_from_files(buried, tombstones(buried)) == {}


def test_a_manifest_that_was_not_written_any_more_is_mended(buried: Settings) -> None:
    path = told(buried, "a")
    manifest = path.with_name("a.manifest.json").read_text()
    erase_from_files(buried, tombstones(buried))
    path.with_name("a.manifest.json").write_text(manifest)
    erase_from_files(buried, tombstones(buried))
    assert is_whole(path)


def test_the_history_of_ids_forgets_them(buried: Settings) -> None:
    path = buried.state / "persons.jsonl"
    change = ["p_tom", "p_ann", "2026-01-01", "joined"]
    gone = [["p_mia", "p_ann", "2026-01-01", "joined"], ["p_old", "p_mia", "2026-01-01", "x"]]
    lines = [{"run_id": "1", "changes": [change, gone[0]]}, {"run_id": "2", "changes": [gone[1]]}]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    counts = erase_from_files(buried, tombstones(buried))
    assert counts == {"history of ids: changes removed": 2}
    assert json.loads(path.read_text()) == {"run_id": "1", "changes": [change]}


def test_the_history_of_segments_forgets_them(buried: Settings) -> None:
    path = buried.state / "segments.jsonl"
    lines = [
        {"as_of": "2026-01-01", "segment_id": "all", "entered": ["p_mia"], "held_out": ["p_tom"]},
        {"as_of": "2026-01-02", "segment_id": "all", "left": ["p_mia"]},
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    counts = erase_from_files(buried, tombstones(buried))
    assert counts == {"history of segments: persons removed": 2}
    assert json.loads(path.read_text()) == lines[0] | {"entered": []}


def test_the_ledger_keeps_what_a_tool_still_holds_until_it_is_removed(buried: Settings) -> None:
    file = buried.state / "syncs.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(LEDGER)
    counts, waiting = erase_from_ledger(buried, tombstones(buried))
    assert counts == {"syncs sync_changes": 1, "syncs refusals": 1}
    assert waiting == 2
    with duckdb.connect(str(file)) as connection:
        assert connection.execute("select * from sync_changes order by state, email").fetchall()[
            1
        ] == ("1", "erased", None, None, "accepted", "add")
        # the next sync has removed the person, and all its changes are answered
        connection.execute("update sync_changes set state = 'accepted'")
        connection.execute("delete from acknowledged where person_id = 'p_mia'")
    assert erase_from_ledger(buried, tombstones(buried)) == ({"syncs sync_changes": 1}, 0)
    with duckdb.connect(str(file), read_only=True) as connection:
        assert tables_with(connection, "mia") == []
        assert len(tables_with(connection, "tom")) == 3


def test_a_plan_made_before_sends_nothing_of_an_erased_person(buried: Settings) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "create table sync_changes (plan_id varchar, person_id varchar, email varchar,"
            " operation varchar, state varchar, reason varchar, answered_at timestamp);"
            " insert into sync_changes select '1', person, person || '@acme.com', operation,"
            " 'planned', null, null from (values ('mia', 'add'), ('mia', 'remove'), ('tom', 'add'))"
            " as told (person, operation)"
        )
        assert drop_erased(connection, buried, "1") == 1
        assert connection.execute(
            "select person_id, operation from sync_changes where state = 'planned' order by all"
        ).fetchall() == [("mia", "remove"), ("tom", "add")]


def test_an_export_refuses_a_member_who_was_erased(buried: Settings) -> None:
    _require_not_erased([segment(ROWS[1:2])], buried)
    for row in (ROWS[0], ("p_new", "MIA@acme.com", ""), ("p_mia", "new@acme.com", "")):
        with pytest.raises(ExportError, match="was erased"):
            _require_not_erased([segment((ROWS[1], row))], buried)


def test_a_restored_backup_does_not_bring_a_person_back(settings: Settings, tmp_path) -> None:
    """It was made before the erasure; what was decided since is carried over and carried out."""
    with landing_home(settings) as home:
        land_all(home)
    make_backup(settings, tmp_path / "backup")
    write_tombstone(settings, "1", [form(EMAIL, "", MIA), form("untagged", "", MIA)])
    restore_backup(settings, tmp_path / "backup", replace=True)
    with landing_home(settings) as home:
        assert tables_with(home.connection, MIA)
        home.ingest()
        assert tables_with(home.connection, MIA) == []
    assert files_with(settings.state, "mia") == []
