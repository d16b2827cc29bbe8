"""Quoting of names and values, and the casts that decide whether a text is a value of its type."""

from __future__ import annotations

from collections.abc import Collection

VERSION_COLUMN = "updated_at"

_CASTABLE = {
    "text": "true",
    "timestamp": "coalesce(isfinite(try_cast({0} as timestamptz)), false)",
    "date": "coalesce(isfinite(try_cast({0} as timestamptz)), false)",
    "number": "try_cast({0} as decimal(18, 4)) is not null",
    "integer": "try_cast({0} as decimal(18, 4)) is not null",
    "boolean": "try_cast({0} as boolean) is not null",
    "json": "json_valid({0})",
}


def name(text: str) -> str:
    """`text` as a quoted SQL name."""
    return '"' + text.replace('"', '""') + '"'


def value(text: object) -> str:
    """`text` as a quoted SQL string; the parser ends at a NUL, so one is written as chr(0)."""
    quoted = str(text).replace("'", "''").replace("\0", "' || chr(0) || '")
    return f"'{quoted}'" if "\0" not in str(text) else f"('{quoted}')"


def address(column: str) -> str:
    """The address of a text column as staging reads it (macro `clean_email`), null where none."""
    around = r"[\s\p{Z}\p{Cf}"
    pattern = rf"^(?:[^<]*<)?{around}]*(?:mailto:)?([^<>@][^<>]*?){around}>,;.]*$"
    found = f"nullif(regexp_extract(lower({column}), '{pattern}', 1), '')"
    read = f"coalesce({found}, lower(trim({column})))"
    return f"case when position('@' in {column}) > 1 then {read} end"


def same_value(column: str, kind: str | None) -> str:
    """A raw text column, or one text for all ways to write the same time or number."""
    text = name(column)
    if kind == "timestamp":
        return f"coalesce(epoch_us(try_cast({text} as timestamptz))::varchar, {text})"
    if kind in ("number", "integer"):
        return f"coalesce(try_cast({text} as double)::varchar, {text})"
    return text


def version_at(columns: Collection[str]) -> str:
    """The time by which versions of a key are ordered; without one, before all times."""
    if VERSION_COLUMN not in columns:
        return "timestamptz '-infinity'"
    castable = is_castable(VERSION_COLUMN, "timestamp")
    cast = f"try_cast({name(VERSION_COLUMN)} as timestamptz)"
    return f"if({castable}, {cast}, timestamptz '-infinity')"


def is_missing(column: str) -> str:
    """Whether a raw text column says nothing: null, empty or blank."""
    return f"nullif(trim({name(column)}), '') is null"


def is_castable(column: str, kind: str) -> str:
    """Whether a filled raw text column is a finite value of a declared type."""
    return _CASTABLE[kind].format(name(column))
