"""The generated world: same bytes, the contract's columns, journeys like published ones, truth."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.raw_checks import declared_table
from orchestration.lib.world import generate
from orchestration.lib.world.schema import SHAPES
from tests.unit.generated_worlds import generated_world

LAST_DAY = date(2026, 6, 30)


@pytest.fixture
def world() -> duckdb.DuckDBPyConnection:
    return generated_world(300)[0]


def value(world: duckdb.DuckDBPyConnection, query: str) -> object:
    row = world.execute(query).fetchone()
    return row[0] if row else None


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def test_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        generate(tmp_path / name, accounts=50, days=120)
    generate(tmp_path / "other", accounts=50, days=120, seed=8)
    first = digests(tmp_path / "first")
    assert first == digests(tmp_path / "second")
    assert first != digests(tmp_path / "other")


def test_a_second_world_replaces_the_first(tmp_path: Path) -> None:
    generate(tmp_path, accounts=20, days=400)
    generate(tmp_path, accounts=20, days=60)
    months = {path.name[:7] for path in (tmp_path / "landing/files/web_events").iterdir()}
    assert min(months) == "2026-05"


@pytest.mark.parametrize(("accounts", "days"), [(0, 400), (10, 59)])
def test_a_world_too_small_is_refused(tmp_path: Path, accounts: int, days: int) -> None:
    with pytest.raises(TouchlineError, match="too small"):
        generate(tmp_path, accounts=accounts, days=days)


def test_real_landing_files_are_left_alone(tmp_path: Path) -> None:
    export = tmp_path / "landing/files/contacts/real.csv"
    export.parent.mkdir(parents=True)
    export.write_text("contact_id\nc1\n")
    with pytest.raises(TouchlineError, match="no generated world"):
        generate(tmp_path, accounts=20, days=60)
    assert export.exists()


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    generate(tmp_path, accounts=20, days=60, progress=lambda *step: told.append(step))
    assert told == [("accounts", 20, 20)]


def test_report_counts_the_rows_of_all_tables() -> None:
    world, report = generated_world(300)
    assert report.last_day == LAST_DAY
    assert set(report.rows) == set(SHAPES)
    for table, rows in report.rows.items():
        assert value(world, f"select count(*) from {table}") == rows, table


@pytest.mark.parametrize("table", SHAPES)
def test_required_values_are_there(world: duckdb.DuckDBPyConnection, table: str) -> None:
    spec = declared_table("files", table)
    kinds = {"timestamp": "timestamptz", "date": "date", "number": "double", "integer": "bigint",
             "boolean": "boolean", "json": "json", "text": "varchar"}  # fmt: skip
    for column in spec.columns:
        cast = f"try_cast({column.name} as {kinds[column.type]}) is null"
        given = "true" if column.is_required else f"{column.name} is not null"
        wrong = value(world, f"select count(*) from {table} where {given} and {cast}")
        assert wrong == 0, column.name


@pytest.mark.parametrize("table", [table for table, shape in SHAPES.items() if shape.key])
def test_keys_differ_but_for_the_dirt(world: duckdb.DuckDBPyConnection, table: str) -> None:
    key = " || '|' || ".join(f"coalesce({name}, '')" for name in SHAPES[table].key)
    twice = f"select {key} as record_key from {table} group by all having count(*) > 1"
    listed = f"select record_key from truth_dirt where \"table\" = '{table}'"
    assert value(world, f"select count(*) from ({twice}) where record_key not in ({listed})") == 0


def test_nothing_lies_outside_the_span(world: duckdb.DuckDBPyConnection) -> None:
    for table, shape in SHAPES.items():
        if shape.moment:
            last = value(world, f"select max(try_cast({shape.moment} as date)) from {table}")
            assert last <= LAST_DAY, table
    assert value(world, "select max(occurred_at::date) from web_events") == LAST_DAY


def test_won_journeys_are_like_published_ones(
    world: duckdb.DuckDBPyConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    touches, channels, people, days, fewest, most = world.execute(
        """
        with journeys as (
            select
                true_account_id,
                count(distinct true_touchpoint_id) as touches,
                count(distinct channel) as channels,
                date_diff('day', min(occurred_at::timestamptz), any_value(won_at)::timestamptz)
                    as days
            from truth_touchpoints
            inner join truth_accounts using (true_account_id)
            where won_at is not null and kind = 'activity' and occurred_at <= won_at
            group by true_account_id
        ),
        members as (
            select true_account_id, count(*) as people
            from truth_persons where is_shared_mailbox = 'false' group by true_account_id
        )
        select median(touches), median(channels), median(people), median(days), min(people),
            max(people)
        from journeys inner join members using (true_account_id)
        """
    ).fetchone()
    with capsys.disabled():
        print(f"\nwon: {touches} touches, {channels} channels, {people} people, {days} days")
    assert 28 <= touches <= 40
    assert 3 <= channels <= 4
    assert 170 <= days <= 210
    assert 5 <= people <= 6
    assert fewest >= 2
    assert most <= 11
