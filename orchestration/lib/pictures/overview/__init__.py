"""The overview: where accounts are, what channels bring, where it hurts, who is told."""

from orchestration.lib.pictures.overview.drawing import draw_overview

__all__ = ["draw_overview"]
