"""A plan says what is to become true, and nothing more."""

from __future__ import annotations

import json

import pytest

from orchestration.lib.syncs.ledger import SyncError
from orchestration.lib.syncs.planning import sample_of
from tests.syncs.small_homes import Person, SyncHome

A, B, C = "a@acme-demo.com", "b@acme-demo.com", "c@acme-demo.com"


def people(*names: str) -> list[Person]:
    return [Person(person_id=name) for name in names]


def test_the_first_sync_adds_everybody(home: SyncHome) -> None:
    home.publish(*people("a", "b"))
    plan = home.plan()
    assert (plan.members, plan.additions, plan.updates, plan.removals) == (2, 2, 0, 0)
    assert plan.findings == []
    assert home.tool.calls == 0
    applied = home.apply(plan)
    assert applied.status == "applied"
    assert home.tool.segments["welcome"] == {
        A: {"FNAME": "Ana", "STAGE": "awareness"},
        B: {"FNAME": "Ana", "STAGE": "awareness"},
    }
    assert home.held() == home.tool.segments["welcome"]


def test_only_what_differs_is_sent(home: SyncHome) -> None:
    home.publish(*people("a", "b", "c"))
    home.sync()
    home.publish(Person(person_id="a", stage="decision"), Person(person_id="b"))
    plan = home.plan()
    assert (plan.additions, plan.updates, plan.removals, plan.unchanged) == (0, 1, 1, 1)
    rows = {row["operation"]: row for row in sample_of(home.ledger, plan.plan_id)}
    assert json.loads(rows["update"]["fields"]) == {"STAGE": "decision"}
    assert json.loads(rows["update"]["before"])["STAGE"] == "awareness"
    home.apply(plan)
    assert home.tool.segments["welcome"].keys() == {A, B}


def test_a_new_mapping_fills_only_its_field(home: SyncHome) -> None:
    home.publish(Person(person_id="a", payload={"tier": "A"}), Person(person_id="b"))
    home.sync(fields={"FNAME": "first_name"})
    home.tool.fields += ("TIER",)
    plan = home.plan(fields={"FNAME": "first_name", "TIER": "tier"})
    assert (plan.updates, plan.unchanged) == (1, 1), "b has no tier: nothing to say"
    assert json.loads(sample_of(home.ledger, plan.plan_id)[0]["fields"]) == {"TIER": "A"}


def test_moments_are_told_in_utc(home: SyncHome) -> None:
    home.publish(*people("a"))
    home.tool.fields += ("SINCE", "NOT_BEFORE")
    home.sync(fields={"SINCE": "entered_at", "NOT_BEFORE": "send_after"})
    told = {"SINCE": "2026-07-01T00:00:00Z", "NOT_BEFORE": "2026-07-01T06:00:00Z"}
    assert home.tool.segments["welcome"] == {A: told}


def test_a_field_that_is_no_longer_mapped_stays_as_it_is(home: SyncHome) -> None:
    home.publish(*people("a"))
    home.sync()
    assert home.plan(fields={"FNAME": "first_name"}).changes == 0


def test_a_value_that_went_away_is_cleared(home: SyncHome) -> None:
    home.publish(*people("a"))
    home.sync()
    home.publish(Person(person_id="a", stage=None))
    home.sync()
    assert home.tool.segments["welcome"][A] == {"FNAME": "Ana", "STAGE": None}


@pytest.mark.parametrize("field", ['"', "a b", "/~", "ü'", "$.x", "{}"])
def test_any_field_name_is_a_name(home: SyncHome, field: str) -> None:
    home.tool.fields = (field,)
    home.publish(Person(person_id="a", first_name="=1+1\n\u202e';drop"))
    home.sync(fields={field: "first_name"})
    assert home.tool.segments["welcome"][A] == {field: "=1+1\n\u202e';drop"}
    assert home.plan(fields={field: "first_name"}).changes == 0


@pytest.mark.parametrize(
    "refused",
    [
        Person(person_id="b", is_eligible=False),
        Person(person_id="b", is_eligible=None),
        Person(person_id="b", decisions=0),
        Person(person_id="b", decisions=2),
    ],
)
def test_without_exactly_one_yes_nobody_is_told(home: SyncHome, refused: Person) -> None:
    home.publish(*people("a"), refused)
    assert home.plan().members == 1


def test_an_address_is_closed_by_any_member_who_refused(home: SyncHome) -> None:
    home.publish(Person(person_id="a"), Person(person_id="b", email=A, is_eligible=False))
    assert home.plan().members == 0


def test_who_may_no_longer_be_told_is_removed(home: SyncHome) -> None:
    home.publish(*people("a", "b"))
    home.sync()
    home.publish(Person(person_id="a"), Person(person_id="b", is_eligible=False))
    home.sync()
    assert home.tool.segments["welcome"].keys() == {A}


def test_a_resync_sends_everything_and_still_removes(home: SyncHome) -> None:
    home.publish(*people("a", "b"))
    home.sync()
    home.tool.segments["welcome"][A]["FNAME"] = "somebody else"
    home.publish(*people("a"))
    plan = home.plan(resync=True)
    assert (plan.updates, plan.removals, plan.unchanged) == (1, 1, 0)
    home.apply(plan)
    assert home.tool.segments["welcome"] == {A: {"FNAME": "Ana", "STAGE": "awareness"}}


def test_a_new_address_takes_the_place_of_the_old_one(home: SyncHome) -> None:
    home.publish(*people("a", "b"))
    home.sync()
    home.publish(Person(person_id="a", email=B), Person(person_id="b", email=C))
    plan = home.plan()
    assert (plan.additions, plan.removals) == (1, 1)
    home.apply(plan)
    assert home.tool.segments["welcome"].keys() == {B, C}


def test_a_person_with_a_new_id_is_no_news(home: SyncHome) -> None:
    home.publish(*people("a"))
    home.sync()
    home.publish(Person(person_id="merged", email=A))
    assert home.plan().changes == 0


@pytest.mark.parametrize(
    "odd",
    [
        Person(person_id="", email="nobody@acme-demo.com"),
        Person(person_id="b", email=""),
        Person(person_id="b", email=A),
    ],
)
def test_a_bad_key_is_set_aside_and_stops(home: SyncHome, odd: Person) -> None:
    home.publish(*people("a", "c"))
    home.sync()
    home.publish(*people("a", "c"), odd)
    plan = home.plan()
    assert [one["guard"] for one in plan.findings] == ["bad_key"]
    assert plan.quarantined and plan.removals == 0
    with pytest.raises(SyncError, match="bad_key"):
        home.apply(plan)
    assert home.apply(plan, "bad_key").status == "applied"
    assert home.tool.segments["welcome"].keys() == {A, C}


def test_a_plan_replaces_the_one_that_waits(home: SyncHome) -> None:
    home.publish(*people("a"))
    old, new = home.plan(), home.plan()
    with pytest.raises(SyncError, match="replaced"):
        home.apply(old)
    assert home.apply(new).status == "applied"
