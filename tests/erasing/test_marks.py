"""An identifier has the same forms in Python and in SQL, and a hash that only the key repeats."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.lib.access.marks import (
    address_forms,
    addresses_sql,
    bring_marks,
    form,
    forms_sql,
    marked_sql,
    marks_of,
)
from orchestration.lib.access.personal import EMAIL

PROVIDERS = {"gmail.com": ("gmail.com", True), "googlemail.com": ("gmail.com", True)}
ADDRESSES = (
    "mia@acme.com", "mia+news@acme.com", "+mia@acme.com", "m.i.a@gmail.com", "mia@a@b.com",
    "mi.a+x+y@googlemail.com", "o'hara@acme.com", "mïa@münchen.de", "a+@x.io",
)  # fmt: skip
TEXTS = {
    "https://x.de/p?email=mia@acme.com&b=1": ["mia@acme.com"],
    "https://x.de/p?e=Mia%40acme.com": ["mia@acme.com"],
    "%ff%fe mia@acme.com": ["mia@acme.com"],
    "Mia <MIA@acme.com>, tom@x.co.uk.": ["mia@acme.com", "tom@x.co.uk"],
    '{"to":"mïa@münchen.de"}': ["mïa@münchen.de"],
    "a@b": [],
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_forms_are_the_same_in_sql(address: str) -> None:
    query = f"select {forms_sql(EMAIL, '', 'address', PROVIDERS)} from (select ? as address)"
    ((found,),) = duckdb.execute(query, [address]).fetchall()
    assert found == list(address_forms(address, PROVIDERS).values())


@pytest.mark.parametrize("text", TEXTS)
def test_addresses_are_found_in_any_text(text: str) -> None:
    rows = duckdb.execute(f"select {addresses_sql('text')} from (select ? as text)", [text])
    assert rows.fetchall() == [(TEXTS[text],)]


@pytest.mark.parametrize("key", [b"k" * 32, b"\x00\xff" * 32, b"short"])
def test_a_hash_is_found_under_its_key_alone(key: bytes) -> None:
    told = form("contact_id", "files", "con_ü")
    with duckdb.connect() as connection:
        for other in (key, b"another key"):
            bring_marks(connection, marks_of([told], PROVIDERS, key=other))
            assert connection.execute(
                f"select {marked_sql('text')} from (select ? as text)", [told]
            ).fetchall() == [(True,)]
        connection.execute("set variable marks_inner = ?", [b"\x36" * 64])
        assert connection.execute(
            f"select {marked_sql('text')} from (select ? as text)", [told]
        ).fetchall() == [(False,)]


def test_an_address_is_known_in_every_spelling_that_was_marked() -> None:
    forms = address_forms("mia@gmail.com", PROVIDERS).values()
    marks = marks_of(forms, PROVIDERS, key=b"k")
    assert marks.has_address(" M.I.A+x@GoogleMail.com ")
    assert not marks.has_address("tom@gmail.com")
    exact = marks_of([form(EMAIL, "", "mia@gmail.com")], PROVIDERS, key=b"k")
    assert not exact.has_address("mia+x@gmail.com")
