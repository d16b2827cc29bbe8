"""Small states as hypothesis draws them: lives of a few people, and how the calls on them go.

The first choice of everything is the dullest one, so that what shrinking leaves is what matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

STARTS = ("wanted", "unwanted", "barred", "with a second address", "with an odd name")
MOVES = (
    *("stays", "leaves or enters", "may or may not", "has another name", "has another stage"),
    *("has another address", "has another id", "refuses", "refuses by the second address"),
    *("is erased", "is erased and comes back"),
)
FAULTS = ("", "lost_before", "lost_after", "killed_before", "killed_after")
FAULTS += ("partial", "silent", "down")
POINTS = ("", "sync.marked_sent", "sync.answered", "sync.before_acknowledging")
POINTS += ("sync.answers_kept", "sync.applying", "sync.before_closing")
POINTS += ("sync.refusals_kept", "sync.refusals_landed", "sync.canary_sent", "sync.resolved_found")
ROUNDS = 3
STAYS = MOVES[0]


@dataclass(frozen=True)
class Life:
    """A person: how they start, and what happens to them in each round."""

    start: str
    moves: tuple[str, ...]

    def __repr__(self) -> str:
        return " → ".join((self.start, *self.moves))


@dataclass(frozen=True, kw_only=True)
class Call:
    """A sync that may go wrong: in how many batches, with which faults, killed at which point."""

    parts: int
    canary: float
    is_resync: bool
    restarts: bool
    faults: tuple[str, ...]
    point: str


QUIET = Call(parts=1, canary=0.0, is_resync=False, restarts=False, faults=(), point="")


@dataclass(frozen=True, kw_only=True)
class Round:
    """A version, one call per segment with faults, then some without, and perhaps an undo."""

    days: int
    reads: int
    calls: tuple[Call, ...]
    resyncs: tuple[bool, ...]
    undoes: bool


@dataclass(frozen=True)
class Block:
    """Many small states that share one warehouse; a state is a group of people, or nobody."""

    groups: tuple[tuple[Life, ...], ...]
    rounds: tuple[Round, ...]

    @property
    def states(self) -> int:
        """How many states there is somebody in."""
        return sum(bool(group) for group in self.groups)

    def __repr__(self) -> str:
        people = [
            f"  g{number:03d}p{place}: {life!r}"
            for number, group in enumerate(self.groups)
            for place, life in enumerate(group)
        ]
        return "\n".join(("", *people, *(f"  {one!r}" for one in self.rounds)))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """As hypothesis shows it: in these words, and not field by field."""
        printer.text(repr(self))


@st.composite
def blocks(draw: st.DrawFn, groups: int) -> Block:
    """Blocks of so many groups; one that fails is shown by its own words."""
    people = draw(st.tuples(*(st.lists(lives(), max_size=3) for _ in range(groups))))
    return Block(tuple(map(tuple, people)), draw(st.tuples(*(rounds() for _ in range(ROUNDS)))))


def lives() -> st.SearchStrategy[Life]:
    """Any person."""
    moves = st.tuples(*(st.sampled_from(MOVES) for _ in range(ROUNDS)))
    return st.builds(Life, st.sampled_from(STARTS), moves)


def rounds() -> st.SearchStrategy[Round]:
    """One round: most of its calls meet some fault."""
    calls = st.builds(
        Call,
        parts=st.sampled_from((1, 2, 4)),
        canary=st.sampled_from((0.0, 0.2)),
        is_resync=st.sampled_from((False, False, False, True)),
        restarts=st.booleans(),
        faults=st.lists(st.sampled_from(FAULTS), max_size=6).map(tuple),
        point=st.sampled_from(POINTS),
    )
    return st.builds(
        Round,
        days=st.sampled_from((0, 1)),
        reads=st.integers(0, 4),
        calls=st.tuples(calls, calls),
        resyncs=st.lists(st.booleans(), min_size=1, max_size=2).map(tuple),
        undoes=st.booleans(),
    )


def smallest(block: Block, fails: Callable[[Block], bool]) -> Block:
    """What is left of a block that fails when nothing more can go without it passing.

    Hypothesis shrinks choice by choice, which takes hours over a thousand of them; groups know
    nothing of each other, so that half of them at a time may go.
    """
    step = len(block.groups)
    while step:
        for start in range(0, len(block.groups), step):
            end = min(start + step, len(block.groups))
            groups = (*block.groups[:start], *((),) * (end - start), *block.groups[end:])
            if groups != block.groups and fails(fewer := replace(block, groups=groups)):
                block = fewer
        step //= 2
    is_less = True
    while is_less:
        found = next((one for one in _duller(block) if fails(one)), None)
        is_less, block = found is not None, found or block
    return block


def _duller(block: Block) -> Iterator[Block]:
    """The block with one thing less in it."""
    for number, group in enumerate(block.groups):
        for place, life in enumerate(group):
            for other in ((), *((one,) for one in _duller_lives(life))):
                changed = (*group[:place], *other, *group[place + 1 :])
                groups = (*block.groups[:number], changed, *block.groups[number + 1 :])
                yield replace(block, groups=groups)
    for number, one in enumerate(block.rounds):
        for other in _duller_rounds(one):
            rounds = (*block.rounds[:number], other, *block.rounds[number + 1 :])
            yield replace(block, rounds=rounds)


def _duller_lives(life: Life) -> Iterator[Life]:
    for place, move in enumerate(life.moves):
        if move != STAYS:
            moves = (*life.moves[:place], STAYS, *life.moves[place + 1 :])
            yield replace(life, moves=moves)


def _duller_rounds(one: Round) -> Iterator[Round]:
    for place, call in enumerate(one.calls):
        for other in (QUIET, replace(call, faults=call.faults[1:]), replace(call, point="")):
            if other != call:
                yield replace(one, calls=(*one.calls[:place], other, *one.calls[place + 1 :]))
    for other in (replace(one, undoes=False), replace(one, resyncs=(False,))):
        if other != one:
            yield other
