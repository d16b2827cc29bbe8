"""Identifiers as keyed hashes, the same in Python and in SQL: found again, never read back."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb

from orchestration.lib.access.personal import EMAIL
from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

BLOCK = 64
# Spellings of one mailbox, beside the address as it is: without plus tag, and as its provider
# delivers it.
UNTAGGED, MAILBOX = "untagged", "mailbox"
# An id that an identifier may have given to a person.
PERSON = "person"
ADDRESS = r"[\pL\pN._+''-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+"
# domain -> (domain of the mailbox, whether dots before the @ say nothing)
Providers = Mapping[str, tuple[str, bool]]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What to look for: hashes of forms under a key of up to 64 bytes; how providers spell."""

    key: bytes
    hashes: frozenset[str]
    providers: Providers = field(hash=False)

    def has_address(self, address: str) -> bool:
        """Whether an address, in any spelling, is among them."""
        forms = address_forms(address.strip().lower(), self.providers).values()
        return any(hashed(self.key, one) in self.hashes for one in forms)

    def has_person(self, person_id: str) -> bool:
        """Whether one of the identifiers among them gave this id, or could have."""
        return hashed(self.key, form(PERSON, "", person_id)) in self.hashes


def form(kind: str, issuer: str, identifier: str) -> str:
    """The text of an identifier that is hashed."""
    return f"{kind}|{issuer}|{identifier}"


def hashed(key: bytes, text: str) -> str:
    """HMAC-SHA256 of a form, as hex."""
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def address_forms(address: str, providers: Providers) -> dict[str, str]:
    """The forms of a lower-case address, by kind; the same as `forms_sql` has."""
    local, at, domain = address.partition("@")
    plain = local.split("+")[0] if local.find("+") > 0 else local
    mailbox_domain, ignores_dots = providers.get(domain, (domain, False))
    mailbox = plain.replace(".", "") if ignores_dots else plain
    return {
        EMAIL: form(EMAIL, "", address),
        UNTAGGED: form(UNTAGGED, "", f"{plain}{at}{domain}"),
        MAILBOX: form(MAILBOX, "", f"{mailbox}{at}{mailbox_domain}"),
    }


def digits(phone: str) -> str:
    """A phone number as it is compared: nothing but digits."""
    return re.sub(r"[^0-9]", "", phone)


def read_spellings(settings: Settings) -> Providers:
    """How providers spell mailboxes, own rows first."""
    rows = [row.values for row in effective_rows(settings, rule_tables()["mailbox_providers"])]
    return {
        str(row["domain"]): (str(row["mailbox_domain"]), row["ignores_dots"] == "true")
        for row in rows
    }


def bring_marks(cursor: duckdb.DuckDBPyConnection, marks: Marks) -> None:
    """Make the table `marks` of a cursor; the key stands in variables of the session."""
    padded = marks.key.ljust(BLOCK, b"\0")
    for name, byte in (("marks_outer", 0x5C), ("marks_inner", 0x36)):
        cursor.execute(f"set variable {name} = ?", [bytes(one ^ byte for one in padded)])
    cursor.execute("create or replace temp table marks (mark varchar)")
    cursor.execute("insert into marks select unnest(?)", [sorted(marks.hashes)])


def forms_sql(identifier_type: str, issuer: str, identifier: str, providers: Providers) -> str:
    """SQL of the list of forms of an identifier, `identifier` being SQL of its value."""
    if identifier_type != EMAIL:
        return f"[{value(form(identifier_type, issuer, ''))} || {identifier}]"
    at = f"position('@' in {identifier})"
    plus = f"position('+' in {identifier})"
    plain = (
        f"case when {plus} between 2 and {at} - 1 then left({identifier}, {plus} - 1)"
        f" else left({identifier}, {at} - 1) end"
    )
    domain = f"substring({identifier}, {at} + 1)"
    return (
        f"[{value(form(EMAIL, '', ''))} || {identifier},"
        f" {value(form(UNTAGGED, '', ''))} || {plain} || '@' || {domain},"
        f" {value(form(MAILBOX, '', ''))} || {_mailbox(plain, domain, providers)}]"
    )


def marked_sql(text: str) -> str:
    """SQL of whether a form, `text` being SQL of it, is among the marks."""
    inner = f"unhex(sha256(getvariable('marks_inner') || encode({text})))"
    return f"sha256(getvariable('marks_outer') || {inner}) in (select mark from marks)"


def addresses_sql(column: str) -> str:
    """SQL of the list of addresses in any text, written plainly or as in a URL."""
    return f"regexp_extract_all(lower(coalesce(try(url_decode({column})), {column})), '{ADDRESS}')"


def _mailbox(plain: str, domain: str, providers: Providers) -> str:
    """SQL of an address as its provider delivers it."""
    undotted = f"replace({plain}, '.', '')"
    cases = [
        f"when {value(one)} then {undotted if dots else plain} || {value(f'@{home}')}"
        for one, (home, dots) in sorted(providers.items())
    ]
    if not cases:
        return f"{plain} || '@' || {domain}"
    return f"case {domain} {' '.join(cases)} else {plain} || '@' || {domain} end"


def marks_of(forms: Iterable[str], providers: Providers, *, key: bytes) -> Marks:
    """Marks of plain forms."""
    return Marks(key=key, hashes=frozenset(hashed(key, one) for one in forms), providers=providers)
