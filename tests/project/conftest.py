"""What the house rules are checked against: dbt's manifest and the tracked files."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import REPOSITORY
from orchestration.lib.settings import Settings

MODELS = REPOSITORY / "dbt_project" / "models"


@dataclass(frozen=True, kw_only=True)
class Model:
    """One model as the manifest has it; `layer` is the first folder, `domain` the second."""

    name: str
    path: Path
    node: Any
    parents: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def layer(self) -> str:
        return self.path.parts[0]

    @property
    def domain(self) -> str:
        return self.path.parts[1] if len(self.path.parts) > 2 else self.path.parts[0]

    @property
    def sql(self) -> str:
        return (MODELS / self.path).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parsed project."""
    return parsed_project(Settings(home=tmp_path_factory.mktemp("manifest")))


@pytest.fixture(scope="session")
def models(manifest: Any) -> dict[str, Model]:
    """Every model by name."""
    found = {}
    for node in manifest.nodes.values():
        if node.resource_type != "model":
            continue
        parents = node.depends_on.nodes
        found[node.name] = Model(
            name=node.name,
            path=Path(node.original_file_path).relative_to("models"),
            node=node,
            parents=tuple(name.split(".")[2] for name in parents if name.startswith("model.")),
            sources=tuple(name for name in parents if name.startswith("source.")),
        )
    return found


@pytest.fixture(scope="session")
def tracked_files() -> list[Path]:
    """Files of the project: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    return [REPOSITORY / name for name in listed if (REPOSITORY / name).is_file()]
