"""A segment over days: who is held out, who stays, who does not come again, what it moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.lib.explain.membership import membership
from orchestration.lib.segments.memory import recall_segments, remember_segments
from tests.homes import Home

pytestmark = pytest.mark.slow

DEFINITIONS = """\
segment_id,purpose,channel,destination,destination_kind,priority,exclusive_group,minimum_stay_days,\
entry_cap,entry_cap_days,holdout_share,is_active
readers,marketing,email,own_tool,file,90,,3,1,90,0.3,true
"""
RULES = """rule_id,scope,clause,attribute,operator,value_text,result,priority,is_active
readers,segment,1,motion,in,{motions},readers,1,true
"""
EVERYBODY, NOBODY = "b2b|b2c", "nothing"
# what the memory reaches, but for the end
MODELS = ("segment_definitions", "segment_rules", "int_segment_entries_known")
MODELS += ("int_segment_destinations_listed",)
MODELS += ("int_segment_members_remembered", "int_segment_rules_matched+")


class Life:
    """A home on which day after day is built and published; day 1 lies two months back."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.home.add_rules({"segment_definitions": DEFINITIONS})

    def day(self, number: int, *, for_whom: str) -> Counter[str]:
        """Build and publish a day with a rule; how many got how far in the segment."""
        self.home.add_rules({"segment_rules": RULES.format(motions=for_whom)})
        self.build(number)
        moment = self.home.as_of - timedelta(days=60 - number)
        remember_segments(self.home.settings, run_id=str(number), as_of=moment)
        return Counter(self.fates().values())

    def build(self, number: int, models: Iterable[str] = MODELS) -> None:
        """Build what depends on the segment, as of a day."""
        recall_segments(self.home.settings)
        moment = self.home.as_of - timedelta(days=60 - number)
        replace(self.home, as_of=moment).build_unchecked(models)

    def fates(self) -> dict[str, str]:
        """Person → how far they get."""
        with self.home.marts() as marts:
            rows = marts.execute(
                "select person_id, segments::json ->> 'readers' as fate"
                " from activation.fct_segment_evidence where fate is not null"
            ).fetchall()
        return dict(rows)

    def members(self) -> set[tuple[str, bool]]:
        """Who is told, and whether only because nobody leaves so soon."""
        with self.home.marts() as marts:
            return set(
                marts.execute(
                    "select person_id, stays_until is not null"
                    " from activation.sync_segment_members where segment_id = 'readers'"
                ).fetchall()
            )


def test_the_life_of_a_segment(built_home: Home, tmp_path: Path) -> None:
    life = Life(built_home.copy_to(tmp_path / "home"))

    first = life.day(1, for_whom=EVERYBODY)
    held = {person for person, fate in life.fates().items() if fate == "holdout"}
    told = {person for person, fate in life.fates().items() if fate == "exported"}
    assert held and told and len(held) + len(told) > 40
    assert 0.15 < len(held) / (len(held) + len(told)) < 0.45
    assert life.members() == {(person, False) for person in told}

    assert life.day(2, for_whom=NOBODY) == {"exported": len(told), "holdout": len(held)}
    assert life.members() == {(person, True) for person in told}, "they stay, without a rule"
    with life.home.marts() as marts:
        story = membership(marts, "readers", min(told))
    until = life.home.as_of - timedelta(days=56)
    assert story.summary["stays"].startswith(f"until {until:%Y-%m-%d}")

    before = life.members()
    life.build(2)
    assert life.members() == before, "built again, the day is the same"

    assert life.day(5, for_whom=NOBODY) == {}, "the minimum stay is over"
    again = life.day(6, for_whom=EVERYBODY)
    assert again["entry_cap"] == len(told) + len(held), "once in 90 days, held out or not"
    assert again == first - Counter(exported=len(told), holdout=len(held)) + Counter(
        entry_cap=len(told) + len(held)
    )
    assert life.members() == set()

    life.build(60, ["int_segment_entries_known+"])
    with life.home.marts() as marts:
        results = marts.execute(
            "select variant, n, open_count, is_control, revenue_per_person is not null"
            " from marts.rpt_experiment_results"
            " where experiment_id = 'segment:readers' and metric = 'order' order by all"
        ).fetchall()
    assert results == [
        ("held_out", len(held), 0, True, True),
        ("told", len(told), 0, False, True),
    ]
