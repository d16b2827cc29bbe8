"""Laws of syncs over small states and orders of calls, many states in one warehouse.

Mutations that must fail here: plan without asking eligibility; forget who refused once the plan is
made; forget who was erased; send again what was found there; forget removals on a resync; judge
removals after sending.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.syncs.sync_play import SEGMENTS, Play, assert_laws_at_rest, played
from tests.syncs.sync_states import QUIET, Block, Round, blocks, smallest

# groups of one warehouse, warehouses, and how many states with somebody in them that makes
SIZES = [(40, 4, 50), pytest.param(250, 34, 5_000, marks=pytest.mark.slow)]


@pytest.mark.parametrize(("groups", "examples", "least"), SIZES)
def test_laws_hold_over_small_states(groups: int, examples: int, least: int) -> None:
    states = sent = 0
    failed: list[Block] = []

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(blocks(groups))
    def laws_hold(block: Block) -> None:
        nonlocal states, sent
        failed[:] = [block]
        sent += _play(block)
        states += block.states
        failed.clear()

    try:
        laws_hold()
    except Exception as error:
        error.add_note(f"the smallest of it that fails:{smallest(failed[0], _fails)!r}")
        raise
    assert states >= least
    assert sent > states


def _fails(block: Block) -> bool:
    try:
        _play(block)
    except Exception:
        return True
    return False


def _play(block: Block) -> int:
    """Play a block; how much was done in the tool."""
    with played(block) as play:
        for number, one in enumerate(block.rounds):
            play.publish(one)
            for segment_id, call in zip(SEGMENTS, one.calls, strict=True):
                play.sync(segment_id, call)
            play.refuse(number)
            for segment_id in SEGMENTS:
                _sync_at_rest(play, segment_id, one)
            play.change(number)
        return len(play.home.tool.seen)


def _sync_at_rest(play: Play, segment_id: str, one: Round) -> None:
    """Sync without faults, first to hear who refuses; then take the last plan back, perhaps."""
    for is_resync in (False, *one.resyncs):
        before = _fields_of(play, segment_id)
        plan = play.sync(segment_id, replace(QUIET, is_resync=is_resync))
        if plan is None:
            return
    assert_laws_at_rest(play, segment_id)
    accepted = any(state == "accepted" for _, _, state, _ in play.home.changes(plan))
    if accepted and one.undoes:
        play.undo(plan)
        after = _fields_of(play, segment_id)
        may = play.wanted(segment_id)
        assert {email: before[email] for email in before if email in may} == {
            email: fields for email, fields in after.items() if email in may
        }
        assert after.keys() <= before.keys()


def _fields_of(play: Play, segment_id: str) -> dict[str, dict[str, str]]:
    """What the tool holds, without empty fields."""
    return {
        email: {name: text for name, text in fields.items() if text}
        for email, fields in play.home.tool.segments.get(segment_id, {}).items()
    }
