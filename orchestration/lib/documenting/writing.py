"""Writes the documentation of a home: `<home>/docs/index.html`, one file that needs no network."""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import DEFAULT_TARGET, common_arguments, target_folder
from orchestration.lib.documenting.enriching import enrich
from orchestration.lib.documenting.pages import mart_pages
from orchestration.lib.lineage import read_lineage
from orchestration.lib.settings import Settings


def write_docs(settings: Settings, *, target: str = DEFAULT_TARGET) -> Path:
    """The file written; columns and sizes are those of the home's last build, if there was one.

    Raises BuildError. The caller holds the run lock: dbt reads the warehouse.
    """
    folder = target_folder(settings, target=target) / "documenting"
    folder.mkdir(parents=True, exist_ok=True)
    arguments = common_arguments(settings, as_of=None, target=target, folder=folder)
    manifest = parsed_project(settings, target=target)
    call_dbt(settings, ["docs", "generate", "--static", *arguments], manifest=manifest)
    told = (folder / "manifest.json").read_text(encoding="utf-8")
    enriched = json.loads(told)
    enrich(enriched, pages=mart_pages(), lineage=read_lineage(enriched))
    html = (folder / "static_index.html").read_text(encoding="utf-8")
    page = settings.docs / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html.replace(told, json.dumps(enriched)), encoding="utf-8")
    return page
