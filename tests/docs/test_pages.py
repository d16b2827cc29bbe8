"""Every published mart has a page: its question, its grain, and a query that still holds."""

from __future__ import annotations

import re
from typing import Any

import pytest

from orchestration.lib.documenting import mart_pages
from orchestration.lib.documenting.pages import INDEX, PAGES, Page
from tests.docs.pages import index, returned
from tests.docs.rule_list import RULES, rule_list
from tests.homes import Home

LONGEST = 40
# marts that hold what is wrong or was changed, and of which the generated world has nothing
NOTHING_WRONG = {"rpt_raw_doubts", "rpt_rule_effects", "rpt_sync_runs", "sync_segment_changes"}
REFRESH = "look at the difference, then: python -m tests.docs.pages --write"


def words(page: Page) -> str:
    """The text of a page without its line breaks."""
    return " ".join(page.body.split())


@pytest.mark.parametrize("page", mart_pages(), ids=lambda page: page.mart)
def test_a_page_has_its_parts(page: Page) -> None:
    first = page.text.partition("\n")[0]
    assert re.fullmatch(r"# [A-Z].*\?", first), "the first line is the question it answers"
    assert f"`{page.schema}.{page.mart}` holds one row per " in words(page)
    assert all(part in words(page) for part in ("Key: `", "**Use it** ", "**Not** "))
    assert f"{page.schema}.{page.mart}" in page.query, "the example asks this mart"
    assert "order by" in page.query, "rows come in one order"
    lines = page.text.splitlines()
    assert len(lines) <= LONGEST
    assert [text for text in lines if len(text) > 100 and not text.startswith("|")] == []


def test_the_index_lists_every_page() -> None:
    assert (PAGES / INDEX).read_text(encoding="utf-8") == index(mart_pages()), REFRESH


def test_the_list_of_rules_is_that_of_the_tables() -> None:
    written = RULES.read_text(encoding="utf-8")
    assert written == rule_list(), "run: python -m tests.docs.rule_list"


@pytest.mark.slow
def test_every_published_mart_has_a_page(public: list[dict[str, Any]]) -> None:
    marts = {f"{node['schema']}.{node['name']}" for node in public}
    assert {f"{page.schema}.{page.mart}" for page in mart_pages()} == marts


@pytest.mark.slow
def test_a_page_names_the_key_that_is_tested(
    compiled: dict[str, Any], public: list[dict[str, Any]]
) -> None:
    keys = {
        node["attached_node"]: node["test_metadata"]["kwargs"]["columns"]
        for node in compiled["nodes"].values()
        if node.get("test_metadata", {}).get("name") == "unique_key"
    }
    bodies = {page.mart: words(page) for page in mart_pages()}
    wrong = {
        node["name"]: told
        for node in public
        if (told := "Key: " + ", ".join(f"`{column}`" for column in keys[node["unique_id"]]))
        not in bodies.get(node["name"], "")
    }
    assert wrong == {}


@pytest.mark.slow
def test_what_a_page_shows_is_what_its_query_returns(built_home: Home) -> None:
    with built_home.marts() as marts:
        differing = {page.mart for page in mart_pages() if page.output != returned(page, marts)}
        assert differing == set(), REFRESH
        empty = {page.mart for page in mart_pages() if len(page.output.splitlines()) < 3}
        assert empty <= NOTHING_WRONG, "an example returns at least one row"
