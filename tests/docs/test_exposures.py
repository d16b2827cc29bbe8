"""Every sync of a shipped segment is an exposure, so that dbt shows what lies behind it."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.docs.exposures import FILE, SEGMENTS, exposures


def test_the_exposures_are_the_active_segments() -> None:
    refresh = "write them anew: python -m tests.docs.exposures --write"
    assert FILE.read_text(encoding="utf-8") == exposures(), refresh
    names = [one["name"] for one in yaml.safe_load(exposures())["exposures"]]
    assert len(names) == len(set(names)) > 20


def test_a_segment_of_two_destinations_is_two_syncs_and_a_switched_off_one_is_none(
    tmp_path: Path,
) -> None:
    head, *_ = SEGMENTS.read_text(encoding="utf-8").splitlines()
    columns = head.split(",")
    rows = [
        {"segment_id": "two", "destination": "a-tool|b", "owner": "Shop", "is_active": "true"},
        {"segment_id": "off", "destination": "b", "owner": "Shop", "is_active": "false"},
    ]
    lines = [",".join(row.get(column, "x") for column in columns) for row in rows]
    file = tmp_path / "segments.csv"
    file.write_text("\n".join([head, *lines]), encoding="utf-8")
    told = yaml.safe_load(exposures(file))["exposures"]
    assert [one["name"] for one in told] == ["sync_a_tool_two", "sync_b_two"]
    assert told[0]["owner"] == {"name": "Shop"}
