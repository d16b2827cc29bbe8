"""A job title as words that rules compare: one spelling of a letter, no punctuation, in parts."""

from __future__ import annotations

import json
import re
import unicodedata

COLUMNS = {"title": "varchar", "parts": "varchar"}

# What stands between two roles: "Founder | CTO", "CEO (former CFO)", "Head of Sales, EMEA".
_BETWEEN_PARTS = re.compile(r"[,;:|/()\[\]{}•·・–—\n]|\s-+\s|@")


def library_version() -> str:
    """Version of the list of characters."""
    return f"unicode {unicodedata.unidata_version}"


def describe(title: str) -> tuple[str, str | None]:
    """(title, JSON object of its parts by place: lower-case words, a space before and after each).

    None where nothing is left of it. No script is folded to Latin.
    """
    plain = unicodedata.normalize("NFKC", title).lower().replace("&", " and ")
    plain = re.sub(r"(?<=\w)[.'’](?=\w)", "", plain)
    texts = (" ".join(_words(part)) for part in _BETWEEN_PARTS.split(plain))
    parts = {str(place): f" {text} " for place, text in enumerate(filter(None, texts), start=1)}
    return title, json.dumps(parts, ensure_ascii=False) if parts else None


def _words(part: str) -> list[str]:
    """Words of letters, the marks that belong to them, and digits."""
    return "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in part).split()
