"""Parting a graph: anchors end up apart, each node with the nearest, whatever the order."""

from __future__ import annotations

import random
from collections import deque

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.identity.contraction import label, part

Edges = list[tuple[int, int]]
node = st.integers(1, 14)
graphs = st.lists(st.tuples(node, node).filter(lambda pair: pair[0] != pair[1]), max_size=30)
partings = st.lists(st.lists(node, min_size=2, max_size=4, unique=True), max_size=3)


def distances(edges: Edges, start: int) -> dict[int, int]:
    """Steps from a node to all it hangs together with."""
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for pair in edges:
            if here in pair and (there := pair[pair[0] == here]) not in steps:
                steps[there] = steps[here] + 1
                waiting.append(there)
    return steps


def parted(edges: Edges, anchor_lists: list[list[int]]) -> dict[int, int]:
    """The same in plain Python: edges between sides are cut, what is left is labelled."""
    nodes = {end for pair in edges for end in pair}
    kept = set(edges)
    for anchors in anchor_lists:
        reach = {anchor: distances(edges, anchor) for anchor in anchors}
        side = {}
        for one in nodes:
            far = sorted((steps[one], anchor) for anchor, steps in reach.items() if one in steps)
            if far and (len(far) == 1 or far[0][0] < far[1][0]):
                side[one] = far[0][1]
        kept = {pair for pair in kept if side.get(pair[0]) == side.get(pair[1])}
    labels = label(kept)
    return {one: labels.get(one, one) for one in nodes}


@settings(max_examples=40, deadline=None)
@given(graphs, partings)
def test_parts_are_those_of_plain_python(edges: Edges, anchor_lists: list[list[int]]) -> None:
    labels = part(edges, anchor_lists)
    assert labels == (parted(edges, anchor_lists) if any(anchor_lists) else {})
    for anchors in anchor_lists:
        found = [labels[anchor] for anchor in anchors if anchor in labels]
        assert len(found) == len(set(found)), "anchors of a parting are apart"


@settings(max_examples=15, deadline=None)
@given(graphs, partings, st.randoms(use_true_random=False))
def test_no_order_changes_the_parts(
    edges: Edges, anchor_lists: list[list[int]], chance: random.Random
) -> None:
    shuffled = [pair if chance.random() < 0.5 else pair[::-1] for pair in edges]
    turned = [anchors[::-1] for anchors in anchor_lists]
    chance.shuffle(shuffled)
    chance.shuffle(turned)
    assert part(shuffled, turned) == part(edges, anchor_lists)


def test_the_middle_of_a_chain_goes_with_neither_end() -> None:
    assert part([(1, 2), (2, 3), (3, 4), (4, 5)], [[1, 5]]) == {1: 1, 2: 1, 3: 3, 4: 4, 5: 4}


def test_what_is_too_far_from_all_goes_with_none() -> None:
    chain = [(n, n + 1) for n in range(1, 11)]
    labels = part(chain, [[1, 2]], max_rounds=4)
    assert labels[1] == 1 and labels[2] == labels[4] == 2 and labels[11] not in (1, 2)
