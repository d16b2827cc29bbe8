"""How each ad platform wants what it matches people by: its columns, its normalisation, its hash.

The rules differ: Google hashes a phone with its plus and an address at Gmail without its dots,
Meta neither; a hash made for one platform finds nobody on another. None of these hashes is keyed,
so none may serve as an identifier inside the warehouse.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# 15 digits are the most a number may have by E.164; fewer than 8 are no number with country code
PHONE_DIGITS = range(8, 16)
GMAIL = ("gmail.com", "googlemail.com")
LINKEDIN_NAME_LENGTH = 35
LINKEDIN_TEXT_LENGTH = 50

_HASH = re.compile(r"[0-9a-fA-F]{64}")
_ADDRESS = re.compile(r"\S@\S")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_Cell = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Platform:
    """The columns of a platform's upload, each with the function that makes its cell.

    Such a function gives an empty cell for a value that the platform could not match.
    `keeps_all_columns`: its template takes a file only with every header.
    """

    email: str
    columns: Mapping[str, _Cell]
    keeps_all_columns: bool = False

    def cell(self, column: str, value: str | None) -> str:
        """What goes into the file for `value`: a hash where the platform wants one, else text.

        A SHA-256 in hex is taken for what was hashed before and passes through in lower case.
        Raises ValueError where a cell in clear would hold an address.
        """
        if not value or not value.strip():
            return ""
        if _HASH.fullmatch(value.strip()):
            return value.strip().lower()
        made = self.columns[column](value)
        if _ADDRESS.search(made):
            raise ValueError(f"an address in the column '{column}', which is not hashed")
        return made


def hashed(text: str) -> str:
    """SHA-256 in lower-case hex of the text as UTF-8; nothing of nothing."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def plain_email(value: str) -> str:
    """Trimmed and in lower case; nothing for what is no address."""
    address = value.strip().lower()
    local, at, domain = address.rpartition("@")
    return address if at and local and domain else ""


def google_email(value: str) -> str:
    """As Google matches it: no space anywhere, no dot before the @ of an address at Gmail."""
    address = plain_email(re.sub(r"\s", "", value))
    local, _, domain = address.rpartition("@")
    return f"{local.replace('.', '')}@{domain}" if domain in GMAIL else address


def phone_digits(value: str) -> str:
    """Country code and number without any symbol; nothing where no country code can be seen."""
    text = unicodedata.normalize("NFKC", value).strip()
    digits = "".join(character for character in text if character in "0123456789")
    if text.startswith("00"):
        digits = digits[2:]
    elif not text.startswith("+") and text.startswith(("0", "(0")):
        return ""
    digits = digits.lstrip("0")
    return digits if len(digits) in PHONE_DIGITS else ""


def google_phone(value: str) -> str:
    """E.164, with its plus."""
    digits = phone_digits(value)
    return f"+{digits}" if digits else ""


def google_name(value: str) -> str:
    """Trimmed, in lower case, one space between words."""
    return " ".join(value.lower().split())


def meta_name(value: str) -> str:
    """In lower case without punctuation, symbols and control characters; other scripts are kept."""
    kept = "".join(
        character for character in value.lower() if unicodedata.category(character)[0] not in "PSC"
    )
    return " ".join(kept.split())


def meta_place(value: str) -> str:
    """A city, state or postal code in Meta's way: as a name, and without any space."""
    return meta_name(value).replace(" ", "")


def meta_day(value: str) -> str:
    """A day of birth as YYYYMMDD; nothing for what is no ISO day."""
    found = _DATE.match(value.strip())
    return "".join(found.groups()) if found else ""


def meta_gender(value: str) -> str:
    """m or f; Meta knows no other."""
    letter = value.strip().lower()[:1]
    return letter if letter in ("m", "f") else ""


def clear(length: int | None = None) -> _Cell:
    """Text that the platform wants unhashed, on one line and at most `length` characters long."""

    def cell(value: str) -> str:
        return " ".join(_without_controls(value).split())[:length]

    return cell


def hashed_as(normalise: _Cell) -> _Cell:
    """The hash of what a normalisation makes of a value."""
    return lambda value: hashed(normalise(value))


def _without_controls(value: str) -> str:
    """`value` with a space for every control and format character, marks of direction included."""
    return "".join(" " if unicodedata.category(one)[0] == "C" else one for one in value)


PLATFORMS: dict[str, Platform] = {
    "google_audience": Platform(
        email="Email",
        columns={
            "Email": hashed_as(google_email),
            "Phone": hashed_as(google_phone),
            "First Name": hashed_as(google_name),
            "Last Name": hashed_as(google_name),
            "Country": clear(),
            "Zip": clear(),
        },
    ),
    "meta_audience": Platform(
        email="email",
        columns={
            "email": hashed_as(plain_email),
            "phone": hashed_as(phone_digits),
            "fn": hashed_as(meta_name),
            "ln": hashed_as(meta_name),
            "ct": hashed_as(meta_place),
            "st": hashed_as(meta_place),
            "zip": hashed_as(meta_place),
            "country": hashed_as(meta_place),
            "dob": hashed_as(meta_day),
            "gen": hashed_as(meta_gender),
            "madid": clear(),
        },
    ),
    "linkedin_audience": Platform(
        email="email",
        columns={
            "email": hashed_as(plain_email),
            "firstname": clear(LINKEDIN_NAME_LENGTH),
            "lastname": clear(LINKEDIN_NAME_LENGTH),
            "jobtitle": clear(LINKEDIN_TEXT_LENGTH),
            "employeecompany": clear(LINKEDIN_TEXT_LENGTH),
            "country": clear(),
            "googleaid": clear(),
        },
        keeps_all_columns=True,
    ),
}
