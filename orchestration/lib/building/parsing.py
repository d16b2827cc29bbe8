"""The parsed dbt project of a home: read once, kept until a file of the project differs."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.project import (
    DEFAULT_TARGET,
    common_arguments,
    project_checksum,
    target_folder,
)
from orchestration.lib.settings import Settings

MANIFEST = "manifest.json"
PARSED = "partial_parse.msgpack"
MARK = "manifest.checksum"


def manifest_path(settings: Settings, *, target: str = DEFAULT_TARGET) -> Path:
    """The home's dbt manifest, parsed anew when the project's files differ; raises BuildError."""
    folder = target_folder(settings, target=target)
    mark = folder / MARK
    state = f"{project_checksum()} dbt-core {version('dbt-core')}"
    parts = [folder / MANIFEST, folder / PARSED, mark]
    if not all(path.exists() for path in parts) or mark.read_text() != state:
        folder.mkdir(parents=True, exist_ok=True)
        mark.unlink(missing_ok=True)
        call_dbt(settings, ["parse", *common_arguments(settings, as_of=None, target=target)])
        mark.write_text(state)
    return folder / MANIFEST


def read_manifest(settings: Settings, *, target: str = DEFAULT_TARGET) -> dict[str, Any]:
    """The manifest of the last parse of a home, as a dictionary."""
    path = target_folder(settings, target=target) / MANIFEST
    return json.loads(path.read_text(encoding="utf-8"))


def parsed_project(settings: Settings, *, target: str = DEFAULT_TARGET) -> Any:
    """dbt's own form of the manifest; raises BuildError when the project cannot be parsed.

    dbt would parse everything again whenever `as_of` differs, which is every day: 12 s of work
    against half a second to read what it kept. Nothing that is parsed depends on as_of.
    """
    from dbt.contracts.graph.manifest import Manifest

    parsed = manifest_path(settings, target=target).with_name(PARSED)
    manifest = Manifest.from_msgpack(parsed.read_bytes())
    manifest.build_parent_and_child_maps()
    manifest.build_flat_graph()
    return manifest
