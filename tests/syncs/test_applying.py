"""Applying a plan: what moved, who refused, and every way an answer can fail to come."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from orchestration.lib.destinations.contract import DestinationError, Refusal, UnknownOutcomeError
from orchestration.lib.syncs.ledger import SyncError, plan_of
from orchestration.lib.syncs.verifying import verify_segment
from tests.syncs.memory_tool import Killed
from tests.syncs.small_homes import SEGMENT, Person, SyncHome

LATER = datetime(2026, 7, 1, 9, tzinfo=UTC)


def address(person_id: str) -> str:
    return f"{person_id}@acme-demo.com"


def crowd(count: int) -> list[Person]:
    return [Person(person_id=f"p{number}") for number in range(count)]


def states(home: SyncHome, plan_id: str) -> dict[str, int]:
    return dict(
        home.ledger.execute(
            "select state, count(*) from sync_changes where plan_id = ? group by 1", [plan_id]
        ).fetchall()
    )


def assert_once(home: SyncHome) -> None:
    """Nothing was done twice, and the tool holds what the ledger says."""
    assert set(home.tool.done.values()) <= {1}
    assert verify_segment(home.ledger, home.tool, SEGMENT).agrees
    assert home.held().keys() == home.tool.segments.get(SEGMENT, {}).keys()


def test_a_plan_of_another_version_is_refused(home: SyncHome) -> None:
    home.publish(*crowd(2))
    plan = home.plan()
    home.publish(*crowd(2))
    with pytest.raises(SyncError, match="was published since"):
        home.apply(plan)
    assert home.tool.calls == 0


def test_a_plan_is_applied_once(home: SyncHome) -> None:
    home.publish(*crowd(2))
    plan = home.sync()
    with pytest.raises(SyncError, match="is applied"):
        home.apply(plan)
    assert_once(home)


@pytest.mark.parametrize("fault", ["lost_before", "lost_after", "silent"])
def test_a_lost_answer_is_looked_up(home: SyncHome, fault: str) -> None:
    home.publish(*crowd(3))
    home.tool.faults = [fault]
    assert home.sync().status == "applied"
    assert len(home.held()) == 3
    assert_once(home)


@pytest.mark.parametrize("fault", ["killed_before", "killed_after"])
def test_a_kill_neither_loses_nor_repeats(home: SyncHome, fault: str) -> None:
    home.publish(*crowd(3))
    plan = home.plan()
    home.tool.faults = [fault]
    with pytest.raises(Killed):
        home.apply(plan)
    home.restart()
    assert states(home, plan.plan_id) == {"sent": 3}
    assert home.apply(plan).status == "applied"
    assert len(home.held()) == 3
    assert_once(home)


def test_a_tool_that_never_answers_leaves_it_open(home: SyncHome) -> None:
    home.publish(*crowd(2))
    plan = home.plan()
    home.tool.faults = ["lost_before"] * 3
    with pytest.raises(UnknownOutcomeError):
        home.apply(plan)
    assert plan_of(home.ledger, plan.plan_id).status == "stopped"
    assert home.apply(plan).status == "applied"
    assert_once(home)


def test_a_tool_that_is_down_leaves_it_unsent(home: SyncHome) -> None:
    home.publish(*crowd(2))
    plan = home.plan()
    home.tool.faults = ["", "down"]
    home.tool.row = home.tool.row.__class__(destination="mail_tool", kind="memory", batch_size=1)
    home.tool.faults = ["", "down", "down"]
    with pytest.raises(DestinationError):
        home.apply(plan)
    assert states(home, plan.plan_id) == {"accepted": 1, "planned": 1}
    home.tool.faults = []
    assert home.apply(plan).status == "applied"
    assert_once(home)


def test_one_poisoned_row_stops_nobody_else(home: SyncHome) -> None:
    home.publish(*crowd(20))
    home.tool.poisoned = {address("p7"), address("p13")}
    plan = home.sync()
    assert plan.status == "applied"
    assert len(home.held()) == 18
    refused = [change for change in home.changes(plan) if change[2] != "accepted"]
    assert {(email, state) for _, email, state, _ in refused} == {
        (email, "rejected_permanent") for email in home.tool.poisoned
    }
    assert {reason for *_, reason in refused} == {"the batch is malformed"}
    assert_once(home)
    again = home.plan()
    assert (again.changes, again.withheld) == (0, 2)
    home.publish(*crowd(20)[:7], Person(person_id="p7", stage="decision"), *crowd(20)[8:])
    assert (home.plan().additions, home.plan(resync=True).withheld) == (1, 0)


def test_where_all_are_refused_nobody_is_blamed(home: SyncHome) -> None:
    home.publish(*crowd(20))
    home.tool.poisoned = {address(f"p{number}") for number in range(20)}
    plan = home.sync()
    assert states(home, plan.plan_id) == {"rejected_retryable": 20}
    home.tool.poisoned = set()
    home.sync()
    assert len(home.held()) == 20


def test_what_was_refused_for_now_comes_again(home: SyncHome) -> None:
    home.publish(*crowd(4))
    home.tool.faults = ["partial"]
    assert states(home, home.sync().plan_id) == {"accepted": 2, "rejected_retryable": 2}
    assert states(home, home.sync().plan_id) == {"accepted": 2}
    assert_once(home)


def test_a_state_of_compliance_is_not_asked_again(home: SyncHome) -> None:
    home.publish(*crowd(2))
    home.tool.incompliant = {address("p0")}
    home.sync()
    assert (home.plan().changes, home.plan().withheld) == (0, 1)


def test_a_canary_that_is_not_found_stops(home: SyncHome) -> None:
    home.tool.row = home.tool.row.__class__(
        destination="mail_tool", kind="memory", canary_share=0.1
    )
    home.publish(*crowd(20))
    plan = home.plan()
    for _ in range(2):
        home.tool.faults = ["ignored"]
        with pytest.raises(SyncError, match="canary"):
            home.apply(plan)
    assert states(home, plan.plan_id) == {"planned": 16, "rejected_retryable": 4}
    assert home.held() == {}
    home.apply(plan)
    home.sync()
    assert len(home.held()) == 20
    assert_once(home)


def test_a_tool_that_takes_nothing_is_left_alone(home: SyncHome) -> None:
    home.tool.row = home.tool.row.__class__(destination="mail_tool", kind="memory", batch_size=2)
    home.publish(*crowd(20))
    home.tool.poisoned = {address(f"p{number}") for number in range(20)}
    with pytest.raises(SyncError, match="3 batches in a row"):
        home.sync()


def test_who_refused_since_is_dropped_by_any_address(home: SyncHome) -> None:
    home.publish(
        Person(person_id="a", emails=("private@mail-demo.com",)),
        Person(person_id="b", email="b+news@mail-demo.com"),
        Person(person_id="c"),
    )
    plan = home.plan()
    home.tool.refused = [
        Refusal(email="Private+x@mail-demo.com", status="unsubscribed", happened_at=LATER),
        Refusal(email="b@mail-demo.com", status="complained", happened_at=LATER, reason="spam"),
    ]
    home.apply(plan)
    assert home.held().keys() == {address("c")}
    assert states(home, plan.plan_id) == {"accepted": 1, "dropped": 2}
    assert home.plan().members == 1, "the version does not know it yet, the ledger does"


def test_refusals_are_landed_once_and_whole(home: SyncHome) -> None:
    home.publish(*crowd(1))
    home.tool.refused = [
        Refusal(email="A@x-demo.com", status="unsubscribed", happened_at=LATER),
        Refusal(email="b@x-demo.com", status="complained", happened_at=LATER, reason="abuse"),
        Refusal(email="c@x-demo.com", status="bounced_hard", happened_at=LATER),
        Refusal(email="d@x-demo.com", status="suppressed", happened_at=LATER),
    ]
    home.sync()
    home.sync()
    folder = home.settings.landing / "files" / "consents"
    (file,) = folder.iterdir()
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(row["email"], row["status"], row["reason"]) for row in rows] == [
        ("a@x-demo.com", "unsubscribed", None),
        ("b@x-demo.com", "suppressed", "complained: abuse"),
        ("c@x-demo.com", "cleaned", "bounced_hard"),
        ("d@x-demo.com", "suppressed", None),
    ]
    assert {(row["source"], row["channel"], row["changed_at"]) for row in rows} == {
        ("mail_tool", "email", "2026-07-01T09:00:00Z")
    }


def test_a_refusal_holds_until_the_version_has_read_it(home: SyncHome) -> None:
    home.publish(*crowd(1))
    home.tool.refused = [Refusal(email=address("p0"), status="unsubscribed", happened_at=LATER)]
    home.sync()
    file = "files/consents/refusals_000001.jsonl"
    home.publish(*crowd(1), files=[file])
    assert home.plan().members == 0, "it happened after the moment the version speaks of"
    home.publish(*crowd(1), as_of=datetime(2026, 7, 2))
    assert home.plan().members == 0, "the version did not read the file"
    home.publish(*crowd(1), files=[file], as_of=datetime(2026, 7, 2))
    assert home.plan().members == 1, "the person confirmed again: eligibility decides"


def test_a_crash_is_not_resumed_for_who_refused_meanwhile(home: SyncHome) -> None:
    home.publish(*crowd(2))
    plan = home.plan()
    home.tool.faults = ["killed_before"]
    with pytest.raises(Killed):
        home.apply(plan)
    home.restart()
    home.tool.refused = [Refusal(email=address("p0"), status="complained", happened_at=LATER)]
    home.apply(plan)
    assert home.tool.segments[SEGMENT].keys() == {address("p1")}
    later = home.plan()
    assert (later.removals, later.additions) == (1, 0), "it might yet have arrived"


def test_a_crash_is_not_resumed_with_a_plan_that_moved(home: SyncHome) -> None:
    home.publish(*crowd(2))
    plan = home.plan()
    home.tool.faults = ["killed_before"]
    with pytest.raises(Killed):
        home.apply(plan)
    home.restart()
    home.publish(Person(person_id="p0", is_eligible=False), Person(person_id="p1"))
    with pytest.raises(SyncError, match="was published since"):
        home.apply(plan)
    assert home.tool.segments.get(SEGMENT, {}) == {}
    home.sync()
    assert home.tool.segments[SEGMENT].keys() == {address("p1")}


def test_who_may_have_arrived_is_added_again_if_still_wanted(home: SyncHome) -> None:
    nobody = Person(person_id="p0", first_name=None, stage=None)
    home.publish(nobody)
    plan = home.plan()
    home.tool.faults = ["killed_before"]
    with pytest.raises(Killed):
        home.apply(plan)
    home.publish(nobody)
    with pytest.raises(SyncError, match="was published since"):
        home.apply(plan)
    assert home.sync().additions == 1
    assert home.tool.segments[SEGMENT].keys() == {address("p0")}


def test_a_refused_type_is_landed_for_its_purposes_else_for_all(home: SyncHome) -> None:
    rows = "rule_id,destination,subscription_type,purpose,is_active\n"
    rows += "news,mail_tool,12,newsletter,true\ncalled,mail_tool,13,triggered,true\n"
    home.settings.rules.mkdir(parents=True, exist_ok=True)
    (home.settings.rules / "subscription_types.csv").write_text(rows)
    home.publish(*crowd(1))
    home.tool.refused = [
        Refusal(
            email=f"{kind}@x-demo.com", status="unsubscribed", happened_at=LATER,
            subscription_type=kind,
        )
        for kind in ("12", "13", "14")
    ]  # fmt: skip
    home.sync()
    (file,) = (home.settings.landing / "files" / "consents").iterdir()
    told = [json.loads(line) for line in file.read_text().splitlines()]
    assert {row["email"]: row["purpose"] for row in told} == {
        "12@x-demo.com": "newsletter",
        "13@x-demo.com": "marketing",
        "14@x-demo.com": None,
    }
