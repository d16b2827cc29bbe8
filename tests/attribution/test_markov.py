"""Markov removal effects equal taking each channel out, numpy's inverse and known closed forms.

Mutations that break it: leaving the null journeys out; counting a removed channel's visitors as
converted; stopping the doubling a round early.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attribution.chains import END, Path, collapsed, solved, steps


def chance(paths: list[Path], *, without: str | None = None) -> float:
    """Chance of a conversion by solving (I - Q) p = r; who comes to `without` goes nowhere."""
    counted = steps(paths)
    channels = sorted({c for path in paths for c in path.channels})
    place = {name: n + 1 for n, name in enumerate(channels)} | {END: 0}
    inner = np.zeros((len(place), len(place)))
    converting = np.zeros(len(place))
    totals: Counter[str | None] = Counter()
    for (left, *_), count in counted.items():
        totals[left] += count
    for (left, right, is_converted), count in counted.items():
        total = totals[left]
        if left == without and without is not None:
            continue
        if right is not END:
            inner[place[left], place[right]] += count / total
        elif is_converted:
            converting[place[left]] += count / total
    return float(np.linalg.solve(np.eye(len(place)) - inner, converting)[0])


def removals(paths: list[Path]) -> dict[str, float]:
    """Removal effect of each channel by taking it out and solving anew."""
    whole = chance(paths)
    channels = {c for path in paths for c in path.channels}
    return {name: 1 - chance(paths, without=name) / whole for name in channels}


walks = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=9).map(collapsed)
worlds = st.lists(st.builds(Path, walks, st.booleans()), min_size=1, max_size=30).map(
    lambda paths: [*paths, Path(("a", "b"), is_converted=True)]
)


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_effects_equal_explicit_removal(paths: list[Path]) -> None:
    found = solved(paths)
    expected = removals(paths)
    assert found.keys() == expected.keys()
    for name, (effect, start) in found.items():
        assert effect == pytest.approx(expected[name], abs=1e-9)
        assert -1e-12 <= effect <= 1 + 1e-12
        assert start == pytest.approx(sum(p.is_converted for p in paths) / len(paths), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(worlds)
def test_a_channel_that_every_conversion_needs_has_effect_one(paths: list[Path]) -> None:
    gated = [Path(("gate", *path.channels), path.is_converted) for path in paths]
    assert solved(gated)["gate"][0] == pytest.approx(1, abs=1e-9)


def test_the_example_of_the_textbooks() -> None:
    """C1 > C2 > C3 converts, C1 and C2 > C3 do not: effects 0.5, 1, 1 worked out by hand.

    p(start) = 1/3. Two thirds start in C1 and leave half of the time, the other half goes to C2;
    C2 always goes to C3, which converts every second time.
    """
    paths = [
        Path(("C1", "C2", "C3"), is_converted=True),
        Path(("C1",), is_converted=False),
        Path(("C2", "C3"), is_converted=False),
    ]
    found = {name: effect for name, (effect, _) in solved(paths).items()}
    assert found == pytest.approx({"C1": 0.5, "C2": 1.0, "C3": 1.0}, abs=1e-12)


def test_sixty_channels_and_long_loops() -> None:
    """A wide chain that goes round and round is still solved to the ninth digit."""
    names = [f"c{n:02}" for n in range(60)]
    generator = np.random.default_rng(7)
    paths = [
        Path(collapsed(list(generator.choice(names, size=12))), bool(generator.random() < 0.1))
        for _ in range(800)
    ]
    paths += [Path(("c00", "c01") * 300, is_converted=True)]
    found = solved(paths)
    whole = chance(paths)
    for name in names[:5]:
        expected = 1 - chance(paths, without=name) / whole
        assert found[name][0] == pytest.approx(expected, abs=1e-9)


def test_a_world_without_conversions_has_no_effects() -> None:
    assert solved([Path(("a", "b"), is_converted=False)]) == {}
