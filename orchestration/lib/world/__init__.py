"""The seeded world: data like a real team's, with the truth about it beside it."""

from .generate import WorldReport, generate

__all__ = ["WorldReport", "generate"]
