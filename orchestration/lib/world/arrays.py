"""Small vectorised helpers: stable ids, text columns, timestamps, expansion of counts to rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

DAY = 86_400
HOUR = 3_600
NEVER = -1
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_SHIFTS = np.arange(60, -1, -4, dtype=np.uint64)

Texts = pa.StringArray
Columns = dict[str, pa.Array]


def mix(numbers: np.ndarray, *, salt: int) -> np.ndarray:
    """Scatter int64 numbers over 64 bits: a bijection per salt, so ids never collide."""
    with np.errstate(over="ignore"):
        x = numbers.astype(np.uint64) + np.uint64((salt * 0x9E3779B97F4A7C15) % 2**64)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def hex_ids(prefix: str, numbers: np.ndarray, *, salt: int) -> Texts:
    """One id a number: prefix and 16 hexadecimal digits that say nothing about the number."""
    digits = _HEX[(mix(numbers, salt=salt)[:, None] >> _SHIFTS) & np.uint64(15)]
    offsets = np.arange(len(numbers) + 1, dtype=np.int32) * 16
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(digits))]
    return join(prefix, pa.StringArray.from_buffers(len(numbers), buffers[1], buffers[2]))


def join(*parts: pa.Array | str) -> Texts:
    """Glue text columns and constants row by row; null as soon as one part is null."""
    return pc.binary_join_element_wise(*parts, "")


def take(choices: Sequence[str | None] | pa.Array, codes: np.ndarray) -> pa.Array:
    """The choice each code points to; a negative code is null."""
    codes = np.asarray(codes, dtype=np.int64)
    values = choices if isinstance(choices, pa.Array) else pa.array(choices, pa.string())
    return values.take(pa.array(codes, mask=codes < 0))


def numerals(numbers: np.ndarray, *, width: int = 0) -> Texts:
    """Integers as text, padded with zeros to the width."""
    texts = pa.array(numbers).cast(pa.string())
    return pc.utf8_lpad(texts, width, "0") if width else texts


def iso(seconds: np.ndarray) -> Texts:
    """Seconds since 1970 as ISO 8601 in UTC; a negative number is null."""
    stamps = pa.array(seconds, pa.int64(), mask=seconds < 0).cast(pa.timestamp("s"))
    return join(pc.replace_substring(stamps.cast(pa.string()), " ", "T"), "Z")


def iso_local(seconds: np.ndarray) -> Texts:
    """The moments as a system two hours east of UTC writes them, with their offset."""
    return pc.replace_substring(iso(seconds + 2 * HOUR), "Z", "+02:00")


def iso_date(seconds: np.ndarray) -> Texts:
    """Seconds since 1970 as an ISO date; a negative number is null."""
    return pc.utf8_slice_codeunits(iso(seconds), 0, 10)


def amounts(cents: np.ndarray) -> pa.Array:
    """Whole cents as a number with two decimals; a negative number is null."""
    return pa.array(cents / 100.0, mask=cents < 0)


def where(mask: np.ndarray, values: pa.Array | str, other: pa.Array | None = None) -> pa.Array:
    """The values where the mask holds, else the other ones (null when there are none)."""
    rest = pa.scalar(None, pa.string()) if other is None else other
    chosen = pa.scalar(values) if isinstance(values, str) else values
    return pc.if_else(pa.array(mask), chosen, rest)


def expand(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows for counts: the index of the owner of each row, and its position within the owner."""
    owners = np.repeat(np.arange(len(counts)), counts)
    firsts = np.cumsum(counts) - counts
    return owners, np.arange(len(owners)) - firsts[owners]


def ranks(groups: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Position of each row within its group by order, and the size of its group."""
    by = np.lexsort((order, groups))
    ordered = groups[by]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[starts, len(ordered)])
    rank, size = np.empty(len(by), np.int64), np.empty(len(by), np.int64)
    rank[by] = np.arange(len(by)) - np.repeat(starts, sizes)
    size[by] = np.repeat(sizes, sizes)
    return rank, size


def draw(rng: np.random.Generator, weights: Sequence[float], size: int) -> np.ndarray:
    """Codes 0, 1, … drawn with the given weights."""
    edges = np.cumsum(weights) / np.sum(weights)
    return np.searchsorted(edges, rng.random(size), side="right").clip(0, len(weights) - 1)
