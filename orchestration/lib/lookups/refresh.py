"""Describes values not seen before: one row per distinct value, only new batches are searched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.lib.landing.tables import raw_table
from orchestration.lib.lookups import company_names, likenesses, phones, titles, user_agents
from orchestration.lib.lookups.feeds import Feed, declared_feeds
from orchestration.lib.lookups.hosts import Hosts
from orchestration.lib.lookups.providers import read_providers
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value
from orchestration.lib.transaction import transaction

# Each has COLUMNS, library_version() and describe(*key); hosts also need the list of providers.
_LOOKUPS: dict[str, Any] = {
    "hosts": Hosts,
    "phones": phones,
    "user_agents": user_agents,
    "company_names": company_names,
    "titles": titles,
}
_TYPES = {"varchar": pa.string(), "boolean": pa.bool_()}
AT_ONCE = 50_000


def ensure_lookups(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the lookup tables, and the table that says how far each feed has been searched."""
    connection.execute("create schema if not exists lookups")
    connection.execute(
        "create table if not exists lookups.feeds_read (feed varchar, last_batch_id varchar)"
    )
    for lookup, library in {**_LOOKUPS, likenesses.TABLE: likenesses}.items():
        columns = ", ".join(f"{column} {kind}" for column, kind in library.COLUMNS.items())
        connection.execute(
            f"create table if not exists lookups.{lookup} ({columns}, library_version varchar)"
        )


def refresh_lookups(
    connection: duckdb.DuckDBPyConnection, *, settings: Settings | None = None
) -> dict[str, int]:
    """Bring all lookups up to date with the raw tables; returns rows written by lookup.

    Own rows of the list of mail providers are those of the home of `settings`; none without it.
    Rows written by another version of a library are described anew. Each lookup is one transaction.
    """
    ensure_lookups(connection)
    libraries = _LOOKUPS | {"hosts": Hosts(read_providers(settings))}
    written = {lookup: _refresh(connection, lookup, libraries[lookup]) for lookup in libraries}
    return written | {likenesses.TABLE: likenesses.refresh_likenesses(connection)}


def _refresh(connection: duckdb.DuckDBPyConnection, lookup: str, library: Any) -> int:
    """Collect new values of one lookup's feeds, describe them, remember how far we came."""
    feeds = [feed for feed in declared_feeds() if feed.lookup == lookup]
    keys = list(library.COLUMNS)[:2] if lookup == "phones" else list(library.COLUMNS)[:1]
    with transaction(connection):
        _collect(connection, lookup, feeds, keys, library.library_version())
        written = _describe(connection, lookup, library)
        _remember(connection, feeds)
    return written


def _collect(
    connection: duckdb.DuckDBPyConnection,
    lookup: str,
    feeds: Sequence[Feed],
    keys: Sequence[str],
    library_version: str,
) -> None:
    """Fill `new_values` with values to describe, and drop rows of another library version."""
    found = " union ".join(_values_since(feed, keys) for feed in feeds)
    names = ", ".join(keys)
    connection.execute(
        f"""
        create or replace temp table new_values as
        select distinct {names} from (
            select {names} from ({found}) anti join lookups.{lookup} using ({names})
            union all
            select {names} from lookups.{lookup} where library_version <> $version
        )
        where {keys[0]} is not null
        order by all
        """,
        {"version": library_version},
    )
    connection.execute(
        f"delete from lookups.{lookup} where library_version <> ?", [library_version]
    )


def _values_since(feed: Feed, keys: Sequence[str]) -> str:
    """SQL of the distinct values in batches that were not searched yet.

    Distinct raw texts are taken first, as taking a value out of a text costs more.
    """
    values = [f"{feed.value_sql} as {keys[0]}"]
    if len(keys) > 1:
        values.append(f"{feed.hint_sql} as {keys[1]}")
    texts = ", ".join(name(column) for column in feed.columns)
    return f"""
        select distinct {", ".join(values)}
        from (
            select distinct {texts}
            from {raw_table(feed.spec)}
            where _batch_id > coalesce(
                (select max(last_batch_id) from lookups.feeds_read where feed = {value(feed.name)}),
                ''
            )
        )
    """


def _describe(connection: duckdb.DuckDBPyConnection, lookup: str, library: Any) -> int:
    """Insert a described row for each of `new_values`, some at a time; returns how many."""
    schema = pa.schema([(column, _TYPES[kind]) for column, kind in library.COLUMNS.items()])
    values = connection.execute("select * from new_values").fetchall()
    for start in range(0, len(values), AT_ONCE):
        rows = [library.describe(*one) for one in values[start : start + AT_ONCE]]
        described = pa.table(list(map(list, zip(*rows, strict=True))), schema=schema)
        connection.register("described_values", described)
        connection.execute(
            f"insert into lookups.{lookup} select *, ? from described_values",
            [library.library_version()],
        )
        connection.unregister("described_values")
    return len(values)


def _remember(connection: duckdb.DuckDBPyConnection, feeds: Sequence[Feed]) -> None:
    """Note the last batch of each feed's raw table as searched."""
    for feed in feeds:
        connection.execute("delete from lookups.feeds_read where feed = ?", [feed.name])
        connection.execute(
            f"insert into lookups.feeds_read select ?, max(_batch_id) from {raw_table(feed.spec)}",
            [feed.name],
        )
