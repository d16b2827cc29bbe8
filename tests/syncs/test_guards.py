"""Each guard stops what it is for, says its figures, and gives way only to a reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.lib.syncs.guards import CHECKS, read_guards
from orchestration.lib.syncs.ledger import Plan, SyncError
from tests.syncs.memory_tool import Killed
from tests.syncs.small_homes import NOW, SEGMENT, TOOL, Person, SyncHome

HEADER = "rule_id,guard,destination,threshold,min_count,severity,is_active,rule_version,note\n"


def crowd(first: int, last: int) -> list[Person]:
    return [Person(person_id=f"p{number:05d}") for number in range(first, last)]


def found(plan: Plan) -> dict[str, str]:
    return {one["guard"]: one["text"] for one in plan.findings}


def assert_stops(home: SyncHome, plan: Plan, guard: str) -> None:
    """The plan is held back by this guard alone, and lets go of it for a reason that is kept."""
    before, calls = home.held(), home.tool.calls
    assert list(found(plan)) == [guard]
    with pytest.raises(SyncError, match=guard):
        home.apply(plan)
    with pytest.raises(SyncError, match="needs a reason"):
        home.apply(plan, guard, reason=" ")
    assert (home.held(), home.tool.calls) == (before, calls)
    applied = home.apply(plan, guard, reason="asked for by Ana")
    assert (applied.overridden, applied.override_reason) == ([guard], "asked for by Ana")
    assert applied.status == "applied"


def test_every_guard_has_a_shipped_row(home: SyncHome) -> None:
    assert {guard.guard for guard in home.guards()} == set(CHECKS)


def test_an_empty_segment(home: SyncHome) -> None:
    home.publish(*crowd(0, 3))
    home.sync()
    home.publish()
    plan = home.plan()
    assert found(plan) == {"empty_segment": "nobody is left of 3 members"}
    assert_stops(home, plan, "empty_segment")
    assert home.tool.segments["welcome"] == {}


def test_an_empty_segment_that_never_had_anybody(home: SyncHome) -> None:
    home.publish()
    assert found(home.plan()) == {}


def test_a_segment_that_a_row_lets_become_empty(home: SyncHome) -> None:
    """Its row wins over that of the destination; beyond its threshold it stops all the same."""
    header = HEADER.replace("destination,", "destination,segment_id,")
    own = (
        f"of_tool,empty_segment,{TOOL},,0,0,stop,true,1,\n"
        f"of_segment,empty_segment,,{SEGMENT},2,0,stop,true,1,\n"
    )
    home.settings.rules.mkdir()
    (home.settings.rules / "sync_guards.csv").write_text(header + own)
    home.publish(*crowd(0, 2))
    home.sync()
    home.publish()
    assert found(home.plan()) == {}
    home.sync()
    assert home.tool.segments[SEGMENT] == {}
    home.publish(*crowd(0, 3))
    home.sync()
    home.publish()
    assert list(found(home.plan())) == ["empty_segment"]


@pytest.mark.parametrize(("segment_id", "stops"), [("abandoned_cart", False), ("win_back", True)])
def test_the_last_one_leaves_an_urgent_segment(
    home: SyncHome, segment_id: str, stops: bool
) -> None:
    guards = read_guards(home.settings, TOOL, segment_id)
    home.publish(Person(person_id="a", segment_id=segment_id))
    home.apply(home.plan(segment_id, guards=guards))
    home.publish(segments=[segment_id])
    assert bool(found(home.plan(segment_id, guards=guards))) == stops


def test_a_share_of_removals(home: SyncHome) -> None:
    home.publish(*crowd(0, 100))
    home.sync()
    home.publish(*crowd(30, 100))
    assert found(home.plan()) == {}
    home.publish(*crowd(31, 100))
    plan = home.plan()
    assert found(plan) == {"removals_share": "31 of 100 would be removed (31%)"}
    assert_stops(home, plan, "removals_share")


def test_a_short_list_that_shrinks(home: SyncHome) -> None:
    home.publish(*crowd(0, 15))
    home.sync()
    home.publish(*crowd(12, 15))
    assert found(home.plan()) == {}
    home.publish(*crowd(13, 25))
    assert found(home.plan()) == {}
    home.publish(*crowd(13, 15))
    plan = home.plan()
    assert found(plan) == {"shrinks": "of 15 members 2 would be left"}
    assert_stops(home, plan, "shrinks")


def test_a_number_of_removals(home: SyncHome) -> None:
    own = "removals_count,removals_count,,2,0,stop,true,1,\n"
    home.settings.rules.mkdir()
    (home.settings.rules / "sync_guards.csv").write_text(HEADER + own)
    home.publish(*crowd(0, 10))
    home.sync()
    home.publish(*crowd(3, 10))
    plan = home.plan()
    assert found(plan) == {"removals_count": "3 would be removed, more than 2"}
    assert_stops(home, plan, "removals_count")


def test_a_share_of_additions(home: SyncHome) -> None:
    home.publish(*crowd(0, 100))
    home.sync()
    home.publish(*crowd(0, 200))
    assert found(home.plan()) == {}
    home.publish(*crowd(0, 201))
    plan = home.plan()
    assert found(plan) == {"additions_share": "101 would be added to 100"}
    assert_stops(home, plan, "additions_share")


def test_a_stale_version(home: SyncHome) -> None:
    home.publish(*crowd(0, 2))
    assert found(home.plan(now=NOW + timedelta(hours=42))) == {}
    plan = home.plan(now=NOW + timedelta(hours=43))
    text = "the published version speaks of 2026-07-01 00:00, 49 h ago"
    assert found(plan) == {"stale_version": text}
    assert_stops(home, plan, "stale_version")


def test_a_source_that_fell_silent_stops_messages_and_no_removal(home: SyncHome) -> None:
    home.publish(*crowd(0, 10))
    home.sync()
    home.publish(*crowd(1, 10), silent=["consents"])
    assert found(home.plan()) == {}
    home.publish(*crowd(1, 11), silent=["consents"])
    plan = home.plan()
    assert found(plan) == {
        "stale_source": "who refused may not be known: files.consents has brought nothing since "
        "2026-06-28 00:00 UTC, 72 h (freshness_promises consents: 48 h)"
    }
    assert_stops(home, plan, "stale_source")


def test_a_version_older_than_one_applied(home: SyncHome) -> None:
    home.publish(*crowd(0, 2))
    home.publish(*crowd(0, 2))
    home.sync()
    home.versions -= 2
    (home.settings.home / "v0001.duckdb").unlink()
    home.publish(*crowd(0, 1))
    plan = home.plan()
    assert found(plan) == {"older_version": "version v0001 is older than v0002, applied before"}
    assert_stops(home, plan, "older_version")


def test_a_plan_of_which_nobody_knows_what_arrived(home: SyncHome) -> None:
    home.publish(*crowd(0, 2))
    lost = home.plan()
    home.tool.faults = ["killed_after"]
    with pytest.raises(Killed):
        home.apply(lost)
    home.restart()
    home.publish(*crowd(0, 1))
    plan = home.plan()
    assert list(found(plan)) == ["unresolved_plan"]
    assert lost.plan_id in found(plan)["unresolved_plan"]
    with pytest.raises(SyncError, match="only now settled"):
        home.apply(plan, "unresolved_plan")
    again = home.plan()
    assert (found(again), again.removals) == ({}, 1)
    home.apply(again)
    assert home.tool.segments["welcome"].keys() == {"p00000@acme-demo.com"}


def test_a_field_the_tool_does_not_have(home: SyncHome) -> None:
    home.publish(*crowd(0, 2))
    plan = home.plan(lacking=["no field STAGE"])
    assert found(plan) == {"unknown_field": "the tool cannot take what is mapped: no field STAGE"}
    assert_stops(home, plan, "unknown_field")


def test_the_row_of_a_destination_wins_and_may_only_warn(home: SyncHome) -> None:
    own = f"mine,removals_share,{TOOL},0,1,warn,true,1,\nother,bad_key,elsewhere,5,0,stop,true,1,\n"
    home.settings.rules.mkdir()
    (home.settings.rules / "sync_guards.csv").write_text(HEADER + own)
    guards = {guard.guard: guard for guard in read_guards(home.settings, TOOL, SEGMENT)}
    assert guards["bad_key"].threshold == 0
    assert len(guards) == len(CHECKS)
    home.publish(*crowd(0, 3))
    home.sync()
    home.publish(*crowd(1, 3))
    plan = home.plan()
    assert list(found(plan)) == ["removals_share"]
    assert home.apply(plan).status == "applied"


def test_the_ledger_is_for_its_owner_alone(home: SyncHome) -> None:
    ledger: Path = home.settings.state / "syncs.duckdb"
    assert ledger.stat().st_mode & 0o777 == 0o600
