"""Finds an identifier as a user writes it: an address, a phone number, a device, an id of a CRM."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from orchestration.lib.errors import TouchlineError

# a phone number is kept in its international form, and typed in many
WRITTEN = """
    select identifier_id, identifier_type || ' ' || identifier_value, person_id
    from marts.dim_identifiers
    where identifier_id = $text
        or lower(identifier_value) = lower($text)
        or lower(identifier_type || ' ' || identifier_value) = lower($text)
        or (
            identifier_type = 'phone'
            and regexp_full_match($text, '[+0-9 ()/.-]+')
            and identifier_value = '+' || ltrim(regexp_replace($text, '[^0-9]', '', 'g'), '0')
        )
    order by first_seen_at, identifier_id
"""


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """One identifier: its key, how it is called, and whose it is."""

    key: str
    name: str
    person_id: str


def written_as(connection: duckdb.DuckDBPyConnection, text: str) -> list[Identifier]:
    """Every identifier that `text` may mean, the oldest first."""
    found = connection.execute(WRITTEN, {"text": text}).fetchall()
    return [Identifier(key=key, name=name, person_id=person) for key, name, person in found]


def find_identifier(
    connection: duckdb.DuckDBPyConnection, text: str, *, person_id: str
) -> Identifier:
    """The identifier that `text` names; one of the person goes before others of that name.

    Raises TouchlineError when there is none, or several of other persons.
    """
    found = written_as(connection, text)
    for identifier in found:
        if identifier.person_id == person_id:
            return identifier
    if len({identifier.person_id for identifier in found}) == 1:
        return found[0]
    if found:
        raise TouchlineError(
            f"'{text}' is an identifier of {len(found)} others",
            f"person {person_id}",
            f"give one key: {', '.join(identifier.key for identifier in found[:5])}",
        )
    raise TouchlineError(
        f"'{text}' is no identifier of this person or any other",
        f"person {person_id}",
        "give an address, a phone number with its country, or an id as in marts.dim_identifiers",
    )
