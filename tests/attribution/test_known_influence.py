"""Where the influence of channels is known, markov ranks them better than last touch does.

Mutations that break it: leaving the paths without a sale out of the chain; crediting the last
channel of a path.
"""

from __future__ import annotations

from collections import Counter

import pytest
from scipy.stats import kendalltau

from tests.attribution.chains import Path, solved
from tests.attribution.influence import influences, paths, people

PEOPLE = 6_000
SEEDS = range(5)
Shares = dict[str, float]


def shared(worth: dict[str, float]) -> Shares:
    return {name: value / sum(worth.values()) for name, value in worth.items()}


def by_markov(seen: list[Path]) -> Shares:
    return shared({name: effect for name, (effect, _) in solved(seen).items()})


def by_last_touch(seen: list[Path]) -> Shares:
    return shared(Counter(path.channels[-1] for path in seen if path.is_converted))


def by_linear(seen: list[Path]) -> Shares:
    worth: Counter[str] = Counter()
    for path in seen:
        for channel in path.channels if path.is_converted else ():
            worth[channel] += 1 / len(path.channels)
    return shared(worth)


def rank_correlation(told: Shares, true: Shares) -> float:
    """Kendall's tau: 1 for the same order of channels, -1 for the reverse."""
    return float(kendalltau([told.get(name, 0) for name in true], list(true.values())).statistic)


def misplaced(told: Shares, true: Shares) -> float:
    """Share of the credit that stands with the wrong channel, 0 to 1."""
    return sum(abs(told.get(name, 0) - share) for name, share in true.items()) / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_markov_is_nearer_to_the_truth_than_last_touch(seed: int) -> None:
    world = people(PEOPLE, seed=seed)
    true, seen = influences(world), paths(world)
    told = {
        "markov": by_markov(seen), "linear": by_linear(seen), "last touch": by_last_touch(seen),
    }  # fmt: skip
    print(f"\n{'channel':14}{'true':>8}" + "".join(f"{name:>12}" for name in told))
    for name, share in sorted(true.items(), key=lambda pair: -pair[1]):
        cells = "".join(f"{shares.get(name, 0):12.3f}" for shares in told.values())
        print(f"{name:14}{share:8.3f}{cells}")
    taus = {name: rank_correlation(shares, true) for name, shares in told.items()}
    errors = {name: misplaced(shares, true) for name, shares in told.items()}
    for label, figures in (("rank correlation", taus), ("misplaced", errors)):
        print(f"{label:22}" + "".join(f"{figure:12.3f}" for figure in figures.values()))
    assert taus["markov"] > taus["last touch"] + 0.3
    assert errors["markov"] < errors["last touch"] - 0.2
