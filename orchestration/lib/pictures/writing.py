"""Fills a page and writes it, for its group to read."""

from __future__ import annotations

from pathlib import Path
from string import Template

from orchestration.lib.history import sync_folder

# shows what a mark says of itself, in `data-tip`, when it is pointed at
TIP = Path(__file__).with_name("tip.html")

FILE_MODE = 0o640


def filled(template: Path, **parts: str) -> str:
    """The page of a template; marks of it may have tips."""
    page = Template(template.read_text(encoding="utf-8"))
    return page.substitute(tip=TIP.read_text(encoding="utf-8"), **parts)


def write_page(path: Path, page: str) -> Path:
    """Put the page at `path`, its folder too; returns the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")
    path.chmod(FILE_MODE)
    sync_folder(path.parent)
    return path
