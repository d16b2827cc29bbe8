"""What the numbering plans say of a phone number as somebody typed it."""

from __future__ import annotations

from importlib.metadata import version

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

COLUMNS = {
    "phone": "varchar",
    "country_hint": "varchar",
    "e164": "varchar",
    "country": "varchar",
    "line_type": "varchar",
}


def library_version() -> str:
    """Version of the numbering plans."""
    return f"phonenumbers {version('phonenumbers')}"


def describe(phone: str, country_hint: str) -> tuple[str, str, str | None, str | None, str | None]:
    """(phone, hint, E.164, ISO country, line type); the last three None when it is no number.

    A number without a country code is read as one of the hinted country, an ISO 3166 alpha-2 code.
    """
    region = country_hint.strip().upper()
    try:
        number = phonenumbers.parse(
            phone, region if region in phonenumbers.SUPPORTED_REGIONS else None
        )
    except phonenumbers.NumberParseException:
        return phone, country_hint, None, None, None
    if not phonenumbers.is_valid_number(number):
        return phone, country_hint, None, None, None
    return (
        phone,
        country_hint,
        phonenumbers.format_number(number, PhoneNumberFormat.E164),
        phonenumbers.region_code_for_number(number),
        PhoneNumberType.to_string(phonenumbers.number_type(number)).lower(),
    )
