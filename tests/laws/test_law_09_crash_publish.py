"""Law 9, publishing: a crash at any point leaves a whole version, and the next run finishes.

Mutations that must fail here: rename the copy before the audit and the fsync; point `current` at
the file before it is complete; keep leftovers of killed runs.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.lib.publishing.versions import KEPT, versions
from orchestration.lib.settings import Settings
from tests.laws.publishing_processes import marks_of, publish_marks
from tests.unit.publishing_worlds import settings_at

POINTS = [
    ("publish.after_copy", 1),
    ("publish.before_rename", 1),
    ("publish.before_switch", 1),
    ("publish.after_switch", 2),
]
RANDOM_KILLS = 12


@pytest.mark.parametrize(("point", "expected"), POINTS)
def test_a_kill_at_a_named_point(tmp_path: Path, point: str, expected: int) -> None:
    settings = settings_at(tmp_path / "home")
    publish_marks(settings.home, 1, 1)
    child = _publisher(settings, 2, 2, fail_at=point)
    assert child.wait(timeout=60) == -signal.SIGKILL
    assert marks_of(settings) == {expected}
    publish_marks(settings.home, 3, 3)
    _assert_finished(settings, mark=3)


@pytest.mark.slow
def test_kills_at_random_moments(tmp_path: Path) -> None:
    settings = settings_at(tmp_path / "home")
    publish_marks(settings.home, 1, 1)
    chance = random.Random(9)
    for kill in range(RANDOM_KILLS):
        child = _publisher(settings, 10 * (kill + 1), 10 * (kill + 1) + 9)
        time.sleep(0.4 + chance.random())
        child.kill()
        child.wait(timeout=60)
        assert len(marks_of(settings)) == 1
    publish_marks(settings.home, 1000, 1000)
    _assert_finished(settings, mark=1000)


def _assert_finished(settings: Settings, *, mark: int) -> None:
    assert marks_of(settings) == {mark}
    assert [path.name for path in settings.published.iterdir() if "tmp" in path.name] == []
    assert len(versions(settings)) <= KEPT + 1


def _publisher(
    settings: Settings, first: int, last: int, *, fail_at: str = ""
) -> subprocess.Popen[bytes]:
    command = ["-m", "tests.laws.publishing_processes", "publish", str(settings.home)]
    return subprocess.Popen(
        [sys.executable, *command, str(first), str(last)],
        env=os.environ | {"TOUCHLINE_FAIL_AT": fail_at},
        stdout=subprocess.DEVNULL,
    )
