"""Queries of the marts' pages and what they return: `python -m tests.docs.pages --write`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from orchestration.lib.documenting.pages import INDEX, PAGES, Page, mart_pages
from orchestration.lib.settings import Settings
from tests.docs.kpis import PAGE as KPIS
from tests.docs.kpis import kpi_page
from tests.docs.rule_list import RULES, rule_list
from tests.homes import landed_world, remember_strangers

ACCOUNTS = 60
HEADS = {
    "marts": "What happened, and what it says",
    "activation": "Whom to tell",
    "observability": "Is it true",
}


def returned(page: Page, marts: duckdb.DuckDBPyConnection) -> str:
    """Rows of a page's query as a Markdown table."""
    found = marts.execute(page.query)
    names = [column[0] for column in found.description]
    rows = [[cell(value) for value in row] for row in found.fetchall()]
    return "\n".join(line(row) for row in [names, ["---"] * len(names), *rows])


def line(cells: Iterable[str]) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def cell(value: object) -> str:
    """A value as a page shows it: null is empty, times end at the minute."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value).replace("|", "\\|")


def refreshed(page: Page, marts: duckdb.DuckDBPyConnection) -> str:
    """The text of a page with what its query returns now."""
    head, fence, _ = page.text.rpartition("\n```\n")
    return f"{head}{fence}\n{returned(page, marts)}\n"


def index(pages: Iterable[Page]) -> str:
    """The list of all pages by the question they answer."""
    by_schema = sorted(pages, key=lambda page: (list(HEADS).index(page.schema), page.mart))
    lines = [
        "# Which mart answers what?",
        "",
        "A mart is a table of the published file. Its page shows a query and what it returns on a",
        f"generated world of {ACCOUNTS} accounts; `touchline docs` adds every column.",
    ]
    for schema, told in groupby(by_schema, key=lambda page: page.schema):
        lines += ["", f"## {HEADS[schema]}: `{schema}`", "", "| question | mart |", "|---|---|"]
        lines += [f"| {page.question} | [{page.mart}]({page.path.name}) |" for page in told]
    return "\n".join(lines) + "\n"


def write(marts: duckdb.DuckDBPyConnection, folder: Path = PAGES) -> list[str]:
    """Refresh pages, index, rules and KPIs; returns the names of the files that differed."""
    texts = {page.path: refreshed(page, marts) for page in mart_pages(folder)}
    texts |= {folder / INDEX: index(mart_pages(folder)), RULES: rule_list(), KPIS: kpi_page()}
    changed = [
        path
        for path, text in texts.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in changed:
        path.write_text(texts[path], encoding="utf-8")
    return [path.name for path in changed]


def main() -> None:
    """Build the generated world, or take a built home, and refresh the pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.pages", description=__doc__)
    parser.add_argument("--write", action="store_true", required=True, help="refresh the pages")
    parser.add_argument("--home", type=Path, help="a built home of that world, to save building")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        settings = Settings(home=given.home or Path(folder) / "home")
        if not given.home:
            home = landed_world(settings.home, accounts=ACCOUNTS)
            remember_strangers(home)
            home.build_unchecked()
        with duckdb.connect(str(settings.marts_build), read_only=True) as marts:
            print("\n".join(write(marts)) or "nothing differs")


if __name__ == "__main__":
    main()
