"""Which raw columns feed which lookup, and the SQL that takes a lookup's values out of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from orchestration.lib.errors import ContractError
from orchestration.lib.raw_checks import TableSpec, declared_table
from orchestration.lib.sql_text import name

FILE = Path(__file__).with_name("feeds.yml")

# The same expressions as the macros url_host, host_of and email_domain: models join on them.
_URL_HOST = (
    "nullif(regexp_extract(lower({0}), '^[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]+)', 1), '')"
)
_BARE_HOST = "nullif(regexp_extract(lower(trim({0})), '^([a-z0-9.-]+[.][a-z0-9-]+)', 1), '')"
_HOSTS = {
    "url": _URL_HOST,
    "website": f"coalesce({_URL_HOST.format('trim({0})')}, {_BARE_HOST})",
    "email": "nullif(regexp_extract(lower(trim({0})), '@([^@]+)$', 1), '')",
}


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One raw column whose distinct values a lookup describes."""

    lookup: str
    spec: TableSpec
    column: str
    kind: str | None
    country: str | None

    @property
    def name(self) -> str:
        """What the watermark of this feed is kept under."""
        return f"{self.spec.name}/{self.column}"

    @property
    def columns(self) -> list[str]:
        """The raw columns it reads."""
        return [column for column in (self.column, self.country) if column]

    @property
    def value_sql(self) -> str:
        """SQL of the value, null when there is none."""
        if self.kind:
            return _HOSTS[self.kind].format(name(self.column))
        return f"nullif({name(self.column)}, '')"

    @property
    def hint_sql(self) -> str:
        """SQL of the country beside it, empty when there is none."""
        return f"coalesce({name(self.country)}, '')" if self.country else "''"


@cache
def declared_feeds() -> tuple[Feed, ...]:
    """All feeds, in the order of the file; raises ContractError for what is not declared."""
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(_feed(lookup, row) for lookup, rows in document.items() for row in rows)


def _feed(lookup: str, row: dict[str, str]) -> Feed:
    """One row of the file, its names checked."""
    system, _, table = row["table"].partition("/")
    spec = declared_table(system, table)
    columns = {row["column"], row.get("country", row["column"])}
    kind = row.get("as")
    if spec is None or not columns <= set(spec.column_names) or (kind and kind not in _HOSTS):
        remedy = "name a declared table, its columns and a known kind"
        raise ContractError(f"{lookup} is fed by {row}", str(FILE), remedy)
    return Feed(
        lookup=lookup, spec=spec, column=row["column"], kind=kind, country=row.get("country")
    )
