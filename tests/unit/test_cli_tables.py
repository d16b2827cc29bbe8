"""Tables on screens of any width: whole words, whole times, and the most telling columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.cli.cells import cell, short
from orchestration.cli.tables import print_table
from orchestration.lib.explain import explain_thing
from orchestration.lib.history import append_record
from orchestration.lib.publishing.versions import history_file, version_path
from orchestration.lib.settings import Settings
from orchestration.lib.status import status_of
from tests.unit.published_journeys import RUN_ID, published_home

TOLD_BESIDES = {"columns", "only:", "in", "--json", "set", "aside", "freshness", "none", "account"}
OBSERVED = """
create table observability.rpt_source_freshness as
    select 'crm_of_the_parent' as source_system, 'opportunity_stage_changes' as source_table,
        '000000000004' as last_batch_id, 4 as file_count, 0 as rejected_file_count,
        timestamp '2026-06-30 17:59:31' as last_event_at, timestamptz '2026-07-01' as as_of,
        0.2503 as days_behind, 168 as promise_hours, 'every_table' as promise_id,
        false as is_late, 336 as alarm_hours, false as is_broken;
create table observability.rpt_row_reconciliation as
    select 'files' as source_system, 'contacts' as source_table, 12345 as rows_in,
        'files/opportunity_stage_changes/2026-06-30-a-second-export.csv.gz' as source_file,
        2 as rows_quarantined;
"""
HASH = "0f" * 16


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with a published journey, and something to say about its sources."""
    monkeypatch.setenv("TOUCHLINE_HOME", str(tmp_path / "home"))
    found = published_home(tmp_path / "home")
    with duckdb.connect(str(version_path(found, RUN_ID))) as connection:
        connection.execute(OBSERVED)
    published = {"event": "published", "run_id": RUN_ID, "as_of": "2026-07-01T00:00:00+00:00"}
    append_record(history_file(found), published)
    return found


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("words", [["status"], ["explain", "account", "a1"]])
def test_nothing_is_broken_inside_a_word(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, words: list[str], width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    facts = (
        status_of(settings)
        if words == ["status"]
        else explain_thing(settings, thing="account", name="a1").facts()
    )
    known = TOLD_BESIDES | set(_words(facts))
    lines = CliRunner().invoke(app, words).output.splitlines()
    told = [word for line in lines for word in line.split() if not word.isdigit()]
    cut = [word for word in told if word.endswith("…")]
    assert [word for word in told if word not in known and word not in cut] == []
    assert all(any(text.startswith(word[:-1]) for text in known) for word in cut)
    assert "2026-06-30 17:59" in " ".join(told) or words != ["status"]
    assert all(cell_len(line) <= width for line in lines if str(settings.home) not in line)


def _words(value: object) -> Iterator[str]:
    """Every word in names and values, as a screen would show it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from (*name.split(), *name.split("_"))
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    else:
        yield from cell(value).split()


def test_a_pipe_gets_a_wide_page(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    lines = CliRunner().invoke(app, ["status"]).output.splitlines()
    assert any("rejected file count" in line and "promise hours" in line for line in lines)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (12345, "12,345"),
        (Decimal("0.950000"), "0.95"),
        (datetime(2026, 7, 1, 6, 30, 59), "2026-07-01 06:30"),
        (datetime(2026, 7, 1, 1, tzinfo=timezone(timedelta(hours=2))), "2026-06-30 23:00"),
        (datetime(2026, 7, 1, tzinfo=UTC).isoformat(), "2026-07-01 00:00"),
        ('["sunset","no_consent"]', "sunset, no_consent"),
        ("[not a list", "[not a list"),
    ],
)
def test_how_values_read(value: object, text: str) -> None:
    assert cell(value) == text


def test_only_ids_of_touchline_are_shortened() -> None:
    assert (short(HASH), short("con_2df0733dce44f385")) == ("0f0f0f0f…", "con_2df0733dce44f385")


def test_columns_that_do_not_fit_are_left_out_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    row = {"name": "Größe 大きい", "seen_at": datetime(2026, 7, 1), "text": "x" * 99, "count": 7}
    print_table([row, {**row, "name": None}], title="things")
    title, head, first, second = capsys.readouterr().out.splitlines()
    assert title == "things  columns in --json only: 1"
    assert head.split() == ["name", "seen", "at", "count"]
    assert first == "Größe 大きい  2026-07-01 00:00      7"
    assert cell_len(second) == cell_len(first)
