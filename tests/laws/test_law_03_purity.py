"""Law 3: a build is a function of its inputs and as_of, not of row order, threads or the clock.

Broken by: dropping the last sort key of a window, `any_value`, a sum over doubles, `now()`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.homes import Home, differing_tables


def shuffle_raw_rows(home: Home) -> None:
    """Write every raw table and lookup anew in another physical order."""
    with duckdb.connect(str(home.settings.warehouse)) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where (table_schema like 'raw_%' or table_schema = 'lookups') "
            "and table_type = 'BASE TABLE'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(
                f"create or replace temp table shuffled as select * from {table} as t "
                "order by hash(t::varchar || 'other order')"
            )
            connection.execute(f"truncate {table}")
            connection.execute(f"insert into {table} select * from shuffled")


@pytest.mark.slow
def test_order_of_rows_and_threads_change_nothing(built_home: Home, tmp_path: Path) -> None:
    other = built_home.copy_to(tmp_path / "shuffled")
    shuffle_raw_rows(other)
    other = Home(settings=replace(other.settings, threads=1), as_of=other.as_of)
    other.build_unchecked()
    assert differing_tables(built_home, other) == {}
