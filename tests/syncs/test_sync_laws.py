"""Laws of syncs over random small states and orders of calls, many states in one warehouse.

Mutations that must fail here: plan without asking eligibility; forget who refused once the plan is
made; send again what was found there; forget removals on a resync; judge removals after sending.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.syncs.sync_play import SEGMENTS, Play, assert_laws_at_rest, fields_of, plays

GROUPS = 100
ROUNDS = 4


@pytest.mark.parametrize("block", range(5))
@pytest.mark.slow
def test_laws_hold_over_thousands_of_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    _play_all(tmp_path, monkeypatch, range(100 + block * 10, 110 + block * 10))


def test_laws_hold_over_hundreds_of_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _play_all(tmp_path, monkeypatch, range(1))


def _play_all(folder: Path, monkeypatch: pytest.MonkeyPatch, seeds: range) -> None:
    for play in plays(folder, monkeypatch, seeds=seeds, groups=GROUPS):
        for _ in range(ROUNDS):
            play.publish()
            for segment_id in SEGMENTS:
                play.sync(segment_id, resync=play.random.random() < 0.2, faults=True)
            play.refuse()
            for segment_id in SEGMENTS:
                _sync_at_rest(play, segment_id)
            play.change()
        assert play.sent > 0


def _sync_at_rest(play: Play, segment_id: str) -> None:
    """Sync without faults until all is said; then take the last plan back, sometimes."""
    for is_resync in (False, *play.random.choices((False, True), k=2)):
        before = fields_of(play.home.tool.segments.get(segment_id, {}))
        plan = play.sync(segment_id, resync=is_resync, faults=False)
        if plan is None:
            return
    assert_laws_at_rest(play, segment_id)
    if plan.changes and play.random.random() < 0.7:
        play.undo(plan)
        after = fields_of(play.home.tool.segments[segment_id])
        may = play.wanted(segment_id)
        assert {email: before[email] for email in before if email in may} == {
            email: fields for email, fields in after.items() if email in may
        }
        assert after.keys() <= before.keys()
