"""Golden journeys: given rows of every story land in one home, each under its own names."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb

FOLDER = Path(__file__).parent
FIRST, LATER = "first", "later"
CLICK_IDS = ("gclid", "fbclid", "li_fat_id", "msclkid")
# marts of which a story tells the rows with the values it names, not all
TOLD_BY = {"fct_attribution": ("model_id", "conversion_type"), "rpt_win_loss": ("competitor",)}
WITHOUT_ACCOUNT = ("rpt_win_loss",)
DOMAINS = ("domain", "website", "company_domain", "mailbox_domain")
Row = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Story:
    """A folder of given_<table>.csv, rules_<table>.csv, expect_<mart>.csv and story.md.

    Its name keeps ids apart.
    """

    folder: Path

    @property
    def name(self) -> str:
        """Name of the folder, which says what happens."""
        return self.folder.name

    @property
    def given(self) -> dict[str, list[Row]]:
        """Rows to land by table of the system `files`."""
        return {file.stem.removeprefix("given_"): rows(file) for file in self._files("given")}

    @property
    def rules(self) -> dict[str, list[Row]]:
        """Own rule rows by rule table."""
        return {file.stem.removeprefix("rules_"): rows(file) for file in self._files("rules")}

    @property
    def expected(self) -> dict[str, list[Row]]:
        """Expected rows by mart; only the columns named are compared."""
        return {file.stem.removeprefix("expect_"): rows(file) for file in self._files("expect")}

    def _files(self, kind: str) -> list[Path]:
        return sorted(self.folder.glob(f"{kind}_*.csv"))

    def own(self, column: str, value: str) -> str:
        """A value of the story under the story's name: ids get a prefix, addresses a domain."""
        if not value:
            return value
        if column.endswith("_id") or column in CLICK_IDS:
            return f"{self.name}.{value}"
        if column.endswith("email") or column in DOMAINS:
            return re.sub(r"([\w.-]+)$", rf"{self.name.replace('_', '-')}-\1", value)
        return value

    def own_row(self, row: Row) -> Row:
        """A row of the story under its name; `left_value` is of the kind that `left_type` says."""
        kinds = {name: row.get(f"{name.removesuffix('_value')}_type", name) for name in row}
        return {name: self.own(kinds[name], text) for name, text in row.items()}

    def account_ids(self, warehouse: duckdb.DuckDBPyConnection) -> dict[str, str]:
        """Account key to what the story calls it: its own account_id, or a person's email."""
        called = {
            hashlib.md5(
                f"files|{self.own('account_id', row['account_id'])}".encode()
            ).hexdigest(): (row["account_id"])
            for row in self.given.get("accounts", [])
        }
        emails = {
            self.own(column, value): value
            for given in self.given.values()
            for row in given
            for column, value in row.items()
            if column.endswith("email") and value
        }
        owners = warehouse.execute(
            "select clusters.identifier_value, links.account_id "
            "from identity.int_identity_clusters_resolved as clusters "
            "inner join identity.int_persons_linked_to_accounts as links using (person_id) "
            "where clusters.identifier_type = 'email' "
            "and list_contains(?, clusters.identifier_value)",
            [list(emails)],
        ).fetchall()
        for address, account in sorted(owners, key=lambda owner: list(emails).index(owner[0])):
            called.setdefault(account, emails[address])
        return called


def stories() -> list[Story]:
    """Every story, sorted by name."""
    return [Story(folder=file.parent) for file in sorted(FOLDER.glob("*/story.md"))]


def rows(file: Path) -> list[Row]:
    """Rows of a CSV file as text."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def land(told: list[Story], home: Path, *, batch: str) -> None:
    """Write what a batch of all stories gives as files of the system `files`."""
    for story in told:
        for table, given in story.given.items():
            own = [story.own_row(row) for row in in_batches(given, story.name + table)[batch]]
            if own:
                write(home / "landing" / "files" / table / f"{story.name}_{batch}.csv", own)


def in_batches(given: list[Row], name: str) -> dict[str, list[Row]]:
    """The rows of a file as two batches; of an odd number one has a row more, by the name."""
    middle = (len(given) + int(hashlib.md5(name.encode()).hexdigest(), 16) % 2) // 2
    return {FIRST: given[:middle], LATER: given[middle:]}


def write_rules(told: list[Story], home: Path) -> None:
    """Write the own rule rows of all stories."""
    tables = {table for story in told for table in story.rules}
    for table in sorted(tables):
        own = [story.own_row(row) for story in told for row in story.rules.get(table, [])]
        write(home / "rules" / f"{table}.csv", own)


def write(file: Path, owned: list[Row]) -> None:
    """Rows as a CSV file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(owned[0]))
        writer.writeheader()
        writer.writerows(owned)


def found(
    story: Story, mart: str, warehouse: duckdb.DuckDBPyConnection
) -> tuple[list[Row], list[Row]]:
    """Expected and built rows of a mart for the story's accounts, in one order and spelling."""
    expected = story.expected[mart]
    columns = list(expected[0])
    accounts = story.account_ids(warehouse)
    own = "? is not null" if mart in WITHOUT_ACCOUNT else "list_contains(?, account_id)"
    relation = warehouse.execute(
        f"select * from marts_build.marts.{mart} where {own}", [list(accounts)]
    )
    names = [column[0] for column in relation.description]
    built = []
    for values in relation.fetchall():
        row = dict(zip(names, values, strict=True))
        row["account"] = accounts.get(row.get("account_id"))
        built.append({column: spelled(row[column]) for column in columns})
    told_by = TOLD_BY.get(mart, ())
    told = [{column: row[column] for column in told_by} for row in expected]
    built = [row for row in built if {column: row[column] for column in told_by} in told]
    return in_order(expected), in_order(built)


def spelled(value: object) -> str:
    """A built value as a story writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)


def in_order(unordered: list[Row]) -> list[Row]:
    """Rows sorted by all their columns."""
    return sorted(unordered, key=lambda row: tuple(row.values()))
