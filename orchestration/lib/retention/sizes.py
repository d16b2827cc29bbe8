"""What a home weighs, layer by layer, without opening a database."""

from __future__ import annotations

from typing import Any

from orchestration.lib.retention.finding import bytes_of
from orchestration.lib.settings import Settings


def sizes(settings: Settings) -> list[dict[str, Any]]:
    """One row per layer that holds anything: megabytes and files, the largest first."""
    places = {
        "landing": settings.landing,
        "warehouse": settings.warehouse,
        "marts build": settings.marts_build,
        "published": settings.published,
        "past": settings.home / "past",
        "lake": settings.lake,
        "outbox": settings.outbox,
        "state": settings.state,
    }
    rows = [
        {
            "layer": layer,
            "megabytes": round(bytes_of(place) / 1e6, 1),
            "files": sum(one.is_file() for one in place.rglob("*")) if place.is_dir() else 1,
        }
        for layer, place in places.items()
        if place.exists()
    ]
    filled = [row for row in rows if row["files"]]
    return sorted(filled, key=lambda row: (-float(row["megabytes"]), str(row["layer"])))
