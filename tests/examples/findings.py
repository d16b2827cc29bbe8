"""Findings on real data and what their queries return: `python -m tests.examples.findings HOME`.

HOME is a built home of an example, in a folder of the example's name; its tables of the page are
written anew. The words around them are for whoever looks at the difference.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.lib.building.project import PROJECT
from orchestration.lib.documenting import Page
from tests.docs.pages import refreshed

FINDINGS = PROJECT / "docs" / "findings.md"
MART = re.compile(r"\b(?:marts|observability)\.(\w+)")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One finding of the page: the example it is about, and its text with query and rows."""

    example: str
    page: Page

    @property
    def title(self) -> str:
        """What was found."""
        return self.page.text.partition("\n")[0].removeprefix("### ")

    @property
    def words(self) -> str:
        """What is said of it, without query and rows."""
        return self.page.text.partition("```sql")[0]


def findings(example: str = "") -> list[Finding]:
    """The findings of the page, or those about one example."""
    return [found for found in _told(FINDINGS.read_text(encoding="utf-8"))
            if example in ("", found.example)]  # fmt: skip


def marts_asked(told: Collection[Finding]) -> set[str]:
    """Names of the models that the queries of findings read."""
    return {name for found in told for name in MART.findall(found.page.query)}


def _told(text: str) -> Iterator[Finding]:
    """Sections name their example in a link to its folder; each ### below is a finding."""
    for section in text.split("\n## ")[1:]:
        example = re.search(r"\(examples/(\w+)/README.md\)", section)
        for part in section.split("\n### ")[1:]:
            page = Page(path=FINDINGS, text=f"### {part.rstrip()}\n")
            yield Finding(example=example[1] if example else "", page=page)


def write(home: Path) -> None:
    """Refresh the tables of one example's findings."""
    text = FINDINGS.read_text(encoding="utf-8")
    with duckdb.connect(str(home / "marts_build.duckdb"), read_only=True) as marts:
        for found in findings(home.name):
            text = text.replace(found.page.text, refreshed(found.page, marts))
    FINDINGS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
