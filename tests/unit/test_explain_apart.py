"""Identifiers are found as people write them; of two that are not one person it is told why."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.explain.apart import pairs_that_join_nobody, way_apart
from orchestration.lib.explain.identifiers import find_identifier, written_as

HOLDERS = """
    create table marts.dim_identifiers as select * from (values
        ('ana', 'email', 'ana@acme.com', 'ana', null),
        ('phone', 'phone', '+4930901820', 'phone', 'phone_persons'),
        ('ben', 'email', 'ben@acme.com', 'ben', null),
        ('cleo', 'email', 'cleo@acme.com', 'cleo', null),
        ('one', 'contact_id', '7', 'cleo', null),
        ('two', 'contact_id', '7', 'dan', null),
        ('dan', 'email', 'dan@acme.com', 'dan', null),
        ('eve', 'email', 'eve@acme.com', 'eve', null)
    ) as t(identifier_id, identifier_type, identifier_value, person_id, blocked_rule_id)
"""
# ana and ben share a phone; ben and cleo were unlinked; cleo and dan were parted; eve is alone
PAIRS = """
    create table marts.fct_identity_edges as
    select *, unused_reason is null as is_used, null::varchar as linked_by,
        'files' as source_system, timestamp '2026-01-01' as first_seen_at
    from (values
        ('ana', 'phone', 'blocked', 'contacts', 'c1', null),
        ('ben', 'phone', 'blocked', 'contacts', 'c2', null),
        ('ben', 'cleo', 'unlinked', 'leads', 'l1', 'not_the_same'),
        ('cleo', 'one', null, 'contacts', 'c3', null),
        ('one', 'two', 'parted', 'leads', 'l2', null),
        ('dan', 'two', null, 'contacts', 'c4', null)
    ) as t(left_identifier_id, right_identifier_id, unused_reason, evidence, source_record_id,
        denied_by)
"""
CONFLICTS = """
    create table marts.fct_identity_conflicts as select * from (values
        ('person_limit', 'contacts_of_a_person', 'cleo', 'dan'),
        ('type_cap', 'phone_persons', 'cleo', 'dan')
    ) as t(kind, rule_id, first_person_id, last_person_id)
"""


@pytest.fixture
def marts() -> duckdb.DuckDBPyConnection:
    """Five people whom records tie together and rules keep apart."""
    connection = duckdb.connect()
    connection.execute("create schema marts")
    connection.execute(HOLDERS)
    connection.execute(
        "alter table marts.dim_identifiers add column first_seen_at timestamp "
        "default timestamp '2026-01-01'"
    )
    connection.execute(PAIRS)
    connection.execute(CONFLICTS)
    return connection


@pytest.mark.parametrize(
    "text", ["+49 30 901820", "0049 (30) 90-18.20", "+4930901820", "PHONE +4930901820", "phone"]
)
def test_a_phone_is_found_however_it_is_written(
    marts: duckdb.DuckDBPyConnection, text: str
) -> None:
    assert [found.key for found in written_as(marts, text)] == ["phone"]


def test_what_several_have_is_the_persons_own_or_asked_for(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    assert find_identifier(marts, "7", person_id="dan").key == "two"
    with pytest.raises(TouchlineError, match="2 others"):
        find_identifier(marts, "7", person_id="ana")
    with pytest.raises(TouchlineError, match="or any other"):
        find_identifier(marts, "nobody@acme.com", person_id="ana")


def test_every_step_says_whether_it_joins_and_by_which_rule_not(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    ana, dan = (find_identifier(marts, f"{who}@acme.com", person_id=who) for who in ("ana", "dan"))
    way = way_apart(marts, ana, dan)
    assert [(step["from"], step["to"], step["joins"], step["rule_id"]) for step in way] == [
        ("email ana@acme.com", "phone +4930901820", "blocked", "phone_persons"),
        ("phone +4930901820", "email ben@acme.com", "blocked", "phone_persons"),
        ("email ben@acme.com", "email cleo@acme.com", "unlinked", "not_the_same"),
        ("email cleo@acme.com", "contact_id 7", "yes", None),
        ("contact_id 7", "contact_id 7", "parted", "contacts_of_a_person"),
        ("contact_id 7", "email dan@acme.com", "yes", None),
    ]


def test_nothing_leads_to_whom_no_record_ties(marts: duckdb.DuckDBPyConnection) -> None:
    ana, eve = (find_identifier(marts, f"{who}@acme.com", person_id=who) for who in ("ana", "eve"))
    assert way_apart(marts, ana, eve) == []


def test_a_shared_phone_tells_who_shares_it(marts: duckdb.DuckDBPyConnection) -> None:
    pairs = pairs_that_join_nobody(marts, "phone")
    assert [(pair["to"], pair["joins"], pair["to_person"]) for pair in pairs] == [
        ("email ana@acme.com", "blocked", "ana"),
        ("email ben@acme.com", "blocked", "ben"),
    ]
