"""Who gets a lane, in which order, and which silences are long enough to be named."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from orchestration.lib.explain.reading import Row
from orchestration.lib.pictures.story import JourneyStory

MOST_LANES = 12
LONG_SILENCE = timedelta(days=30)
EXPOSURE = "exposure"


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One person, or all touches without one; touchpoints in order of time."""

    name: str
    detail: str
    contact: str
    touchpoints: list[Row]

    @property
    def acts(self) -> int:
        """Touchpoints that are not mere exposures."""
        return sum(touch["kind"] != EXPOSURE for touch in self.touchpoints)


def lanes_of(story: JourneyStory) -> list[Lane]:
    """A lane per person, first touch on top; the least active beyond twelve share one."""
    by_person: dict[str | None, list[Row]] = defaultdict(list)
    for touch in story.touchpoints:
        by_person[touch["person_id"]].append(touch)
    known = {person["person_id"]: person for person in story.persons}
    ranked = sorted(
        (person for person in by_person if person is not None),
        key=lambda person: (-_acts(by_person[person]), person),
    )
    shown, rest = ranked[:MOST_LANES], ranked[MOST_LANES:]
    shown.sort(key=lambda person: (by_person[person][0]["occurred_at"], person))
    lanes = [_lane(known.get(person), by_person[person]) for person in shown]
    if rest:
        touches = sorted(
            (touch for person in rest for touch in by_person[person]),
            key=lambda touch: (touch["occurred_at"], touch["touchpoint_id"]),
        )
        lanes.append(
            Lane(name=f"{len(rest)} more people", detail="", contact="", touchpoints=touches)
        )
    if by_person[None]:
        lanes.append(
            Lane(name="the company", detail="nobody named", contact="", touchpoints=by_person[None])
        )
    return lanes


def silences(story: JourneyStory) -> list[tuple[datetime, datetime, int]]:
    """Times of more than 30 days without any act: begin, end, whole days."""
    acts = [touch["occurred_at"] for touch in story.touchpoints if touch["kind"] != EXPOSURE]
    return [
        (before, after, (after - before).days)
        for before, after in pairwise(acts)
        if after - before > LONG_SILENCE
    ]


def weekly_acts(story: JourneyStory) -> list[tuple[datetime, int]]:
    """Acts per week of the drawn span, weeks without any included."""
    week = timedelta(days=7)
    counted = Counter(
        (touch["occurred_at"] - story.begins) // week
        for touch in story.touchpoints
        if touch["kind"] != EXPOSURE
    )
    weeks = (story.ends - story.begins) // week + 1
    return [(story.begins + week * number, counted[number]) for number in range(weeks)]


def _lane(person: Row | None, touches: list[Row]) -> Lane:
    if person is None:
        return Lane(name="someone", detail="belongs elsewhere now", contact="", touchpoints=touches)
    names = " ".join(part for part in (person["first_name"], person["last_name"]) if part)
    return Lane(
        name=names or person["email"] or "unknown visitor",
        detail=person["title"] or person["seniority"] or "",
        contact="may be mailed" if person["may_be_mailed"] else "",
        touchpoints=touches,
    )


def _acts(touches: list[Row]) -> int:
    return sum(touch["kind"] != EXPOSURE for touch in touches)
