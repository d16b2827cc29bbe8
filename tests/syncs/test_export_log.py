"""Whatever leaves has a line in the access log: who took what, and nobody's address."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.lib.export_log import export_log, exports
from orchestration.lib.segments import export_segments, outbox
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home
from tests.syncs.memory_tool import Killed
from tests.syncs.small_homes import SEGMENT, TOOL, Person, SyncHome
from tests.unit.published_segments import member, published_with


def about(settings: Settings) -> list[dict[str, object]]:
    """The lines without the moment and the user, which each of them has."""
    lines = exports(settings)
    assert all(line.pop("at") and line.pop("by") for line in lines)
    assert "@" not in export_log(settings).read_text(encoding="utf-8")
    assert export_log(settings).stat().st_mode & 0o777 == 0o600
    return lines


def test_a_sync_is_logged_where_it_changes_something(home: SyncHome) -> None:
    home.publish(Person(person_id="a"), Person(person_id="b"))
    plan = home.sync()
    home.sync()
    line = {"destination": TOOL, "segment_id": SEGMENT, "plan_id": plan.plan_id}
    assert about(home.settings) == [{"kind": "sync", "rows": 2} | line]


def test_the_line_is_there_before_the_first_row_leaves(home: SyncHome) -> None:
    home.publish(Person(person_id="a"))
    home.tool.faults = ["killed_before"]
    with pytest.raises(Killed):
        home.sync()
    assert [line["rows"] for line in about(home.settings)] == [1]


def test_a_segment_file_is_logged_before_it_is_written(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = published_with(settings.home / "published.duckdb", [member()])

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(outbox, "write_rows", full)
    with pytest.raises(OSError, match="no space"):
        export_segments(settings, published, "run")
    assert not any(path.is_file() for path in settings.outbox.rglob("*"))
    monkeypatch.undo()
    export_segments(settings, published, "run")
    line = {"kind": "segment_file", "destination": "email_tool", "run_id": "run"}
    empty, told = (
        line | {"segment_id": "empty", "rows": 0},
        line
        | {
            "segment_id": "welcome",
            "rows": 1,
        },
    )
    assert about(settings) == [empty, empty, told]


def test_who_asks_for_all_of_a_person_is_logged_and_who_only_counts_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHLINE_HOME", str(settings.home))
    with landing_home(settings) as home:
        home.put("files/contacts/a.csv", "contact_id,email\n1,mia@acme.com\n")
        home.ingest()
    ask = ["access", "mia@acme.com"]
    assert CliRunner().invoke(app, ask).exit_code == 0
    assert exports(settings) == []
    assert CliRunner().invoke(app, [*ask, "--json"]).exit_code == 0
    file = settings.home / "mia@acme.com.json"
    assert CliRunner().invoke(app, [*ask, "--out", str(file)]).exit_code == 0
    line = {"kind": "access", "rows": 1, "person_id": None}
    assert about(settings) == [line | {"to": "screen"}, line | {"to": "file"}]
