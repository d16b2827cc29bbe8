"""The bytes of a landed file: their hash, their decompressed stream, a clean UTF-8 copy."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from orchestration.lib.landing.discover import LandedFile

CHUNK = 1 << 20
# A character Unicode promises never to use: stands where bytes were no UTF-8, and marks the line.
BROKEN = "\ufdd0"
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


class UnreadableFileError(Exception):
    """The file as a whole is not what its name says; the message is the reason to reject it."""


def hash_of(path: Path) -> str:
    """SHA-256 of the file as it lies there, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_is_whole(file: LandedFile) -> None:
    """Raise UnreadableFileError for a cut-off compressed file.

    Read to its end here since DuckDB takes the rows before the cut without complaint.
    """
    if file.compression is not None:
        for _ in decompressed(file):
            pass


def head(file: LandedFile, size: int = CHUNK) -> bytes:
    """The first decompressed bytes."""
    return next(decompressed(file, step=size), b"")


def decompressed(file: LandedFile, *, step: int = CHUNK) -> Iterator[bytes]:
    """The content, `step` bytes at a time; raises UnreadableFileError where it breaks off."""
    with _open(file) as stream:
        try:
            while chunk := stream.read(step):
                yield chunk
        except (EOFError, OSError, zlib.error):
            what = f"the {file.compression} data is cut off or damaged"
            raise UnreadableFileError(what) from None


def has_wide_encoding(start: bytes) -> bool:
    """Whether the byte order mark says UTF-16 or UTF-32."""
    return _encoding_by_mark(start) in ("utf-16", "utf-32")


def write_clean_copy(file: LandedFile, destination: Path) -> str | None:
    """Write the file as UTF-8 with line feeds only; returns a note when its encoding was not UTF-8.

    A file without one valid non-ASCII UTF-8 character is taken for Windows-1252. In any other file
    the bytes that are no UTF-8 become BROKEN, so that their lines can be set aside.
    """
    encoding = _encoding(file)
    newlines = io.IncrementalNewlineDecoder(
        codecs.getincrementaldecoder(encoding)(errors="touchline_mark"), translate=True
    )
    with destination.open("w", encoding="utf-8", newline="") as target:
        for chunk in decompressed(file):
            target.write(newlines.decode(chunk))
        target.write(newlines.decode(b"", final=True))
    return None if encoding.startswith("utf-8") else f"read as {encoding}"


def _encoding(file: LandedFile) -> str:
    """By byte order mark, else UTF-8 or, when nothing but ASCII is valid UTF-8, Windows-1252."""
    marked = _encoding_by_mark(head(file, 4))
    if marked:
        return marked
    decoder = codecs.getincrementaldecoder("utf-8")(errors="touchline_mark")
    is_broken = False
    for chunk in chain(decompressed(file), [b""]):
        text = decoder.decode(chunk, final=not chunk)
        is_broken = is_broken or BROKEN in text
        if not text.isascii() and not text.replace(BROKEN, "").isascii():
            return "utf-8"
    return "cp1252" if is_broken else "utf-8"


def _encoding_by_mark(start: bytes) -> str | None:
    return next((encoding for mark, encoding in _BOMS if start.startswith(mark)), None)


def _open(file: LandedFile) -> IO[bytes]:
    """The decompressing stream of a landed file."""
    if file.compression == "gzip":
        return gzip.open(file.path)
    if file.compression == "zstd":
        import pyarrow as pa

        return pa.input_stream(str(file.path), compression="zstd")
    return file.path.open("rb")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Replace undecodable bytes by one mark each run."""
    assert isinstance(error, UnicodeDecodeError)
    return BROKEN, error.end


codecs.register_error("touchline_mark", _mark)
