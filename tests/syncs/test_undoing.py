"""A plan can be taken back, for everybody who may still be contacted."""

from __future__ import annotations

import pytest

from orchestration.lib.syncs.ledger import SyncError, plan_of
from tests.syncs.small_homes import SEGMENT, Person, SyncHome

A, B, C = "a@acme-demo.com", "b@acme-demo.com", "c@acme-demo.com"


def changed(home: SyncHome) -> tuple[dict, object]:
    """What the tool held, and a plan that added c, removed b and changed a."""
    home.publish(Person(person_id="a"), Person(person_id="b"))
    home.sync()
    before = {email: dict(fields) for email, fields in home.tool.segments[SEGMENT].items()}
    home.publish(
        Person(person_id="a", stage="decision"),
        Person(person_id="b", is_member=False),
        Person(person_id="c"),
    )
    return before, home.sync()


def test_undo_brings_back_the_state_before(home: SyncHome) -> None:
    before, plan = changed(home)
    assert home.tool.segments[SEGMENT] != before
    undo = home.undo(plan)
    assert (undo.additions, undo.updates, undo.removals) == (1, 1, 1)
    home.apply(undo)
    assert home.tool.segments[SEGMENT] == before == home.held()
    assert plan_of(home.ledger, plan.plan_id).status == "undone"
    home.sync()
    assert home.tool.segments[SEGMENT].keys() == {A, C}


def test_nobody_comes_back_who_may_not_be_contacted(home: SyncHome) -> None:
    _, plan = changed(home)
    home.publish(
        Person(person_id="a", stage="decision"),
        Person(person_id="b", is_member=False, is_eligible=False),
        Person(person_id="c"),
    )
    undo = home.undo(plan)
    assert (undo.additions, undo.withheld) == (0, 1)
    home.apply(undo)
    assert home.tool.segments[SEGMENT].keys() == {A}


def test_nobody_comes_back_to_a_mailbox_another_owner_closed(home: SyncHome) -> None:
    _, plan = changed(home)
    other = Person(person_id="x", email="b+x@acme-demo.com", is_member=False, is_eligible=False)
    home.publish(
        Person(person_id="a"), Person(person_id="b", is_member=False), Person(person_id="c"), other
    )
    assert (home.undo(plan).additions, home.undo(plan).withheld) == (0, 1)


def test_only_the_last_plan_is_taken_back(home: SyncHome) -> None:
    _, plan = changed(home)
    home.publish(Person(person_id="c"))
    last = home.sync()
    with pytest.raises(SyncError, match=f"{last.plan_id} was applied since"):
        home.undo(plan)


def test_an_undo_passes_the_guards(home: SyncHome) -> None:
    home.publish(*[Person(person_id=f"p{number}") for number in range(30)])
    undo = home.undo(home.sync())
    assert {one["guard"] for one in undo.findings} == {"empty_segment", "removals_share"}
    with pytest.raises(SyncError, match="empty_segment"):
        home.apply(undo)
    home.apply(undo, "empty_segment", "removals_share", reason="wrong list")
    assert home.tool.segments[SEGMENT] == {}
