"""Publishing: a refused build changes nothing, versions come and go, masks hold under any name."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.publishing import PublishError, open_published, publish, rollback
from orchestration.lib.publishing.versions import current_run_id, versions
from orchestration.lib.settings import Settings
from tests.unit.publishing_worlds import manifest, settings_at, write_build

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with a build of 200 persons."""
    settings = settings_at(tmp_path / "home")
    write_build(settings)
    return settings


def test_readers_find_every_table_and_the_version_they_look_at(settings: Settings) -> None:
    publication = publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    with open_published(settings) as connection:
        assert connection.execute("select count(*) from marts.dim_persons").fetchall() == [(200,)]
        version = connection.execute("select run_id, as_of from observability.publication")
        assert version.fetchall() == [(publication.run_id, datetime(2026, 7, 1))]
    assert publication.rows == {"marts.dim_persons": 200, "activation.sync_members": 1}
    assert stat.S_IMODE(publication.path.stat().st_mode) == 0o640
    assert [path.name for path in settings.published.iterdir() if "wal" in path.name] == []


@pytest.mark.parametrize("alias", ["current", "marts", "bi"])
def test_masked_tables_hold_under_any_alias(settings: Settings, alias: str) -> None:
    publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.dim_persons as select 1 as lie")
        connection.execute(f"attach '{settings.current.resolve()}' as \"{alias}\" (read_only)")
        masked = connection.execute(f'select * from "{alias}".marts_masked.dim_persons')
        assert [column[0] for column in masked.description] == ["person_id", "amount"]
        assert len(masked.fetchall()) == 200


def test_three_versions_are_kept_and_ids_only_grow(settings: Settings) -> None:
    ids = [
        publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW - timedelta(days=day)).run_id
        for day in range(5)
    ]
    assert ids == sorted(set(ids)), "the clock went back each time, the ids must not"
    assert len(versions(settings)) == 3
    assert current_run_id(settings) == ids[-1]


def test_rollback_goes_back_and_the_next_publication_goes_on(settings: Settings) -> None:
    first = publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    second = publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    assert rollback(settings) == first.run_id
    with pytest.raises(PublishError, match="no earlier version"):
        rollback(settings)
    third = publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    assert third.run_id > second.run_id
    assert current_run_id(settings) == third.run_id


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("drop table activation.sync_members", "activation.sync_members is missing"),
        ("alter table marts.dim_persons drop column email", "has no column email"),
        ("alter table marts.dim_persons drop column amount", "has no column amount"),
        ("alter table marts.dim_persons alter amount type double", "is DOUBLE"),
        ("insert into marts.dim_persons values ('p0', null, 1)", "repeats 1 keys"),
        ("delete from marts.dim_persons where person_id <> 'p0'", "has 1 rows, 200 before"),
    ],
)
def test_a_refused_build_leaves_readers_where_they_are(
    settings: Settings, damage: str, finding: str
) -> None:
    first = publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    with duckdb.connect(str(settings.marts_build)) as connection:
        connection.execute(damage)
    with pytest.raises(PublishError, match=finding):
        publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    assert current_run_id(settings) == first.run_id
    assert [path.name for path in settings.published.glob("*.tmp*")] == []


def test_fewer_rows_pass_when_accepted_or_when_the_moment_is_earlier(settings: Settings) -> None:
    for persons, as_of, accepted in (
        (200, AS_OF, False),
        (3, AS_OF - timedelta(days=1), False),
        (200, AS_OF, False),
        (3, AS_OF, True),
    ):
        write_build(settings, persons=persons)
        publication = publish(
            settings, manifest=manifest(), as_of=as_of, accept_fewer_rows=accepted, now=NOW
        )
        assert publication.rows["marts.dim_persons"] == persons
        assert current_run_id(settings) == publication.run_id


def test_what_a_killed_run_left_is_removed(settings: Settings) -> None:
    left = [
        "marts_20260101T000000000000Z.duckdb.tmp",
        "marts_20260101T000000000000Z.duckdb.tmp.wal",
    ]
    left += ["marts_20260101T000000000000Z.duckdb", "current.20260101T000000000000Z.tmp"]
    for name in left:
        (settings.published / name).write_text("half")
    publish(settings, manifest=manifest(), as_of=AS_OF, now=NOW)
    assert [name for name in left if (settings.published / name).exists()] == []


def test_nothing_built_or_published_is_said_plainly(tmp_path: Path) -> None:
    settings = settings_at(tmp_path / "empty")
    with pytest.raises(PublishError, match="nothing has been built"):
        publish(settings, manifest=manifest(), as_of=AS_OF)
    with pytest.raises(PublishError, match="nothing has been published"):
        open_published(settings)
