"""A company name without its legal form, accents and punctuation, for comparing names."""

from __future__ import annotations

import re
import unicodedata
from importlib.metadata import version

from cleanco import basename

COLUMNS = {"name": "varchar", "normalised_name": "varchar"}


def library_version() -> str:
    """Version of the list of legal forms."""
    return f"cleanco {version('cleanco')}"


def describe(name: str) -> tuple[str, str | None]:
    """(name, its normalised form, None when nothing is left of it)."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    stripped = basename(basename(letters.strip())) or letters
    words = re.findall(r"\w+", stripped.lower().replace("&", " and "))
    return name, " ".join(words) or None
