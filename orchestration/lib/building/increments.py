"""The books that tell dbt what changed since the last finished build."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from orchestration.lib.home import open_warehouse
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

CREATE = """
create schema if not exists raw_ops;
create table if not exists raw_ops.changed_relations (relation varchar, extent varchar);
create table if not exists raw_ops.touched_keys (relation varchar, kind varchar, key varchar);
create table if not exists raw_ops.asked_keys (kind varchar, key varchar);
create table if not exists raw_ops.fresh_batches (relation varchar, batch_id varchar);
create table if not exists raw_ops.waiting_batches (relation varchar, batch_id varchar);
create table if not exists raw_ops.built_batches (batch_id varchar, relation varchar);
create table if not exists raw_ops.built_lookups (table_name varchar, row_count bigint);
"""
# a raw table as dbt names it
LOADED = """
select batch_id, 'source.touchline.' || system || '.' || table_name as relation
from raw_ops.load_ledger
where status = 'loaded'
"""
# new batches and those with rows that the last build did not know yet are read; where a batch is
# gone, all are
FRESH = f"""
insert into raw_ops.fresh_batches
select relation, batch_id
from ({LOADED})
where batch_id not in (select batch_id from raw_ops.built_batches)
    or batch_id in (select batch_id from raw_ops.waiting_batches);
insert into raw_ops.changed_relations
select distinct relation, 'keyed' from raw_ops.fresh_batches
union all
select distinct relation, 'whole'
from raw_ops.built_batches
where batch_id not in (select batch_id from ({LOADED}));
"""
# lookups only gain rows between two builds of one fingerprint; the books differ after every run
LOOKUPS = """
select table_name, estimated_size as row_count
from duckdb_tables()
where database_name = current_database() and schema_name = 'lookups'
"""
BESIDE = f"""
insert into raw_ops.changed_relations
select 'source.touchline.lookups.' || table_name, 'grown'
from ({LOOKUPS} except select table_name, row_count from raw_ops.built_lookups)
union all
select 'source.touchline.raw_ops.' || table_name, 'whole'
from duckdb_tables()
where database_name = current_database() and schema_name = 'raw_ops'
"""
AGAIN = "insert into raw_ops.changed_relations values (?, 'whole')"
EXISTING = """
select schema_name, table_name from duckdb_tables()
union
select schema_name, view_name from duckdb_views()
"""
CLOSE = f"""
begin transaction;
delete from raw_ops.changed_relations;
delete from raw_ops.touched_keys;
delete from raw_ops.asked_keys;
delete from raw_ops.fresh_batches;
delete from raw_ops.built_batches;
insert into raw_ops.built_batches {LOADED};
delete from raw_ops.built_lookups;
insert into raw_ops.built_lookups {LOOKUPS};
commit;
"""


def open_books(settings: Settings, *, again: Iterable[str] = ()) -> bool:
    """Write down what landed or went since the last finished build; false when there was none.

    Raw tables of `again`, by dbt's names, count as changed in any of their rows.

    What a build that was cut off wrote down stays: its tables are looked at again.
    """
    with open_warehouse(settings) as connection:
        connection.execute(CREATE)
        if not _has_rows(connection, "raw_ops.built_batches"):
            return False
        connection.execute("delete from raw_ops.fresh_batches")
        connection.execute(FRESH)
        connection.execute(BESIDE)
        for relation in again:
            connection.execute(AGAIN, [relation])
    return True


def close_books(settings: Settings) -> None:
    """Everything that landed is built: nothing is left to do."""
    with open_warehouse(settings) as connection:
        connection.execute(CREATE)
        connection.execute(CLOSE)


def changed_relations(settings: Settings) -> set[str]:
    """dbt's ids of what changed since the last finished build, as far as it is known before one."""
    with open_warehouse(settings) as connection:
        connection.execute(CREATE)
        rows = connection.execute("select relation from raw_ops.changed_relations").fetchall()
    return {relation for (relation,) in rows}


def asked_kinds(settings: Settings) -> set[str]:
    """The kinds of keys that are to be built again because somebody asked."""
    with open_warehouse(settings) as connection:
        rows = connection.execute("select distinct kind from raw_ops.asked_keys").fetchall()
    return {kind for (kind,) in rows}


def existing_tables(settings: Settings) -> set[tuple[str, str]]:
    """(schema, name) of the tables and views that the builds before left."""
    with open_warehouse(settings) as connection:
        if settings.marts_build.exists():
            marts = value(settings.marts_build)
            connection.execute(f"attach if not exists {marts} as marts_build (read_only)")
        return set(connection.execute(EXISTING).fetchall())


def _has_rows(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute(f"select 1 from {table} limit 1").fetchall())
