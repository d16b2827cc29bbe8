"""Where things lie in the lake of a home."""

from __future__ import annotations

from pathlib import Path

from orchestration.lib.settings import Settings


def raw_folder(settings: Settings) -> Path:
    """Raw tables, lookups and ledgers: `<schema>/<table>.parquet`."""
    return settings.lake / "raw"


def seed_folder(settings: Settings) -> Path:
    """Rule tables as they hold in this home: `<table>.parquet`."""
    return settings.lake / "seeds"


def spark_folder(settings: Settings) -> Path:
    """Spark's own tables, made anew by each build: `<schema>.db/<table>/*.parquet`."""
    return settings.lake / "spark"
