"""Two versions of a mart compared by key: rows, columns, amounts, examples, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import duckdb
import pytest

from orchestration.lib.publishing.contract import TableContract
from orchestration.lib.rule_effects.comparing import Differences, Sides, find_differences
from orchestration.lib.rule_effects.counting import MoneyMove, entities, moves_of
from orchestration.lib.rule_effects.details import detail_of
from orchestration.lib.rule_effects.wording import names_in

ANA, BEN, CEM, DAN = ("a" * 32, "b" * 32, "c" * 32, "d" * 32)
PERSONS = TableContract(
    schema="marts",
    name="dim_persons",
    columns={
        "person_id": "string",
        "account_id": "string",
        "email": "string",
        "first_name": "string",
        "last_name": "string",
        "lifecycle": "string",
        "rule_version": "bigint",
    },
    keys=(("person_id",),),
    personal=frozenset({"email", "first_name", "last_name"}),
)
CREDITS = TableContract(
    schema="marts",
    name="fct_attribution",
    columns={
        "conversion_id": "string",
        "model_id": "string",
        "touchpoint_id": "string",
        "credited_amount": "decimal(18, 2)",
    },
    keys=(("conversion_id", "model_id", "touchpoint_id"),),
    personal=frozenset(),
)
ROWS = {
    "before.marts.dim_persons": [
        (ANA, "x", "ana@shop.com", "Ana", "Ort", "lead", 1),
        (BEN, "x", "ben@shop.com", "Ben", "Ort", "lead", 1),
        (CEM, "y", "cem@shop.com", "Cem", "Ort", "mql", 1),
    ],
    "after.marts.dim_persons": [
        (ANA, "x", "ana@shop.com", "Ana", "Ort", "mql", 2),
        (BEN, "x", "ben@shop.com", "Ben", "Ort", "lead", 2),
        (DAN, "z", "dan@shop.com", "Dan", "Ort", "lead", 2),
    ],
    "before.marts.fct_attribution": [
        ("k", "first", "t1", 100),
        ("k", "last", "t1", 100),
        ("k", "last", None, 7),
    ],
    "after.marts.fct_attribution": [
        ("k", "first", "t1", 60),
        ("k", "first", "t2", 40),
        ("k", "last", "t1", 90),
        ("k", "last", "t2", 10),
        ("k", "last", None, 7),
    ],
}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Both versions, attached as before and after."""
    with duckdb.connect() as connection:
        for side in ("before", "after"):
            connection.execute(f"attach ':memory:' as {side}")
            connection.execute(f"create schema {side}.marts")
            for contract in (PERSONS, CREDITS):
                columns = ", ".join(f"{name} {type_}" for name, type_ in contract.columns.items())
                table = f"{side}.{contract.full_name}"
                marks = ", ".join("?" for _ in contract.columns)
                connection.execute(f"create table {table} ({columns})")
                connection.executemany(f"insert into {table} values ({marks})", ROWS[table])
        yield connection


def differences(connection: duckdb.DuckDBPyConnection) -> list[Differences]:
    sides = Sides(before="before", after="after")
    return find_differences(connection, [PERSONS, CREDITS], sides=sides, label="test")


def test_rows_are_found_by_key(connection: duckdb.DuckDBPyConnection) -> None:
    persons, credits = (moves_of(connection, one) for one in differences(connection))
    assert (persons.added, persons.removed, persons.changed) == (1, 1, 1)
    assert persons.columns == {"lifecycle": 1}, "a new version of a rule alone moves nothing"
    assert (persons.rows_before, persons.rows_after) == (3, 3)
    assert (persons.accounts, persons.persons) == (3, 3)
    assert (credits.added, credits.removed, credits.changed) == (2, 0, 2)
    assert (credits.accounts, credits.persons) == (None, None)
    assert entities(connection, differences(connection), "account_id") == 3


def test_amounts_are_those_of_the_model_that_moves_most(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _, credits = (moves_of(connection, one) for one in differences(connection))
    assert credits.money == (
        MoneyMove(column="credited_amount", within="first", risen=Decimal(40), fallen=Decimal(40)),
    )


def test_examples_hide_persons_unless_names_are_asked_for(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    persons = differences(connection)[0]
    moves = moves_of(connection, persons)
    masked = detail_of(connection, persons, moves, names={})
    assert tuple(map(str, masked.examples)) == (
        "aaaaaaaa of account x: lifecycle lead → mql",
        "cccccccc of account y: gone mql",
        "dddddddd of account z: new lead",
    )
    assert "Ort" not in str(masked) and "@" not in str(masked)
    named = detail_of(connection, persons, moves, names=names_in(connection, ["before", "after"]))
    assert str(named.examples[0]) == "Ana Ort of account x: lifecycle lead → mql"
    assert [(one.before, one.after, one.rows) for one in masked.transitions] == [
        ("lead", "mql", 1),
        (None, "lead", 1),
        ("mql", None, 1),
    ]


def test_a_mart_that_one_side_lacks_is_left_out(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("drop table before.marts.dim_persons")
    connection.execute("alter table after.marts.fct_attribution drop credited_amount")
    (credits,) = differences(connection)
    assert credits.columns == ("conversion_id", "model_id", "touchpoint_id")
    assert moves_of(connection, credits).changed == 0
