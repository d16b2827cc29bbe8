"""Reading back finds what the tool lost, gained or changed."""

from __future__ import annotations

from orchestration.lib.syncs.verifying import verify_segment
from tests.syncs.small_homes import SEGMENT, Person, SyncHome


def test_each_disagreement_is_found(home: SyncHome) -> None:
    home.publish(*[Person(person_id=f"p{number}") for number in range(5)])
    home.sync()
    found = verify_segment(home.ledger, home.tool, SEGMENT)
    assert (found.agrees, found.checked) == (True, 5)
    held = home.tool.segments[SEGMENT]
    del held["p0@acme-demo.com"]
    held["p1@acme-demo.com"] = {"FIRST_NAME": "Ana", "STAGE": "awareness"}
    held["stranger@acme-demo.com"] = {}
    found = verify_segment(home.ledger, home.tool, SEGMENT)
    assert not found.agrees
    assert found.missing == ["p0"]
    assert found.differing == [("p1", ("FNAME",))]
    assert found.unexpected == 1
    assert found.facts()["missing_persons"] == ["p0"]


def test_a_sample_is_read_by_address(home: SyncHome) -> None:
    home.publish(*[Person(person_id=f"p{number}") for number in range(5)])
    home.sync()
    assert verify_segment(home.ledger, home.tool, SEGMENT, sample=3).checked == 3
    home.tool.segments[SEGMENT].clear()
    assert len(verify_segment(home.ledger, home.tool, SEGMENT, sample=3).missing) == 3


def test_a_resync_mends_what_was_found(home: SyncHome) -> None:
    home.publish(Person(person_id="a"))
    home.tool.faults = ["ignored"]
    home.sync()
    assert not verify_segment(home.ledger, home.tool, SEGMENT).agrees
    home.sync(resync=True)
    assert verify_segment(home.ledger, home.tool, SEGMENT).agrees
