"""Reading a query: which columns its columns are made of, and what only chooses them."""

from __future__ import annotations

import pytest

from orchestration.lib.lineage.reading import UnreadableSqlError, read_columns

TABLES = {"a.x": ("id", "amount", "kind"), "a.y": ("id", "name", "amount")}

CASES = {
    "a renamed column": ("select amount as total from a.x", {"total": "a.x.amount"}),
    "a star": (
        "select * from a.x",
        {"id": "a.x.id", "amount": "a.x.amount", "kind": "a.x.kind"},
    ),
    "a star through common tables": (
        "with p as (select * from a.x), q as (select * from p) select q.kind from q",
        {"kind": "a.x.kind"},
    ),
    "a calculation": (
        "select x.amount * y.amount as product from a.x as x inner join a.y as y on x.id = y.id",
        {"product": "a.x.amount a.y.amount"},
    ),
    "a condition only chooses": (
        "select case when kind = 'k' then amount end as v from a.x",
        {"v": "a.x.amount"},
    ),
    "a choice between constants is made of what chooses": (
        "select case when kind = 'k' then 1 else 2 end as v from a.x",
        {"v": "a.x.kind"},
    ),
    "the order of a window only chooses": (
        "select first_value(name) over (partition by id order by amount) as v from a.y",
        {"v": "a.y.name"},
    ),
    "the value at the greatest key": (
        "select arg_max(name, amount) as v from a.y",
        {"v": "a.y.name"},
    ),
    "an ordered list": (
        "select string_agg(name, ',' order by amount) as v from a.y",
        {"v": "a.y.name"},
    ),
    "counted rows": (
        "with p as (select id from a.x) select count(*) as n from p",
        {"n": "a.x.*"},
    ),
    "a number in an order is made of what orders": (
        "select row_number() over (order by amount) as n from a.x",
        {"n": "a.x.amount"},
    ),
    "a number in a named order counts rows": (
        "select row_number() over o as n from a.x window o as (order by amount)",
        {"n": "a.x.*"},
    ),
    "a union by place": (
        "select id, kind from a.x union all select id, name from a.y",
        {"id": "a.x.id a.y.id", "kind": "a.x.kind a.y.name"},
    ),
    "a constant": ("select cast('k' as text) as v from a.x", {"v": ".'k'"}),
    "a query in a from": (
        "select p.v from (select kind as v from a.x) as p",
        {"v": "a.x.kind"},
    ),
    "a query as a value": (
        "select (select max(name) from a.y where y.id = x.id) as v from a.x as x",
        {"v": "a.y.name"},
    ),
    "a column beside a raw table, whose columns are not known": (
        "select name, whatever from a.y as y inner join raw.z as z on y.id = z.id",
        {"name": "a.y.name", "whatever": "raw.z.whatever"},
    ),
    "a raw column through a star": (
        "with p as (select * from raw.z) select whatever from p",
        {"whatever": "raw.z.whatever"},
    ),
    "an alias used beside its own select": (
        "select amount as v, v + 1 as w from a.x",
        {"v": "a.x.amount", "w": "a.x.amount"},
    ),
}


@pytest.mark.parametrize(("sql", "expected"), CASES.values(), ids=CASES)
def test_columns_of_a_query(sql: str, expected: dict[str, str]) -> None:
    columns = read_columns(sql, TABLES.get).columns
    found = {
        name: {f"{origin.table}.{origin.column}" for origin in origins}
        for name, origins in columns.items()
    }
    assert found == {name: set(origins.split()) for name, origins in expected.items()}


@pytest.mark.parametrize(
    "sql", ["select nothing from a.x", "select z.id from a.x as x", "select id from unknown"]
)
def test_what_no_table_has_is_refused(sql: str) -> None:
    with pytest.raises(UnreadableSqlError):
        read_columns(sql, TABLES.get)
