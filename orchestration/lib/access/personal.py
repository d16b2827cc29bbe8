"""Which raw columns name a person, as `personal/<system>.yml` declares beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from orchestration.lib.errors import ContractError
from orchestration.lib.raw_checks import TableSpec, declared_table
from orchestration.lib.sql_text import address, name, value

FOLDER = Path(__file__).parent / "personal"
EMAIL, PHONE = "email", "phone"
BELONGS = "belongs_to"
# ids that a system gave out say nothing beside another system's
ISSUED = ("contact_id", "lead_id", "user_id", "anonymous_id")
WORLDWIDE = (EMAIL, "email_sha256", PHONE, "click_id")
_CLICKS = "gclid|gbraid|wbraid|msclkid|fbclid|li_fat_id|ttclid|irclickid"


@dataclass(frozen=True, kw_only=True)
class NamingColumn:
    """A raw column that holds an identifier of a person, whole or `within` a URL or JSON field."""

    column: str
    identifier_type: str
    within: str | None = None

    @property
    def value_sql(self) -> str:
        """SQL of the identifier as staging has it; null when the column holds none."""
        column = name(self.column)
        if self.within == "url":
            found = f"regexp_extract({column}, '[?&](?:{_CLICKS})=([^&#]+)', 1)"
            return f"nullif(trim(url_decode({found})), '')"
        if self.within:
            field = value(f"$.{self.within}")
            return (
                f"case when json_valid({column})"
                f" then lower(json_extract_string({column}, {field})) end"
            )
        return {
            EMAIL: address(column),
            "email_sha256": f"nullif(lower(trim({column})), '')",
            PHONE: f"nullif(regexp_replace({column}, '[^0-9]', '', 'g'), '')",
            "click_id": f"nullif(trim({column}), '')",
        }.get(self.identifier_type, f"nullif({column}, '')")


@dataclass(frozen=True, kw_only=True)
class PersonalTable:
    """A raw table that names persons; `sides` are columns that go together while the row stays."""

    spec: TableSpec
    columns: tuple[NamingColumn, ...]
    sides: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class AttachedTable:
    """A raw table that names nobody: its rows belong to rows of `owner` with the same `column`."""

    spec: TableSpec
    owner: TableSpec
    column: str


@cache
def personal_tables() -> tuple[PersonalTable, ...]:
    """Every declared table that names persons, in the order of the files; raises ContractError."""
    found: list[PersonalTable] = []
    for path in sorted(FOLDER.glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [
            _table(path, table, declared)
            for table, declared in document.items()
            if BELONGS not in declared
        ]
    return tuple(found)


@cache
def attached_tables() -> tuple[AttachedTable, ...]:
    """Every table whose rows belong to rows of persons, owners first; raises ContractError."""
    return tuple(
        _attached(path, table, owner, column)
        for path in sorted(FOLDER.glob("*.yml"))
        for table, declared in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for owner, column in declared.get(BELONGS, {}).items()
    )


def personal_table(spec: TableSpec) -> PersonalTable:
    """What is declared of one table; no columns when it names nobody."""
    found = (one for one in personal_tables() if one.spec.name == spec.name)
    return next(found, PersonalTable(spec=spec, columns=()))


def issuer_of(identifier_type: str, system: str) -> str:
    """Who gave out an identifier of a type that stands in a table of `system`."""
    return system if identifier_type in ISSUED else ""


def _table(path: Path, table: str, declared: dict[str, Any]) -> PersonalTable:
    spec = declared_table(path.stem, table)
    names = declared.get("names", {})
    sides = tuple(tuple(side) for side in declared.get("sides", ()))
    used = {*names, *(column for side in sides for column in side)}
    required = {column.name for column in spec.required} if spec else set()
    if spec is None or used - set(spec.column_names) or required & {*sum(sides, ())}:
        raise ContractError(
            f"{table} is not a declared table with these columns",
            str(path),
            "name declared columns; what goes from a row that stays must not be required",
        )
    return PersonalTable(
        spec=spec,
        columns=tuple(_column(path, column, text) for column, text in names.items()),
        sides=sides,
    )


def _attached(path: Path, table: str, owner: str, column: str) -> AttachedTable:
    spec, owner_spec = declared_table(path.stem, table), declared_table(path.stem, owner)
    for one in (spec, owner_spec):
        if one is None or column not in one.column_names:
            raise ContractError(
                f"{table} cannot belong to {owner} by {column}",
                str(path),
                "name declared tables of one system that both have the column",
            )
    return AttachedTable(spec=spec, owner=owner_spec, column=column)


def _column(path: Path, column: str, text: str) -> NamingColumn:
    """A column from `type` or `type in place`."""
    kind, _, within = text.partition(" in ")
    if kind not in (*ISSUED, *WORLDWIDE):
        raise ContractError(f"column {column}: '{text}'", str(path), "name a type of identifier")
    return NamingColumn(column=column, identifier_type=kind, within=within or None)
