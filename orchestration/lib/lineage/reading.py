"""Reads one model's compiled SQL: which columns of its parents each of its columns is made of.

A value is made of the columns it is computed from, not of those that choose, filter, join or order
rows; where nothing but a choice makes it (`case when a then 1 else 2 end`), of the columns that
choose. Counted rows are the column `*` of what they are rows of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

from orchestration.lib.lineage.values import value_parts

ROWS = "*"
DIALECT = "duckdb"


@dataclass(frozen=True, order=True)
class Origin:
    """A column of a table, `schema.table`; or, where `table` is empty, a constant's SQL text."""

    table: str
    column: str

    @property
    def is_null(self) -> bool:
        """True for the constant null, which says that there is no value."""
        return not self.table and self.column.lower() == "null"


Origins = frozenset[Origin]
NOTHING: Origins = frozenset()
Known = Callable[[str], Iterable[str] | None]
Parts = Callable[[exp.Expression], Iterable[exp.Expression]]


class UnreadableSqlError(Exception):
    """The SQL names a column that none of its tables has."""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Columns in order with their origins; `open_table` may have columns that are not known."""

    columns: Mapping[str, Origins]
    rows: Origins = NOTHING
    open_table: str = ""

    def find(self, column: str) -> Origins | None:
        """Origins of a column; None when the relation has no such column."""
        if column == ROWS:
            return self.rows
        if column not in self.columns and self.open_table:
            return frozenset({Origin(self.open_table, column)})
        return self.columns.get(column)


@dataclass(frozen=True, kw_only=True)
class _Scope:
    """What a select may name: common tables of the query, tables of its from, outer scopes."""

    known: Known
    common: Mapping[str, Relation] = field(default_factory=dict)
    tables: Mapping[str, Relation] = field(default_factory=dict)
    aliases: Mapping[str, Origins] = field(default_factory=dict)
    outer: _Scope | None = None


def read_columns(sql: str, known: Known) -> Relation:
    """The relation a query makes; `known` lists a table's columns, None for a raw table.

    Raises UnreadableSqlError when a column cannot be found.
    """
    return _query(sqlglot.parse_one(sql, dialect=DIALECT), _Scope(known=known))


def _query(query: exp.Expression, scope: _Scope) -> Relation:
    """The relation of a select, a union, or either in brackets."""
    common = dict(scope.common)
    for table in getattr(query, "ctes", []):
        inner = _Scope(known=scope.known, common=common, outer=scope.outer)
        common[table.alias.lower()] = _query(table.this, inner)
    scope = _Scope(known=scope.known, common=common, outer=scope.outer)
    if isinstance(query, exp.Subquery):
        return _query(query.this, scope)
    if isinstance(query, exp.SetOperation):
        return _union(_query(query.this, scope), _query(query.expression, scope))
    if isinstance(query, exp.Select):
        return _select(query, scope)
    if isinstance(query, exp.Values):
        return _listed(query)
    raise UnreadableSqlError(f"a query of the kind {type(query).__name__}")


def _listed(rows: exp.Values) -> Relation:
    """The relation of rows that a query lists; a column is told by its value in the first row."""
    values = rows.expressions[0].expressions
    names = [column.name.lower() for column in rows.args["alias"].columns]
    return Relation(
        columns={
            name: frozenset({Origin("", value.sql(dialect=DIALECT))})
            for name, value in zip(names, values, strict=True)
        }
    )


def _union(upper: Relation, lower: Relation) -> Relation:
    """Columns by place under the names of the upper query; both queries' rows."""
    below = list(lower.columns.values())
    columns = {
        name: origins | (below[place] if place < len(below) else NOTHING)
        for place, (name, origins) in enumerate(upper.columns.items())
    }
    return Relation(columns=columns, rows=upper.rows | lower.rows, open_table=upper.open_table)


