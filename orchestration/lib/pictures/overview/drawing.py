"""Draws the overview: asks the published file, draws the panels, writes one page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from orchestration.lib.explain.reading import Row
from orchestration.lib.pictures.overview.panels import Panel, panels_of
from orchestration.lib.pictures.overview.questions import read_answers
from orchestration.lib.pictures.writing import filled, write_page
from orchestration.lib.publishing import open_published
from orchestration.lib.settings import Settings

TEMPLATE = Path(__file__).with_name("overview.html")


def draw_overview(settings: Settings, *, path: Path | None = None) -> Path:
    """Draw what the published marts say at a glance; returns the file. No person is named in it.

    Raises TouchlineError when nothing is published.
    """
    connection = open_published(settings)
    try:
        answers = read_answers(connection)
    finally:
        connection.close()
    return write_page(path or settings.home / "pictures" / "overview.html", page_of(answers))


def page_of(answers: dict[str, list[Row]]) -> str:
    """The page of the answers, with nothing fetched from anywhere."""
    version = answers["version"][0]
    facts = [f"{version[name]:,} {name}" for name in ("accounts", "persons", "touchpoints")]
    return filled(
        TEMPLATE,
        facts="".join(f"<li>{escape(fact)}</li>" for fact in facts),
        as_of=f"{version['as_of']:%-d %B %Y}",
        panels="".join(_card(panel) for panel in panels_of(answers)),
    )


def _card(panel: Panel) -> str:
    """One panel in its frame; without rows it says so."""
    legend = "".join(
        f'<li><i class="{shade}"></i>{escape(words)}</li>' for shade, words in panel.legend
    )
    drawing = (
        f"<figure>{panel.drawing}</figure>"
        if panel.drawing
        else f"<p>{escape(panel.when_empty)}</p>"
    )
    return (
        f"<section><h2>{escape(panel.title)}</h2><ul>{legend if panel.drawing else ''}</ul>"
        f"{drawing}<footer>{escape(panel.source)}</footer></section>"
    )
