"""Adds to dbt's manifest what the documentation tells beyond dbt: pages and column lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.lib.documenting.pages import Page
from orchestration.lib.lineage import Lineage, Origin, leaves

PUBLIC = "public"
SCHEMAS = ("marts", "activation", "observability")
# a column that begins at more places than this is told by the first of them and a number
TOLD = 8
OVERVIEW = "__overview__"


def enrich(manifest: dict[str, Any], *, pages: Iterable[Page], lineage: Lineage) -> None:
    """Change a manifest in place: pages below the models' descriptions, where columns begin, and
    a first page that lists the marts by the question they answer."""
    page_of = {page.mart: page for page in pages}
    models = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == PUBLIC
    ]
    for model in models:
        if page := page_of.get(model["name"]):
            model["description"] += f"\n\n### {page.question}\n\n{page.body}\n"
        _tell_lineage(model, lineage)
    manifest["docs"][f"doc.touchline.{OVERVIEW}"] = {
        "name": OVERVIEW,
        "resource_type": "doc",
        "package_name": "touchline",
        "path": "marts/README.md",
        "original_file_path": "docs/marts/README.md",
        "unique_id": f"doc.touchline.{OVERVIEW}",
        "block_contents": _overview(models, page_of),
    }


def _tell_lineage(model: dict[str, Any], lineage: Lineage) -> None:
    """Add to each column of a model where its values begin: raw data, then rules and lists."""
    table = f"{model['schema']}.{model['name']}"
    for name, column in model["columns"].items():
        steps = leaves(lineage, Origin(table, name))
        begins = [step.name for kind in ("raw", "seed") for step in steps if step.kind == kind]
        begins = begins or [step.name for step in steps]
        more = f" and {len(begins) - TOLD} more" if len(begins) > TOLD else ""
        told = ", ".join(f"`{each}`" for each in begins[:TOLD])
        column["description"] = f"{column['description'].strip()} Begins at {told}{more}."


def _overview(models: Iterable[Mapping[str, Any]], page_of: Mapping[str, Page]) -> str:
    """The first page: one line for each question, with a link to the mart that answers it."""
    lines = [
        "## Which mart answers what?",
        "",
        "The page of a mart says when to use it and when not, and shows a query with its result.",
        "Its columns say where their values begin; `touchline explain column` tells the whole way.",
        "",
        "| question | mart |",
        "|---|---|",
    ]
    in_order = sorted(models, key=lambda each: (SCHEMAS.index(each["schema"]), each["name"]))
    for model in in_order:
        question = page_of[model["name"]].question if model["name"] in page_of else ""
        name = f"{model['schema']}.{model['name']}"
        lines.append(f"| {question} | [{name}](#!/model/{model['unique_id']}) |")
    return "\n".join(lines)
