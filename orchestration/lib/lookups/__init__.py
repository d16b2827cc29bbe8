"""One row per distinct raw value with what a library says of it; models only join."""

from orchestration.lib.lookups.refresh import ensure_lookups, refresh_lookups

__all__ = ["ensure_lookups", "refresh_lookups"]
