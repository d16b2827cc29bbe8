"""The attribute-rule engine gives what a reading of the rules clause by clause gives."""

from __future__ import annotations

import re
from collections.abc import Callable

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RULES = (
    "rule_id varchar, scope varchar, clause bigint, attribute varchar, operator varchar, "
    "value_text varchar, value_number decimal(18, 6), value_date date, result varchar, "
    "priority bigint, rule_version bigint, is_active boolean"
)
ATTRIBUTES = (
    "entity_id varchar, attribute varchar, value_text varchar, value_number decimal(18, 6), "
    "value_date date"
)
TEXTS = ("a", "B", "ab", "ba")
NEGATIVE = {"is_not": "is", "not_in": "in", "is_missing": "is_present"}
clauses = st.one_of(
    st.tuples(
        st.sampled_from(
            ["is", "is_not", "in", "not_in", "contains", "starts_with", "ends_with", "matches"]
        ),
        st.sampled_from(["a", "b", "a|ba"]).map(str),
        st.none(),
    ),
    st.tuples(
        st.sampled_from(["at_least", "at_most", "more_than", "less_than", "is", "is_not"]),
        st.none(),
        st.integers(0, 3),
    ),
    st.tuples(st.sampled_from(["is_present", "is_missing"]), st.none(), st.none()),
)
rules = st.dictionaries(
    st.sampled_from(["r1", "r2", "r3"]),
    st.lists(st.tuples(st.sampled_from(["x", "y"]), clauses), min_size=1, max_size=3),
    min_size=1,
)
values = st.one_of(
    st.tuples(st.sampled_from(TEXTS), st.none()),
    st.tuples(st.none(), st.integers(0, 3)),
    st.just((None, None)),
)
entities = st.dictionaries(
    st.sampled_from(["e1", "e2"]),
    st.lists(st.tuples(st.sampled_from(["x", "y"]), values), min_size=1, max_size=4),
    min_size=1,
)


@pytest.fixture(scope="session")
def matching(compiled: Callable[[str], str]) -> str:
    """The engine as SQL over tables `rules` and `attributes`."""
    return compiled("{{ match_attribute_rules(rules='rules', attributes='attributes') }}")


def meets(operator: str, text: str | None, number: int | None, seen: tuple) -> bool:
    """Whether one value meets one clause, negative operators read as their positive twin."""
    operator = NEGATIVE.get(operator, operator)
    seen_text, seen_number = seen
    if operator == "is_present":
        return seen_text is not None or seen_number is not None
    if text is not None:
        if seen_text is None:
            return False
        have, want = seen_text.lower(), text.lower()
        return {
            "is": have == want,
            "in": have in want.split("|"),
            "contains": want in have,
            "starts_with": have.startswith(want),
            "ends_with": have.endswith(want),
            "matches": re.search(want, have) is not None,
        }[operator]
    if seen_number is None:
        return False
    return {
        "is": seen_number == number,
        "at_least": seen_number >= number,
        "at_most": seen_number <= number,
        "more_than": seen_number > number,
        "less_than": seen_number < number,
    }[operator]


def expected(rules: dict, entities: dict) -> set[tuple[str, str]]:
    """(entity, rule) pairs of which every clause holds."""
    pairs = set()
    for entity, attributes in entities.items():
        for rule, clauses in rules.items():
            holds = (
                any(
                    meets(operator, text, number, value)
                    for name, value in attributes
                    if name == attribute
                )
                != (operator in NEGATIVE)
                for attribute, (operator, text, number) in clauses
            )
            if all(holds):
                pairs.add((entity, rule))
    return pairs


@given(rules=rules, entities=entities)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_engine_equals_a_reading_of_the_rules(matching: str, rules: dict, entities: dict) -> None:
    connection = duckdb.connect()
    connection.execute(f"create table rules ({RULES}); create table attributes ({ATTRIBUTES})")
    connection.executemany(
        "insert into rules values (?, 's', ?, ?, ?, ?, ?, null, 'out', 1, 1, true)",
        [
            (rule, position, attribute, operator, text, number)
            for rule, clauses in rules.items()
            for position, (attribute, (operator, text, number)) in enumerate(clauses)
        ],
    )
    connection.executemany(
        "insert into attributes values (?, ?, ?, ?, null)",
        [
            (entity, attribute, text, number)
            for entity, attributes in entities.items()
            for attribute, (text, number) in attributes
        ],
    )
    found = connection.execute(f"select entity_id, rule_id from ({matching})").fetchall()
    assert sorted(found) == sorted(expected(rules, entities))


def test_inactive_rows_do_not_count(matching: str) -> None:
    connection = duckdb.connect()
    connection.execute(f"create table rules ({RULES}); create table attributes ({ATTRIBUTES})")
    connection.execute(
        "insert into rules values ('r', 's', 1, 'x', 'is', 'a', null, null, 'out', 1, 1, false);"
        "insert into attributes values ('e', 'x', 'a', null, null)"
    )
    assert connection.execute(matching).fetchall() == []
