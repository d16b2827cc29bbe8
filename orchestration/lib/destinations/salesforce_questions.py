"""Questions in Salesforce's query language, with values that cannot break out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

# the whole address of a question may have 16,384 characters
LONGEST_VALUES = 8_000
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}


def literal(text: str) -> str:
    """`text` as a value of a question; control characters that SOQL cannot hold are left out."""
    kept = (_ESCAPES.get(one, one) for one in text if one.isprintable() or one in _ESCAPES)
    return f"'{''.join(kept)}'"


def ending(text: str) -> str:
    """A pattern of whatever ends with `text`, which stands for itself."""
    plain = literal(text)[1:-1].replace("_", "\\_").replace("%", "\\%")
    return f"'%{plain}'"


def among(field: str, values: Iterable[str]) -> Iterator[str]:
    """Conditions that together say that a field has one of `values`, each short enough to ask."""
    part: list[str] = []
    size = 0
    for one in dict.fromkeys(values):
        length = len(quote(literal(one))) + 3
        if part and size + length > LONGEST_VALUES:
            yield f"{field} IN ({', '.join(part)})"
            part, size = [], 0
        part.append(literal(one))
        size += length
    if part:
        yield f"{field} IN ({', '.join(part)})"


def selected(fields: Sequence[str], kind: str, condition: str, *, order: str = "Id") -> str:
    """A SOQL question; every name is the tool's, checked before it gets here."""
    names = ", ".join(dict.fromkeys(fields))
    return f"SELECT {names} FROM {kind} WHERE {condition} ORDER BY {order}"
