"""Explanations: every chapter names rules and evidence, and what is unknown is said."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.explain import Story, explain_thing
from orchestration.lib.publishing.versions import version_path
from orchestration.lib.settings import Settings
from tests.unit.published_journeys import RUN_ID, published_home

LONG_ID = "0f" * 16


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with one published journey."""
    return published_home(tmp_path / "home")


def chapter(story: Story, title: str) -> list[dict[str, object]]:
    """Rows of the chapter whose title begins with `title`."""
    return next([*map(dict, part.rows)] for part in story.chapters if part.title.startswith(title))


@pytest.mark.parametrize("name", ["a1", "BRIGHT-demo.com", "<b>Bright & Co</b>"])
def test_an_account_by_id_domain_or_name(settings: Settings, name: str) -> None:
    story = explain_thing(settings, thing="account", name=name)
    (stage,) = chapter(story, "stages")
    assert (stage["rule_id"], stage["evidence_type"], stage["evidence_id"]) == (
        "awareness_b2b",
        "touchpoint",
        "t0",
    )


def test_a_touchpoint_names_the_rule_of_its_channel(settings: Settings) -> None:
    story = explain_thing(settings, thing="touchpoint", name="t0")
    (visit,) = chapter(story, "the visit")
    assert visit["channel_rule_id"] == "paid_search_by_gclid"


def test_a_person_by_address(settings: Settings) -> None:
    story = explain_thing(settings, thing="person", name="ana2@bright-demo.com")
    (contact,) = chapter(story, "may this person")
    assert contact["reason"] == "unsubscribed_purpose"


def test_an_identifier_names_the_rules_against_its_value_and_its_moment(settings: Settings) -> None:
    with duckdb.connect(str(version_path(settings, RUN_ID))) as marts:
        marts.execute(
            "create table marts.dim_identifiers as select 'p1' as person_id, 'kiosk' as "
            "identifier_value, 'anonymous_id_persons' as blocked_rule_id, "
            "'earliest_moment' as misdated_rule_id"
        )
    story = explain_thing(settings, thing="person", name="p1")
    (device,) = chapter(story, "identifiers")
    assert (device["blocked_rule_id"], device["misdated_rule_id"]) == (
        "anonymous_id_persons",
        "earliest_moment",
    )


@pytest.mark.parametrize(
    ("person", "title", "fact"),
    [
        ("p1", "is sent", "email_tool"),
        ("p2", "is not sent", "may not be contacted: unsubscribed_purpose"),
        ("p2", "is not sent", "frequency_cap, unsubscribed_purpose"),
        ("p3", "is not sent", "icp_tier is a (seen: b)"),
        ("p3", "is not sent", "nothing is known of this person's consent"),
        ("p4", "is not sent", "the rules match, but welcome goes first"),
        ("p5", "is not sent", "stage in consideration, decision (seen: nothing)"),
        ("p6", "is not sent", "the rules are for b2b, the person is not"),
        ("p7", "is not sent", "not known by name or address"),
    ],
)
def test_in_a_segment_or_why_not(settings: Settings, person: str, title: str, fact: str) -> None:
    story = explain_thing(settings, thing="segment", name="case_study", person=person)
    assert title in story.title
    assert any(fact in str(value) for value in story.summary.values())


@pytest.mark.parametrize(
    ("person", "verdicts"),
    [("p1", [True, True, True]), ("p3", [True, False, True]), ("p5", [False, True, False])],
)
def test_each_clause_shows_what_was_seen(
    settings: Settings, person: str, verdicts: list[bool]
) -> None:
    story = explain_thing(settings, thing="segment", name="case_study", person=person)
    rows = chapter(story, "rules")
    assert [row["holds"] for row in rows] == verdicts
    assert rows[0]["asks"] == "stage in consideration, decision"


@pytest.mark.parametrize("name", ["0f0f0f", "0F0F0F0F", "0f0f0f0f…"])
def test_an_id_may_be_given_by_its_beginning(settings: Settings, name: str) -> None:
    with duckdb.connect(str(version_path(settings, RUN_ID))) as connection:
        connection.execute(
            f"insert into marts.dim_persons (person_id, email) values ('{LONG_ID}', 'x@y-demo.com')"
        )
    story = explain_thing(settings, thing="person", name=name)
    assert story.summary["person_id"] == LONG_ID


def test_a_segment_shows_its_steps(settings: Settings) -> None:
    story = explain_thing(settings, thing="segment", name="case_study")
    assert chapter(story, "from matched")[0]["count"] == 3
    [run] = chapter(story, "what destinations had taken")
    assert (run["wanted_count"], run["added_count"], run["rejected_count"]) == (3, 2, 1)


def test_unknown_names_say_what_to_do(settings: Settings) -> None:
    with pytest.raises(TouchlineError) as raised:
        explain_thing(settings, thing="segment", name="nonsense")
    assert raised.value.remedy == "use one of: case_study"


def test_a_retired_account_leads_to_the_one_in_its_place(settings: Settings) -> None:
    with duckdb.connect(str(version_path(settings, RUN_ID))) as connection:
        connection.execute(
            "create table marts.fct_account_aliases as select 'gone' as old_account_id, "
            "'a1' as account_id, 'crm-7' as source_record_id, 'merged_by_crm' as rule_id"
        )
    for name in ("gone", "crm-7"):
        story = explain_thing(settings, thing="account", name=name)
        assert story.summary["account_id"] == "a1"
        (merged,) = chapter(story, "accounts of a CRM")
        assert merged["rule_id"] == "merged_by_crm"
