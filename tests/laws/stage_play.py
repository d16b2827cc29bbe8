"""Stage rules read plainly, one account at a time: what the set-wise models must equal."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

RULES = Path(__file__).parents[2] / "seeds" / "rules"
NEVER = datetime(9999, 12, 31)
Row = dict[str, str]


class Signal(NamedTuple):
    """One signal of one account; tuples sort as the models order them."""

    at: datetime
    evidence_type: str
    evidence_id: str
    signal: str
    person_id: str | None


class Move(NamedTuple):
    """A possible move: from `start` on, before `end` when it lasts, else at `start` alone."""

    start: datetime
    end: datetime | None
    lasting: bool
    rule: Row
    evidence_id: str


@dataclass(frozen=True)
class Stay:
    """A stay in a stage, by which rule and evidence."""

    stage: str
    entered_at: datetime
    rule_id: str
    evidence_id: str


def rules_of(table: str, *, motion: str) -> list[Row]:
    """Active rows of a shipped rule table for one motion."""
    with (RULES / f"{table}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if row["is_active"] == "true" and row["motion"] in ("", motion)]


def days(text: str) -> timedelta:
    """A rule's number of days; none for an empty cell."""
    return timedelta(days=float(text or 0))


def entries(rule: Row, signals: list[Signal]) -> Iterator[Move]:
    """The moments at which a stage rule was true, each with its evidence."""
    required = [seen.at for seen in signals if seen.signal == rule["requires_signal"]]
    if rule["requires_signal"] and not required:
        return
    required_from = min(required) + days(rule["requires_days"]) if required else None
    watched = [seen for seen in signals if seen.signal == rule["signal"]]
    if rule["requires_days"] and required_from:
        watched = [seen for seen in watched if seen.at >= required_from]
    if rule["count_of"] == "persons":
        watched = [seen for seen in watched if seen.person_id]
    for number, seen in enumerate(watched):
        window = [
            earlier
            for earlier in watched[: number + 1]
            if not rule["window_days"] or earlier.at >= seen.at - days(rule["window_days"])
        ]
        members = {
            earlier.person_id if rule["count_of"] == "persons" else earlier.evidence_id
            for earlier in window
        }
        if len(members) >= int(rule["min_count"]):
            moment = max(seen.at, required_from or seen.at) + days(rule["delay_days"])
            yield Move(moment, None, False, rule, seen.evidence_id)


def holds(rule: Row, signals: list[Signal]) -> list[tuple[datetime, datetime]]:
    """Spells from the hold's first signal to its last, per evidence; they may overlap."""
    spells = []
    for begin in (seen for seen in signals if seen.signal == rule["held_from_signal"]):
        ends = [
            seen.at
            for seen in signals
            if seen.signal == rule["held_until_signal"] and seen.evidence_id == begin.evidence_id
        ]
        spells.append((begin.at, max(begin.at, min(ends, default=NEVER))))
    return spells


def released(moment: datetime, spells: list[tuple[datetime, datetime]]) -> datetime:
    """The first moment from `moment` on at which nothing holds."""
    while ends := [end for begin, end in spells if begin <= moment < end]:
        moment = max(ends)
    return moment


def exits(rule: Row, signals: list[Signal]) -> Iterator[Move]:
    """When a movement rule would move an account out of its stage."""
    spells = holds(rule, signals)
    watched = [seen for seen in signals if seen.signal == rule["signal"]]
    for number, seen in enumerate(watched):
        if not rule["quiet_days"]:
            moment = seen.at + days(rule["delay_days"])
            if released(moment, spells) == moment:
                yield Move(moment, None, False, rule, seen.evidence_id)
            continue
        following = watched[number + 1].at if number + 1 < len(watched) else None
        silent = seen.at + quiet_time(rule, watched[: number + 1], watched)
        if following and following <= silent:
            continue
        free = released(silent, spells)
        if free < NEVER and (following is None or free < following):
            yield Move(free, following, True, rule, seen.evidence_id)


def quiet_time(rule: Row, acts: list[Signal], every_act: list[Signal]) -> timedelta:
    """How long a silence must last after the last of `acts`."""
    until = [act.at for act in every_act if act.at <= acts[-1].at]
    gaps = [later - earlier for earlier, later in pairwise(until)]
    usual = median(gaps) if gaps and rule["gap_multiple"] else timedelta()
    return max(days(rule["quiet_days"]), float(rule["gap_multiple"] or 0) * usual)


def play(signals: Iterable[Signal], *, motion: str) -> list[Stay]:
    """The stays of one account, move by move."""
    known = sorted(signals)
    ladder = positions(motion)
    up = rules_of("stage_rules", motion=motion)
    out = rules_of("stage_movement_rules", motion=motion)
    up.sort(key=lambda rule: (ladder[rule["stage"]], int(rule["priority"]), rule["rule_id"]))
    out.sort(key=lambda rule: (-ladder[rule["from_stage"]], int(rule["priority"]), rule["rule_id"]))
    turns = {rule["rule_id"]: turn for turn, rule in enumerate([*out, *up])}
    possible = [move for rule in up for move in entries(rule, known)]
    possible += [move for rule in out for move in exits(rule, known)]
    stays: list[Stay] = []
    stage, clock = None, (datetime.min, -1)
    while True:
        following = [
            (moment, turns[move.rule["rule_id"]], move.evidence_id, move)
            for move in possible
            if applies(move, stage, ladder)
            and (moment := max(move.start, clock[0]) if move.lasting else move.start)
            and (moment, turns[move.rule["rule_id"]]) > clock
            and (move.end is None or moment < move.end)
        ]
        if not following:
            return collapsed(stays)
        moment, turn, evidence_id, move = min(following, key=lambda found: found[:3])
        stage = move.rule.get("stage") or move.rule["to_stage"]
        clock = (moment, turn)
        stays.append(Stay(stage, moment, move.rule["rule_id"], evidence_id))


def positions(motion: str) -> dict[str, int]:
    """Stage to its position in the ladder; 0 outside."""
    rows = rules_of("stage_definitions", motion=motion)
    inner = sorted((int(row["rank"]), row["stage"]) for row in rows if row["is_outside"] == "false")
    ladder = {stage: place for place, (_, stage) in enumerate(inner, start=1)}
    return {row["stage"]: ladder.get(row["stage"], 0) for row in rows}


def applies(move: Move, stage: str | None, ladder: dict[str, int]) -> bool:
    """Whether a move is allowed from a stage."""
    if "from_stage" in move.rule:
        return move.rule["from_stage"] == stage
    here = -1 if stage is None else ladder[stage]
    return ladder[move.rule["stage"]] > here and move.rule["requires_stage"] in ("", stage)


def collapsed(stays: list[Stay]) -> list[Stay]:
    """Of several moves at one instant the last; a stay in the stage it had before is no move."""
    lasting: list[Stay] = []
    for stay in stays:
        if lasting and lasting[-1].entered_at == stay.entered_at:
            lasting.pop()
        lasting.append(stay)
    return [
        stay
        for number, stay in enumerate(lasting)
        if number == 0 or lasting[number - 1].stage != stay.stage
    ]
