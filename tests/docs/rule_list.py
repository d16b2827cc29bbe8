"""The list of all rule tables as `docs/rules.md` shows it: `python -m tests.docs.rule_list`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from orchestration.lib.building.project import PROJECT, SEEDS

RULES = PROJECT / "docs" / "rules.md"
FOLDERS = {"rules": "Rules", "reference": "Lists"}
# columns every rule table may have; they say when a row holds, not what it decides
SHARED = {
    *("rule_id", "clause", "scope", "system", "motion", "is_active", "rule_version", "note"),
    *("priority", "value_text", "value_number", "value_date"),
}
HEAD = """# Where is every rule?

Each table is a CSV file in `seeds`; a row in `<home>/rules/<table>.csv` replaces the shipped rows
of its id. Columns that most tables share are left out: when a row holds (`system`, `motion`,
`is_active`), its number (`rule_id`, `clause`, `priority`), what it compares with (`value_text` …).
"""


def rule_list() -> str:
    """The text of the page."""
    parts = [HEAD]
    for folder, title in FOLDERS.items():
        lines = [f"## {title}: `seeds/{folder}`", "", "| table | what a row is | columns |"]
        lines += ["|---|---|---|", *(_line(table) for table in _tables(folder))]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _tables(folder: str) -> Iterator[dict[str, Any]]:
    """Declared tables of a folder, sorted by name."""
    files = sorted((SEEDS / folder).glob("_*.yml"))
    tables = [table for file in files for table in yaml.safe_load(file.read_text())["seeds"]]
    yield from sorted(tables, key=lambda table: table["name"])


def _line(table: dict[str, Any]) -> str:
    """One row of the page: the first sentence of the description, and the table's own columns."""
    words = " ".join(table["description"].split())
    sentence = re.split(r"(?<=[a-z)]\.) ", words)[0].replace("|", "\\|")
    own = [column["name"] for column in table["columns"] if column["name"] not in SHARED]
    return f"| `{table['name']}` | {sentence} | {', '.join(f'`{name}`' for name in own)} |"


if __name__ == "__main__":
    RULES.write_text(rule_list(), encoding="utf-8")
