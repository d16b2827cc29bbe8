"""Writes a page that only its group may read."""

from __future__ import annotations

from pathlib import Path

from orchestration.lib.history import sync_folder

FILE_MODE = 0o640


def write_page(path: Path, page: str) -> Path:
    """Put the page at `path`, its folder too; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    path.chmod(FILE_MODE)
    sync_folder(path.parent)
    return path
