"""Law 8: readers see the old version or the new one, whole, never a mix and never a lock error.

Mutations that must fail here: build in the published file itself (lock errors); replace the file
that `current` names instead of switching to a new name (torn or old reads).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from orchestration.lib.publishing import open_published
from tests.laws.publishing_processes import publish_marks
from tests.unit.publishing_worlds import settings_at

VERSIONS = 20
PATIENCE_SECONDS = 90


def test_a_looping_reader_sees_whole_versions_only(tmp_path: Path) -> None:
    settings = settings_at(tmp_path / "home")
    publish_marks(settings.home, 1, 1)
    readers = [_reader(settings.home) for _ in range(2)]
    publish_marks(settings.home, 2, VERSIONS)
    for reader in readers:
        told, problems = reader.communicate(timeout=PATIENCE_SECONDS)
        assert reader.returncode == 0, problems
        seen = json.loads(told)
        assert seen["errors"] == []
        assert (seen["torn"], seen["backwards"]) == (0, 0)
        assert seen["last"] == VERSIONS
        assert seen["reads"] >= seen["versions"] >= 3, "the reader was too slow to prove anything"


def test_a_reader_keeps_its_version_when_the_file_is_removed(tmp_path: Path) -> None:
    settings = settings_at(tmp_path / "home")
    publish_marks(settings.home, 1, 1)
    with open_published(settings) as connection:
        publish_marks(settings.home, 2, 6)
        rows = connection.execute("select distinct amount::bigint from marts.dim_persons")
        assert rows.fetchall() == [(1,)]


def _reader(home: Path) -> subprocess.Popen[str]:
    command = ["-m", "tests.laws.publishing_processes", "read", str(home)]
    return subprocess.Popen(
        [sys.executable, *command, str(VERSIONS), str(PATIENCE_SECONDS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
