"""The columns of the project and where they begin."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.lib.building import compiled_manifest
from orchestration.lib.lineage import Lineage, read_lineage
from tests.homes import Home


@pytest.fixture(scope="session")
def compiled(built_home: Home) -> dict[str, Any]:
    """The manifest with the compiled SQL of every model."""
    return compiled_manifest(built_home.settings)


@pytest.fixture(scope="session")
def lineage(compiled: dict[str, Any]) -> Lineage:
    """Where the columns of every model come from."""
    return read_lineage(compiled)


@pytest.fixture(scope="session")
def public(compiled: dict[str, Any]) -> list[dict[str, Any]]:
    """Nodes of the published models, sorted by name."""
    nodes = [
        node
        for node in compiled["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
    ]
    return sorted(nodes, key=lambda node: (node["schema"], node["name"]))
