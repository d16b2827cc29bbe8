"""What a build leaves in the process and beside the tables: nothing the next one would read."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from orchestration.lib.building import build, manifest_path
from orchestration.lib.home import open_home
from orchestration.lib.settings import Settings

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
SEED = "channels"


def test_a_build_leaves_the_parsed_manifest_and_the_collector_as_they_were(
    settings: Settings,
) -> None:
    with open_home(settings):
        parsed = manifest_path(settings).read_bytes()
    threshold, frozen = gc.get_threshold(), gc.get_freeze_count()
    report = build(settings, as_of=AS_OF, select=[SEED], data_tests=False)
    report.raise_for_failures()
    assert f"seed.touchline.{SEED}" in {node.unique_id for node in report.nodes}
    assert manifest_path(settings).read_bytes() == parsed
    assert (gc.get_threshold(), gc.get_freeze_count()) == (threshold, frozen)
