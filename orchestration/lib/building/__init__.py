"""Building: dbt runs in this process, on one home, as of one moment."""

from orchestration.lib.building.compiling import compiled_manifest
from orchestration.lib.building.dbt import build
from orchestration.lib.building.parsing import manifest_path, read_manifest
from orchestration.lib.building.report import BuildError, BuildReport, NodeResult

__all__ = [
    "BuildError",
    "BuildReport",
    "NodeResult",
    "build",
    "compiled_manifest",
    "manifest_path",
    "read_manifest",
]
