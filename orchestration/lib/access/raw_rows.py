"""Finds the rows of a relation that name somebody: in columns meant for it, and in any text."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from orchestration.lib.access.marks import Providers, addresses_sql, forms_sql, marked_sql
from orchestration.lib.access.personal import EMAIL, NamingColumn, PersonalTable, issuer_of
from orchestration.lib.sql_text import name, value

FOUND = "marked_rows"


def find_marked(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    table: PersonalTable,
    columns: Sequence[str],
    providers: Providers,
) -> int:
    """Fill `marked_rows` (place, column_name, identifier_type) from the columns a relation has.

    `place` is the rowid; an address in the text of any other column is told with that column and
    no type. Needs `bring_marks`; returns how many rows.
    """
    cursor.execute(
        f"create or replace temp table {FOUND}"
        " (place bigint, column_name varchar, identifier_type varchar)"
    )
    present = {column.lower() for column in columns}
    for one in table.columns:
        if one.column.lower() in present:
            forms = _identifiers(one, table, providers)
            _find(cursor, relation, one.column, one.identifier_type, forms)
    for column in _with_addresses(cursor, relation, columns):
        _find(cursor, relation, column, None, _addresses(column, providers))
    return cursor.execute(f"select count(distinct place) from {FOUND}").fetchall()[0][0]


def text_columns(cursor: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    """The columns of a raw table that came in files, in order."""
    rows = cursor.execute(
        "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
        " and database_name = current_database() and data_type = 'VARCHAR'"
        " and not starts_with(column_name, '_') order by column_index",
        [schema, table],
    ).fetchall()
    return [column for (column,) in rows]


def holds_address(relation: str, column: str, providers: Providers) -> str:
    """SQL of whether a text of a relation holds an address that is marked."""
    return _is_marked(relation, column, _addresses(column, providers))


def _with_addresses(
    cursor: duckdb.DuckDBPyConnection, relation: str, columns: Sequence[str]
) -> list[str]:
    """Columns of which any text could hold an address."""
    if not columns:
        return []
    could = ", ".join(f"bool_or({_could_hold(column)})" for column in columns)
    (row,) = cursor.execute(f"select {could} from {relation}").fetchall()
    return [column for column, is_there in zip(columns, row, strict=True) if is_there]


def _could_hold(column: str) -> str:
    return f"contains({name(column)}, '@') or contains({name(column)}, '%40')"


def _identifiers(column: NamingColumn, table: PersonalTable, providers: Providers) -> str:
    """SQL of the forms of the identifier in a naming column."""
    issuer = issuer_of(column.identifier_type, table.spec.system)
    return forms_sql(column.identifier_type, issuer, f"({column.value_sql})", providers)


def _addresses(column: str, providers: Providers) -> str:
    """SQL of the forms of every address in a text."""
    forms = forms_sql(EMAIL, "", "address", providers)
    addresses = addresses_sql(name(column))
    each = f"list_transform({addresses}, lambda address: {forms})"
    return f"case when {_could_hold(column)} then flatten({each}) end"


def _find(
    cursor: duckdb.DuckDBPyConnection,
    relation: str,
    column: str,
    identifier_type: str | None,
    forms: str,
) -> None:
    """Add the rows of which a form of the column is marked; a text that repeats is hashed once."""
    kind = value(identifier_type) if identifier_type else "null"
    cursor.execute(
        f"insert into {FOUND} select rowid, {value(column)}, {kind} from {relation}"
        f" where {_is_marked(relation, column, forms)}"
    )


def _is_marked(relation: str, column: str, forms: str) -> str:
    """SQL of whether a form of a column is marked, `forms` being SQL of the list of them."""
    return f"""
        {name(column)} in (
            select told_text
            from (
                select told_text, unnest(told_forms) as told_form
                from (
                    select {name(column)} as told_text, {forms} as told_forms
                    from (select distinct {name(column)} from {relation})
                )
            )
            where told_form is not null and {marked_sql("told_form")}
        )
    """
