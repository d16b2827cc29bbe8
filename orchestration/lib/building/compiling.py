"""The compiled SQL of the models: made without the home's data, kept until a file differs."""

from __future__ import annotations

import json
import shutil
from typing import Any

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import (
    DEFAULT_TARGET,
    common_arguments,
    project_checksum,
    target_folder,
)
from orchestration.lib.settings import Settings

MARK = "compiled.checksum"


def compiled_manifest(settings: Settings, *, target: str = DEFAULT_TARGET) -> dict[str, Any]:
    """The manifest, every model with its `compiled_code`; raises BuildError.

    What a build leaves is not read: a model that is played in rounds is there a scratch table.
    dbt compiles on an empty home of its own, so that a run may use the warehouse meanwhile.
    """
    folder = target_folder(settings, target=target) / "compiling"
    mark = folder / MARK
    state = project_checksum()
    if not mark.exists() or mark.read_text() != state:
        shutil.rmtree(folder, ignore_errors=True)
        empty = Settings(home=folder / "home")
        empty.home.mkdir(parents=True)
        arguments = common_arguments(settings, as_of=None, target=target, folder=folder)
        call_dbt(
            empty,
            ["compile", "--select", "resource_type:model", *arguments],
            manifest=parsed_project(settings, target=target),
        )
        mark.write_text(state)
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
