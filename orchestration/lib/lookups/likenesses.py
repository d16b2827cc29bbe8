"""Which normalised names that leads state resemble the name of an account, and how closely."""

from __future__ import annotations

import duckdb

from orchestration.lib.landing.tables import raw_table
from orchestration.lib.lookups.feeds import Feed, declared_feeds
from orchestration.lib.sql_text import name
from orchestration.lib.transaction import transaction

TABLE = "company_name_likenesses"
COLUMNS = {
    "stated_name": "varchar",
    "account_name": "varchar",
    "similarity": "decimal(9, 6)",
}

# Less similar names are not worth showing. Names are compared within their first three letters
# only: a slip there already costs a name of usual length the similarity at which a rule decides.
FLOOR = 0.9
LETTERS = 3


def library_version() -> str:
    """The measure and its limits: Jaro-Winkler of DuckDB."""
    return f"jaro-winkler {FLOOR} within {LETTERS}"


def refresh_likenesses(connection: duckdb.DuckDBPyConnection) -> int:
    """Compare all names anew if a table that feeds them has a new batch; returns pairs found.

    Equal names are no pair. One transaction with the watermark.
    """
    feeds = [feed for feed in declared_feeds() if feed.lookup == "company_names"]
    stated = [feed for feed in feeds if feed.spec.table == "leads"]
    owned = [feed for feed in feeds if feed.spec.table == "accounts"]
    newest = _newest_batch(connection, stated + owned)
    if connection.execute(
        "select last_batch_id from lookups.feeds_read where feed = $feed", {"feed": TABLE}
    ).fetchall() == [(newest,)]:
        return 0
    with transaction(connection):
        connection.execute(f"delete from lookups.{TABLE}")
        connection.execute(_comparison(stated, owned), [library_version()])
        connection.execute("delete from lookups.feeds_read where feed = ?", [TABLE])
        connection.execute("insert into lookups.feeds_read values (?, ?)", [TABLE, newest])
    return connection.execute(f"select count(*) from lookups.{TABLE}").fetchall()[0][0]


def _newest_batch(connection: duckdb.DuckDBPyConnection, feeds: list[Feed]) -> str:
    """Measure and newest batch of every feed's table, as one text."""
    newest = [
        connection.execute(f"select max(_batch_id) from {raw_table(feed.spec)}").fetchall()[0][0]
        for feed in feeds
    ]
    return " ".join([library_version(), *(batch or "-" for batch in newest)])


def _names(feeds: list[Feed]) -> str:
    """SQL of the distinct normalised names of some feeds."""
    found = " union ".join(
        f"select {name(feed.column)} as name from {raw_table(feed.spec)}" for feed in feeds
    )
    return (
        f"select distinct normalised_name from ({found}) inner join lookups.company_names "
        "using (name) where normalised_name is not null"
    )


def _comparison(stated: list[Feed], owned: list[Feed]) -> str:
    """SQL that inserts the pairs; its one parameter is the version."""
    return f"""
        insert into lookups.{TABLE}
        with pairs as (
            select
                stated.normalised_name as stated_name,
                owned.normalised_name as account_name,
                jaro_winkler_similarity(stated.normalised_name, owned.normalised_name) as similarity
            from ({_names(stated)}) as stated
            inner join ({_names(owned)}) as owned
                on left(stated.normalised_name, {LETTERS}) = left(owned.normalised_name, {LETTERS})
                and stated.normalised_name <> owned.normalised_name
        )
        select stated_name, account_name, round(similarity, 6)::decimal(9, 6), ?
        from pairs where similarity >= {FLOOR}
        order by all
    """
