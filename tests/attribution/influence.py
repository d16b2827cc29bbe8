"""A world in which what each channel brings about is known: taking it away loses that many sales.

Openers convince, each with a strength of its own, some hardly at all. Closers convince nobody: who
is convinced comes back through one of them, and who is merely curious uses them too. So a closer
stands last before most sales and has no influence.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.attribution.chains import Path, collapsed

# chance that one touch convinces, and how often the channel is met
OPENERS = {
    "webinar": (0.30, 0.12),
    "partner": (0.22, 0.16),
    "content": (0.10, 0.24),
    "paid_social": (0.05, 0.26),
    "display": (0.01, 0.22),
}
# how often who is convinced comes back through it; the rest comes straight from the opener
CLOSERS = {"brand_search": 0.35, "email": 0.25, "direct": 0.15}
# how often who is not convinced uses a closer all the same
CURIOUS = 0.10
MEETINGS = 4
NOBODY = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """What chance gave a person: openers it meets in order, which of them would convince it."""

    met: list[str]
    is_convincing: list[bool]
    closer: str
    detours: list[str]

    def walk(self, *, without: str | None = None) -> Path | None:
        """The touches of the person in a world that lacks a channel; None where it has none."""
        touches: list[str] = []
        for opener, convinces, detour in zip(
            self.met, self.is_convincing, self.detours, strict=True
        ):
            if opener == without:
                continue
            touches.append(opener)
            if convinces:
                closer = [self.closer] if self.closer not in (NOBODY, without) else []
                return Path(collapsed(touches + closer), is_converted=True)
            if detour not in (NOBODY, without):
                touches.append(detour)
        return Path(collapsed(touches), is_converted=False) if touches else None


def people(count: int, *, seed: int) -> list[Person]:
    """So many people; the same for the same seed."""
    chance = np.random.default_rng(seed)
    openers = list(OPENERS)
    strengths = np.array([OPENERS[name][0] for name in openers])
    met = chance.choice(len(openers), p=[OPENERS[o][1] for o in openers], size=(count, MEETINGS))
    is_convincing = chance.random((count, MEETINGS)) < strengths[met]
    used = [*CLOSERS, NOBODY]
    shares = [*CLOSERS.values(), 1 - sum(CLOSERS.values())]
    closers = chance.choice(used, p=shares, size=count)
    wandering = chance.random((count, MEETINGS)) < CURIOUS
    detours = np.where(wandering, chance.choice(list(CLOSERS), size=(count, MEETINGS)), NOBODY)
    lengths = chance.integers(1, MEETINGS + 1, size=count)
    return [
        Person(
            met=[openers[place] for place in met[n, : lengths[n]]],
            is_convincing=is_convincing[n, : lengths[n]].tolist(),
            closer=str(closers[n]),
            detours=detours[n, : lengths[n]].tolist(),
        )
        for n in range(count)
    ]


def paths(world: list[Person], *, without: str | None = None) -> list[Path]:
    """What can be seen of a world."""
    walks = [person.walk(without=without) for person in world]
    return [path for path in walks if path is not None]


def influences(world: list[Person]) -> dict[str, float]:
    """Share of each channel in what is lost by taking away one channel at a time."""
    sales = sum(path.is_converted for path in paths(world))
    lost = {
        name: sales - sum(path.is_converted for path in paths(world, without=name))
        for name in (*OPENERS, *CLOSERS)
    }
    return {name: count / sum(lost.values()) for name, count in lost.items()}
