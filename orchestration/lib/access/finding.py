"""Finds the person that somebody means, with every identifier that is known of them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from orchestration.lib.access.marks import (
    MAILBOX,
    UNTAGGED,
    address_forms,
    forms_sql,
    read_spellings,
)
from orchestration.lib.access.personal import EMAIL
from orchestration.lib.errors import TouchlineError
from orchestration.lib.explain.reading import as_rows
from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.settings import Settings

IDENTIFIERS = "marts.dim_identifiers"
SHORTEST_BEGINNING = 6


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """One identifier as the models have it; the issuer is empty where the world gave it out."""

    identifier_type: str
    issuer: str
    identifier_value: str
    identifier_id: str | None = None
    blocked_reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person; without an id an address that no build has seen."""

    person_id: str | None
    identifiers: tuple[Identifier, ...]

    @property
    def ids(self) -> list[str]:
        """Ids the person has or could have had: each of its identifiers may have given it."""
        found = {one.identifier_id for one in self.identifiers if one.identifier_id}
        return sorted(found | ({self.person_id} if self.person_id else set()))

    @property
    def addresses(self) -> list[str]:
        """The person's addresses, lower case."""
        return [one.identifier_value for one in self.identifiers if one.identifier_type == EMAIL]

    @property
    def blocked_reason(self) -> str | None:
        """Why the only identifier names nobody in particular, such as a shared mailbox."""
        reasons = [one.blocked_reason for one in self.identifiers]
        return reasons[0] if reasons and all(reasons) else None


def find_person(
    published: duckdb.DuckDBPyConnection | None, settings: Settings, name: str, *, where: str
) -> Person:
    """The person of an address, a person's id or its beginning, or another identifier.

    An address nobody has seen yet is a person of that address alone; raises TouchlineError for
    any other name that means nobody, or several.
    """
    wanted = name.strip()
    found = _person_ids(published, settings, wanted) if published else []
    if len(found) > 1:
        raise TouchlineError(
            f"'{wanted}' means {len(found)} persons", where, f"name one: {', '.join(found[:5])}"
        )
    if found and published:
        rows = as_rows(
            published.execute(
                "select identifier_type, issuer, identifier_value, identifier_id, blocked_reason"
                f" from {IDENTIFIERS} where person_id = ? order by all",
                found,
            )
        )
        return Person(person_id=found[0], identifiers=tuple(Identifier(**row) for row in rows))
    if "@" not in wanted.strip("@"):
        raise TouchlineError(
            f"nobody is called '{wanted}'", where, "name an address or the id of a person"
        )
    unseen = Identifier(identifier_type=EMAIL, issuer="", identifier_value=wanted.lower())
    return Person(person_id=None, identifiers=(unseen,))


def joined_spellings(settings: Settings) -> tuple[str, ...]:
    """Kinds of spellings that the rules of identity take for the same mailbox."""
    rules = [row.values for row in effective_rows(settings, rule_tables()["identity_rules"])]
    methods = {row["method"] for row in rules if row.get("is_active") == "true"}
    if "plus_tag" not in methods:
        return ()
    return (UNTAGGED, MAILBOX) if "provider_spelling" in methods else (UNTAGGED,)


def _person_ids(published: duckdb.DuckDBPyConnection, settings: Settings, name: str) -> list[str]:
    """Whom a name means, the surest way first."""
    ways = [
        (f"select distinct person_id from {IDENTIFIERS} where person_id = $1", name.lower()),
        (
            f"select distinct person_id from {IDENTIFIERS}"
            " where identifier_value = $1 or identifier_value = lower($1) order by 1",
            name,
        ),
        (
            "select distinct current_person_id from marts.fct_person_aliases"
            " where old_person_id = $1 and current_person_id is not null",
            name.lower(),
        ),
    ]
    if "@" not in name and len(name) >= SHORTEST_BEGINNING:
        beginning = f"select distinct person_id from {IDENTIFIERS} where starts_with(person_id, $1)"
        ways.append((f"{beginning} order by 1", name.rstrip("…").lower()))
    for query, text in ways:
        if found := published.execute(query, [text]).fetchall():
            return [person for (person,) in found]
    return _by_spelling(published, settings, name) if "@" in name.strip("@") else []


def _by_spelling(
    published: duckdb.DuckDBPyConnection, settings: Settings, address: str
) -> list[str]:
    """Whose mailbox an address is that nobody has written this way yet."""
    providers = read_spellings(settings)
    spelled = address_forms(address.lower(), providers)
    wanted = [spelled[kind] for kind in joined_spellings(settings)]
    rows = published.execute(
        f"select distinct person_id from {IDENTIFIERS} where identifier_type = 'email'"
        " and not is_blocked and list_has_any("
        f"{forms_sql(EMAIL, '', 'identifier_value', providers)}, $1) order by 1",
        [wanted],
    ).fetchall()
    return [person for (person,) in rows]
