"""Files stay short enough to be read in one sitting."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from orchestration.lib.building.project import REPOSITORY

# Median, 95th percentile, longest. The goal for model SQL is 35 and 90; these may only shrink.
LIMITS = {
    "model SQL": (43, 93, 133),
    "macro": (30, 70, 100),
    "models YAML": (None, None, 300),
    "Python source": (80, 200, 250),
    "Python test": (110, 260, 300),
}


def kind(path: Path) -> str | None:
    """Which budget a file falls under."""
    parts = path.relative_to(REPOSITORY).parts
    if path.suffix == ".sql" and parts[:2] == ("dbt_project", "models"):
        return "model SQL"
    if path.suffix == ".sql" and parts[:2] == ("dbt_project", "macros"):
        return "macro"
    if path.suffix == ".yml" and parts[0] in ("dbt_project", "seeds"):
        return "models YAML"
    if path.suffix == ".py":
        return "Python test" if parts[0] == "tests" else "Python source"
    return None


@pytest.mark.parametrize("budget", LIMITS)
def test_files_keep_their_budget(tracked_files: list[Path], budget: str) -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked_files
        if kind(path) == budget
    }
    median, p95, limit = LIMITS[budget]
    assert {name: lines for name, lines in lengths.items() if lines > limit} == {}
    ordered = sorted(lengths.values())
    if median is not None:
        assert statistics.median(ordered) <= median
        assert ordered[int(len(ordered) * 0.95) - 1] <= p95


def test_rule_tables_stay_reviewable(tracked_files: list[Path]) -> None:
    long = [
        path.name
        for path in tracked_files
        if path.parent.name == "rules" and path.suffix == ".csv"
        and len(path.read_text(encoding="utf-8").splitlines()) > 201
    ]  # fmt: skip
    assert long == [], "a longer rule table is a reference list"


def test_readme_is_short() -> None:
    assert len((REPOSITORY / "README.md").read_text(encoding="utf-8").splitlines()) <= 150
