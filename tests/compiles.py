"""Models as dbt compiles them, for tests that run them over small tables of their own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import DEFAULT_TARGET, common_arguments
from orchestration.lib.settings import Settings


def compiled_models(home: Path, *models: str, as_of: datetime | None = None) -> dict[str, Any]:
    """dbt's nodes by name, without a look at any data; raises BuildError when dbt cannot."""
    settings = Settings(home=home)
    arguments = common_arguments(settings, as_of=as_of, target=DEFAULT_TARGET)
    command = ["compile", "--select", *models, "--no-introspect", *arguments]
    outcome = call_dbt(settings, command, manifest=parsed_project(settings))
    return {done.node.name: done.node for done in outcome.results}


def table_anew(node: Any) -> str:
    """Statement that makes the table of a compiled model anew."""
    return f"create or replace table {node.relation_name} as {node.compiled_code}"
