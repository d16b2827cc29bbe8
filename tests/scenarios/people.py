"""What a story expects of identity: identifiers and people by values, as the story has them."""

from __future__ import annotations

import duckdb

from tests.scenarios.stories import Row, Story, in_order, spelled

ABOUT_PEOPLE = (
    "dim_identifiers",
    "fct_identity_conflicts",
    "fct_identity_edges",
    "fct_person_field_conflicts",
    "fct_send_eligibility",
    "sync_segment_members",
)
# marts of a schema and a key of their own
SCHEMAS = dict.fromkeys(("fct_send_eligibility", "sync_segment_members"), "activation")
KEYS = {
    "fct_identity_edges": "left_identifier_id",
    "fct_person_field_conflicts": "person_id",
} | dict.fromkeys(SCHEMAS, "person_id")
# marts of which a story tells the rows with the values it names, not all
TOLD_BY = {"fct_send_eligibility": "purpose", "sync_segment_members": "segment_id"}


def found_people(
    story: Story, mart: str, warehouse: duckdb.DuckDBPyConnection
) -> tuple[list[Row], list[Row]]:
    """Expected and built rows of a mart about the story's identifiers, in one spelling."""
    expected = story.expected[mart]
    called, people = called_identifiers(story, warehouse)
    relation = warehouse.execute(
        f"select * from marts_build.{SCHEMAS.get(mart, 'marts')}.{mart} "
        f"where list_contains(?, {KEYS.get(mart, 'identifier_id')})",
        [list(people if mart in SCHEMAS else called)],
    )
    names = [column[0] for column in relation.description]
    built = []
    for values in relation.fetchall():
        row = dict(zip(names, values, strict=True))
        for column in ("person_id", "identifier_id"):
            row[column] = (people if column == "person_id" else called).get(row.get(column))
        built.append({column: without_name(story, spelled(row[column])) for column in expected[0]})
    told_by = TOLD_BY.get(mart)
    told = {row[told_by] for row in expected} if told_by else set()
    built = [row for row in built if not told_by or row[told_by] in told]
    return in_order(expected), in_order(built)


def called_identifiers(
    story: Story, warehouse: duckdb.DuckDBPyConnection
) -> tuple[dict[str, str], dict[str, str]]:
    """What the story calls its identifiers, by key, and its people: by their first identifier."""
    found = warehouse.execute(
        "select identifier_id, identifier_value, person_id from marts_build.marts.dim_identifiers "
        "where contains(identifier_value, ?) or contains(identifier_value, ?)",
        [f"{story.name}.", story.name.replace("_", "-")],
    ).fetchall()
    called = {key: without_name(story, value) for key, value, _ in found}
    people: dict[str, str] = {}
    for key, _, person in found:
        people[person] = min(called[key], people.get(person, called[key]))
    return called, people


def without_name(story: Story, text: str) -> str:
    """A value without the story's name before it."""
    return text.replace(f"{story.name}.", "").replace(f"{story.name.replace('_', '-')}-", "")
