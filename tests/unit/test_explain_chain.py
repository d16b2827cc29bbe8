"""The chain of evidence between identifiers of a person is the shortest one."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.lib.explain.chain import chains


@pytest.fixture
def marts() -> duckdb.DuckDBPyConnection:
    """One person of five identifiers: device - login - address - contact, and device - address."""
    connection = duckdb.connect()
    connection.execute("create schema marts")
    connection.execute(
        "create table marts.dim_identifiers as select * from (values "
        "('d', 'anonymous_id', 'laptop', 'd', timestamp '2026-01-01'),"
        "('u', 'user_id', 'ana1', 'd', timestamp '2026-01-02'),"
        "('e', 'email', 'ana@acme.com', 'd', timestamp '2026-01-03'),"
        "('c', 'contact_id', 'con_1', 'd', timestamp '2026-01-04')"
        ") as t(identifier_id, identifier_type, identifier_value, person_id, first_seen_at)"
    )
    connection.execute(
        "create table marts.fct_identity_edges as select * from (values "
        "('d', 'u', 'd', 'web_events', 'files', 'e1', timestamp '2026-01-02'),"
        "('e', 'u', 'd', 'web_events', 'files', 'e2', timestamp '2026-01-03'),"
        "('d', 'e', 'd', 'orders', 'files', 'o1', timestamp '2026-02-03'),"
        "('c', 'e', 'd', 'contacts', 'files', 'con_1', timestamp '2026-01-04')"
        ") as t(left_identifier_id, right_identifier_id, person_id, evidence, source_system, "
        "source_record_id, first_seen_at)"
    )
    return connection


def test_the_shortest_way_between_two_is_told_step_by_step(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    steps = chains(marts, "d", between=("c", "d"))
    assert [(step["from"], step["to"], step["source_record_id"]) for step in steps] == [
        ("contact_id con_1", "email ana@acme.com", "con_1"),
        ("email ana@acme.com", "anonymous_id laptop", "o1"),
    ]


def test_every_identifier_is_reached_from_the_oldest(marts: duckdb.DuckDBPyConnection) -> None:
    told = {step["to"]: step["from"] for step in chains(marts, "d")}
    assert told == {
        "user_id ana1": "anonymous_id laptop",
        "email ana@acme.com": "anonymous_id laptop",
        "contact_id con_1": "email ana@acme.com",
    }
