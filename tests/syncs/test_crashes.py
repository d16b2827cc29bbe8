"""A process killed at any point of an apply: the next one finishes, and tells nobody twice.

A case is a fail point at one tool: the ledger is at the same place for every tool, and what the
tool has by then is not, as each takes a batch in calls of its own. Each case is killed three
times, at the first, second and third time the point is passed where one apply passes it so often,
else three applies in a row; then an apply must finish, and the tool hold who is wanted.

Mutations that must fail here: mark batches after sending them; send again without looking;
acknowledge outside the transaction of the answers.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.http import trusted
from orchestration.lib.settings import Settings
from tests.syncs.crash_worlds import SECOND, STAYED, TOOLS, World, address, entries, publish_both

# of a batch or a call: which time it is passed differs; of an apply: it is passed once in each
OF_BATCH = (
    *("sync.marked_sent", "sync.answered", "sync.before_acknowledging", "sync.answers_kept"),
    *("call.before_write", "call.after_write"),
)
OF_APPLY = ("sync.applying", "sync.before_closing", "sync.canary_sent", "sync.resolved_found")
OF_REFUSAL = ("sync.refusals_kept", "sync.refusals_landed")
OF_LIST = ("audience.before_manifest", "audience.before_memory")
POINTS = (*OF_BATCH, *OF_APPLY, *OF_REFUSAL, *OF_LIST)
KILLS = 3
CASES = [
    *((kind, point) for kind in TOOLS for point in (*OF_BATCH, *OF_APPLY, *OF_REFUSAL)),
    *(("meta_audience", point) for point in OF_LIST),
]
# a list of hashes is written to files, all of it in one batch, and nobody refuses mail in it
NO_LIST = (*OF_REFUSAL, "call.before_write", "call.after_write", "sync.canary_sent")
NEVER = [("meta_audience", point) for point in NO_LIST]
REACHED = [case for case in CASES if case not in NEVER]


@pytest.fixture(scope="module")
def tools() -> Iterator[dict[str, Running]]:
    """All fakes, each in a thread; what is made before a fork is not made in it."""
    trusted()
    gc.freeze()
    with ExitStack() as stack:
        made = {kind: tool.fake() for kind, tool in TOOLS.items() if tool.fake}
        vars(made["activecampaign"])["per_second"] = 10_000
        yield {kind: stack.enter_context(running(fake)) for kind, fake in made.items()}


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return publish_both(tmp_path_factory.mktemp("versions"), [_segment(point) for point in POINTS])


def test_enough_is_killed() -> None:
    assert len(REACHED) >= 50


@pytest.mark.parametrize(("kind", "point"), REACHED)
def test_three_kills_at_a_named_point(
    tmp_path: Path,
    tools: dict[str, Running],
    versions: tuple[Path, Path],
    kind: str,
    point: str,
) -> None:
    tool = tools.get(kind)
    segment_id = _segment(point)
    emails = [address(kind, segment_id, number) for number in SECOND]
    if kind == "salesforce":
        for number in range(max(SECOND) + 1):
            tool.fake.state.make("Contact", Email=address(kind, segment_id, number))
    world = World(
        settings=Settings(home=tmp_path, threads=1),
        kind=kind,
        segment_id=segment_id,
        base_url=tool.base_url if tool else "",
        versions=versions,
        canary_share=0.6 if point == "sync.canary_sent" else 0.0,
    )
    world.begin(is_new=point in (*OF_APPLY, *OF_REFUSAL))
    refused = set()
    for kill in range(1, KILLS + 1):
        if point in OF_REFUSAL:
            number = SECOND[len(STAYED) + kill]
            TOOLS[kind].refuse(tool.fake, emails[SECOND.index(number)])
            refused.add(number)
        if point == "sync.resolved_found":
            world.kill_at("sync.marked_sent")
        passed = kill if point in OF_BATCH and kind != "meta_audience" else 1
        world.kill_at(f"{point}#{passed}")
    world.finish(refused=refused)
    if TOOLS[kind].entry and not point.startswith("call."):
        new = set(SECOND) - STAYED - refused
        assert set(entries(kind, tool.fake, segment_id, new)) == {1}, "nobody is told twice"


def _segment(point: str) -> str:
    return point.replace(".", "_")
