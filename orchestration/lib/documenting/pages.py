"""Reads the marts' pages: the question a mart answers, an example query and what it returns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from orchestration.lib.building.project import PROJECT

PAGES = PROJECT / "docs" / "marts"
INDEX = "README.md"
QUERY = re.compile(r"```sql\n(?P<query>.*?)```\n(?P<output>.*)", re.S)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of `docs/marts`; it is called after its mart."""

    path: Path
    text: str

    @property
    def mart(self) -> str:
        """Name of the mart."""
        return self.path.stem

    @property
    def schema(self) -> str:
        """Schema of the mart: the first name in backticks is `schema.mart`."""
        return self.text.partition("`")[2].partition(".")[0]

    @property
    def question(self) -> str:
        """What the mart answers: the first line."""
        return self.text.partition("\n")[0].removeprefix("# ")

    @property
    def body(self) -> str:
        """Everything below the question."""
        return self.text.partition("\n")[2].strip()

    @property
    def query(self) -> str:
        """The example query; empty when there is none."""
        found = QUERY.search(self.text)
        return found["query"].strip() if found else ""

    @property
    def output(self) -> str:
        """What stands below the query: the rows it returns."""
        found = QUERY.search(self.text)
        return found["output"].strip() if found else ""


def mart_pages(folder: Path = PAGES) -> list[Page]:
    """Every page, sorted by the name of its mart; the index is no page."""
    return [
        Page(path=path, text=path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.md"))
        if path.name != INDEX
    ]
