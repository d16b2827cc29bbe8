"""How a value reads in a line: times to the minute, two decimals, lists without brackets."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from decimal import Decimal

ISO_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d(\.\d+)?)?(\+00:00|Z)?")
HASHED_ID = re.compile(r"[0-9a-f]{32}")
ID_SHOWN = 8


def cell(value: object) -> str:
    """`value` on one line; nothing for null. Times are UTC."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float | Decimal):
        return f"{value:,.2f}"
    if isinstance(value, datetime):
        moment = value.astimezone(UTC) if value.tzinfo else value
        return moment.strftime("%Y-%m-%d %H:%M")
    return " ".join(ISO_TIME.sub(r"\1 \2", _listed(str(value))).split())


def short(text: str) -> str:
    """An id of Touchline by its beginning, which `explain` takes for the whole."""
    return f"{text[:ID_SHOWN]}…" if HASHED_ID.fullmatch(text) else text


def is_number(value: object) -> bool:
    """Whether a value is written to the right of its column."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _listed(text: str) -> str:
    """The entries of a JSON list of texts, or `text` as it is."""
    if not text.startswith("["):
        return text
    try:
        entries = json.loads(text)
    except ValueError:
        return text
    return ", ".join(str(entry) for entry in entries)
