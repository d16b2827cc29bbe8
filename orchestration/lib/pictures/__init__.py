"""Pictures that any browser opens without a network: one account's journey, and all at a glance."""

from orchestration.lib.pictures.drawing import draw_journey
from orchestration.lib.pictures.overview import draw_overview

__all__ = ["draw_journey", "draw_overview"]
