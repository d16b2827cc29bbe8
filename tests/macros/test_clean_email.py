"""An address is read out of what stands around it, alike by staging and by who seeks raw rows."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from orchestration.lib.sql_text import address

MIA = "mia@acme.com"
CASES = {
    "Mia <mia@acme.com>": MIA,
    '"Doe, Mia" <Mia@Acme.com> ': MIA,
    "Mia\n<mia@acme.com>": MIA,
    "mailto:MIA@acme.com": MIA,
    "mia@acme.com;": MIA,
    "mia@acme.com.": MIA,
    "\tmia@acme.com\r\n": MIA,
    "\u00a0mia@acme.com\u00a0": MIA,
    "\ufeffmia@acme.com": MIA,
    "\u202emia@acme.com": MIA,
    " Mia+News@acme.com": "mia+news@acme.com",
    '"john doe"@acme.com': '"john doe"@acme.com',
    "jürgen@müller.de": "jürgen@müller.de",
    "o'neil@acme.com": "o'neil@acme.com",
    "Mia <@acme.com>": "mia <@acme.com>",
    "a@acme.com; b@acme.com": "a@acme.com; b@acme.com",
    "@acme.com": None,
    "nobody": None,
    "": None,
}


@pytest.fixture(scope="module")
def staging(compiled: Callable[[str], str]) -> str:
    return compiled("{{ clean_email('text') }}")


@pytest.mark.parametrize("text", CASES)
def test_an_address_is_taken_out_of_its_surroundings(staging: str, text: str) -> None:
    read = f"select {staging}, {address('text')} from (select $1::varchar as text)"
    assert duckdb.execute(read, [text]).fetchone() == (CASES[text], CASES[text])
