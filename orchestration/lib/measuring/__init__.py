"""Measuring: what was built from a generated world, against the truth about it."""

from orchestration.lib.measuring.measuring import Measured, measure, world_of
from orchestration.lib.measuring.truth import open_measured

__all__ = ["Measured", "measure", "open_measured", "world_of"]
