"""Text of a tool as it may stand in an error or a log: no address, no hash, no secret."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"[^\s\"'<>,;:()\[\]{}]+(?:@|%40)[^\s\"'<>,;:()\[\]{}]+", re.I)
QUOTED_ADDRESS = re.compile(r"\\?\"[^\"@]{1,64}\\?\"@[\w.-]+")
HASH = re.compile(r"\b[0-9a-f]{32,}\b", re.I)
UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
LONGEST = 300


def scrubbed(text: str, *, secret: str = "") -> str:
    """One line of at most 300 characters in which nobody can be recognised."""
    if secret:
        text = text.replace(secret, "<secret>")
    text = QUOTED_ADDRESS.sub("<address>", text)
    text = ADDRESS.sub("<address>", text)
    text = UNPRINTABLE.sub(" ", HASH.sub("<hash>", text))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
