"""Every mart after a revocation equals that of a home that never got the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.revoking import chosen_batches, revoke
from tests.homes import Home, differing_tables, landed_world

pytestmark = pytest.mark.slow

# The books still say that two files came and went, and the file after them has another number.
BOOKS = {
    "observability.rpt_row_reconciliation": 4,
    "observability.rpt_source_freshness": 2,
}
ADDED = "_row_id, _batch_id, _loaded_at, _source_file, _source_row, _key_hash, _content_hash"
CONTACTS = (
    "select * replace ('wrong-' || contact_id || '@wrong.example' as email,"
    " '2026-06-30T12:00:00Z' as updated_at) from raw_files.contacts order by _row_id limit {}"
)
EVENTS = (
    "select * replace ('wrong-' || event_id as event_id) from raw_files.web_events"
    " order by _row_id limit {}"
)
WRONG = {"contacts": CONTACTS.format(20), "web_events": EVENTS.format(500)}
# Comes after the wrong ones, and says again what one of them said.
LATER = {"contacts": CONTACTS.format(5)}


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Home]]:
    """A home that was built with two wrong files, from which they were taken out, and one that
    never got them."""
    folder = tmp_path_factory.mktemp("revoked")
    clean = landed_world(folder / "clean", accounts=30)
    spoiled = clean.copy_to(folder / "spoiled")
    wrong, later = written(clean, WRONG, folder), written(clean, LATER, folder)
    land(spoiled, wrong, "wrong")
    for home in (clean, spoiled):
        land(home, later, "later")
        home.build_unchecked()
    with open_home(spoiled.settings) as connection:
        names = [f"files/{table}/wrong.parquet" for table in WRONG]
        batches = chosen_batches(connection, names, statuses=("loaded",))
        revoke(connection, spoiled.settings, batches, reason="wrong export")
        refresh_lookups(connection)
    report = build(spoiled.settings, as_of=spoiled.as_of, data_tests=False, increment=True)
    report.raise_for_failures()
    yield clean, spoiled


def written(home: Home, tables: dict[str, str], folder: Path) -> dict[str, bytes]:
    """Parquet files, made of what was landed without the columns landing adds, by table."""
    files = {}
    with home.warehouse() as connection:
        for table, query in tables.items():
            path = folder / "rows.parquet"
            connection.execute(
                f"copy (select * exclude ({ADDED}) from ({query})) to '{path}' (format parquet)"
            )
            files[table] = path.read_bytes()
    return files


def land(home: Home, files: dict[str, bytes], name: str) -> None:
    """Land one file a table."""
    for table, content in files.items():
        (home.settings.landing / "files" / table / f"{name}.parquet").write_bytes(content)
    with open_home(home.settings) as connection:
        ingest(home.settings, connection, still_seconds=0)
        refresh_lookups(connection)


def test_rows_that_only_a_later_file_has_came_to_life(homes: tuple[Home, Home]) -> None:
    counts = []
    for home in homes:
        with home.warehouse() as connection:
            counts += connection.execute(
                "select rows_in, rows_loaded from raw_ops.load_ledger"
                " where source_file = 'files/contacts/later.parquet'"
            ).fetchall()
    assert counts == [(5, 5), (5, 5)]


def test_marts_are_as_if_the_files_had_never_come(homes: tuple[Home, Home]) -> None:
    clean, spoiled = homes
    assert differing_tables(spoiled, clean) == BOOKS
