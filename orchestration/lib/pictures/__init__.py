"""Pictures: one account's journey as a page that any browser opens, without a network."""

from orchestration.lib.pictures.drawing import draw_journey

__all__ = ["draw_journey"]