def _select(select: exp.Select, scope: _Scope) -> Relation:
    """Columns of one select; rows are those of the first table it reads."""
    tables: dict[str, Relation] = {}
    parts = [select.args["from_"].this] if select.args.get("from_") else []
    parts += [join.this for join in select.args.get("joins") or []]
    for part in parts:
        tables[part.alias_or_name.lower()] = _table(part, scope)
    first = next(iter(tables.values()), Relation(columns={}))
    columns: dict[str, Origins] = {}
    inner = _Scope(
        known=scope.known, common=scope.common, tables=tables, aliases=columns, outer=scope.outer
    )
    for chosen in select.expressions:
        if chosen.is_star:
            columns |= _star(chosen, tables)
        else:
            columns[chosen.alias_or_name.lower()] = _expression(chosen.unalias(), inner)
    is_open = any(chosen.is_star for chosen in select.expressions)
    return Relation(
        columns=columns, rows=first.rows, open_table=first.open_table if is_open else ""
    )


def _table(part: exp.Expression, scope: _Scope) -> Relation:
    """What a from or a join reads: a common table, a table of the database, or a query."""
    if not isinstance(part, exp.Table):
        return _query(part, scope)
    name = part.name.lower()
    if not part.db:
        if name not in scope.common:
            raise UnreadableSqlError(f"no table {name}")
        return scope.common[name]
    table = f"{part.db}.{part.name}".lower()
    columns = scope.known(table)
    return Relation(
        columns={column: frozenset({Origin(table, column)}) for column in columns or ()},
        rows=frozenset({Origin(table, ROWS)}),
        open_table=table if columns is None else "",
    )


def _star(chosen: exp.Expression, tables: Mapping[str, Relation]) -> dict[str, Origins]:
    """All columns a star stands for, without those it leaves out."""
    star = chosen.this if isinstance(chosen, exp.Column) else chosen
    left_out = {column.name.lower() for column in star.args.get("except_") or []}
    wanted = [tables[chosen.table.lower()]] if isinstance(chosen, exp.Column) else tables.values()
    return {
        name: origins
        for relation in wanted
        for name, origins in relation.columns.items()
        if name not in left_out
    }


def _expression(expression: exp.Expression, scope: _Scope) -> Origins:
    """Origins of a value; a value made of no column is a constant."""
    found = _named(expression, scope, parts=value_parts)
    found = found or _named(expression, scope, parts=exp.Expression.iter_expressions)
    if not found and expression.find(exp.Window, exp.AggFunc):
        found = next(iter(scope.tables.values())).rows
    if found:
        return found
    constant = expression.this if isinstance(expression, exp.Cast) else expression
    return frozenset({Origin("", constant.sql(dialect=DIALECT, comments=False))})


def _named(expression: exp.Expression, scope: _Scope, *, parts: Parts) -> Origins:
    """Origins of the columns an expression names, looking into its `parts`."""
    if isinstance(expression, exp.Query):
        inner = _Scope(known=scope.known, common=scope.common, outer=scope)
        found = NOTHING.union(*_query(expression, inner).columns.values())
        return frozenset(origin for origin in found if origin.table)
    if isinstance(expression, exp.Column):
        return _column(expression, scope)
    if isinstance(expression, exp.Star):
        return next(iter(scope.tables.values())).rows
    return NOTHING.union(*(_named(part, scope, parts=parts) for part in parts(expression)))


def _column(column: exp.Column, scope: _Scope | None) -> Origins:
    """Origins of a named column, looked for in the select and then in those around it.

    The name of a table stands for its rows as a whole.
    """
    name, table = column.name.lower(), column.table.lower()
    asked = column.sql()
    while scope is not None:
        if table:
            found = scope.tables[table].find(name) if table in scope.tables else None
        else:
            closed_first = sorted(scope.tables.values(), key=lambda each: bool(each.open_table))
            homes = (relation.find(name) for relation in closed_first)
            found = next((home for home in homes if home is not None), scope.aliases.get(name))
            if found is None and name in scope.tables:
                found = NOTHING.union(*scope.tables[name].columns.values())
        if found is not None:
            return found
        scope = scope.outer
    raise UnreadableSqlError(f"no column {asked}")
