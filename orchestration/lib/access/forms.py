"""The forms under which the identifiers of a person may stand in raw rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import duckdb

from orchestration.lib.access.finding import IDENTIFIERS, Person, joined_spellings
from orchestration.lib.access.marks import (
    PERSON,
    Providers,
    address_forms,
    digits,
    form,
    forms_sql,
)
from orchestration.lib.access.personal import EMAIL, PHONE, issuer_of
from orchestration.lib.settings import Settings


def forms_of(
    person: Person,
    settings: Settings,
    providers: Providers,
    *,
    published: duckdb.DuckDBPyConnection | None,
    warehouse: duckdb.DuckDBPyConnection | None,
) -> set[str]:
    """Every form under which the person's identifiers may stand in a raw row, and their ids.

    Spellings of an address count as far as rules join them, and nobody else has one of them.
    """
    joined = joined_spellings(settings)
    forms = {form(PERSON, "", person_id) for person_id in person.ids}
    for one in person.identifiers:
        if one.blocked_reason and one.blocked_reason != person.blocked_reason:
            continue
        if one.identifier_type == EMAIL:
            forms |= set(_of_address(one.identifier_value, joined, providers))
        elif one.identifier_type == PHONE:
            forms |= {form(PHONE, "", text) for text in _phones(one.identifier_value, warehouse)}
        else:
            issuer = issuer_of(one.identifier_type, one.issuer)
            forms.add(form(one.identifier_type, issuer, one.identifier_value))
    return forms - _of_others(published, person, providers)


def _of_address(address: str, joined: tuple[str, ...], providers: Providers) -> Iterator[str]:
    """The address as it is, its spellings, and the hash that stands for it."""
    spelled = address_forms(address, providers)
    for kind in (EMAIL, *joined):
        yield spelled[kind]
        plain = spelled[kind].rpartition("|")[2]
        yield form("email_sha256", "", hashlib.sha256(plain.encode()).hexdigest())


def _phones(number: str, warehouse: duckdb.DuckDBPyConnection | None) -> set[str]:
    """The digits of a number, and of whatever was typed and read as it."""
    typed = (
        warehouse.execute("select phone from lookups.phones where e164 = ?", [number]).fetchall()
        if warehouse
        else []
    )
    return {digits(number)} | {digits(text) for (text,) in typed}


def _of_others(
    published: duckdb.DuckDBPyConnection | None, person: Person, providers: Providers
) -> set[str]:
    """Spellings that other persons have an address of."""
    if published is None or not person.addresses:
        return set()
    rows = published.execute(
        f"select distinct unnest({forms_sql(EMAIL, '', 'identifier_value', providers)})"
        f" from {IDENTIFIERS} where identifier_type = ? and person_id <> ?",
        [EMAIL, person.person_id or ""],
    ).fetchall()
    return {text for (text,) in rows}
