"""What the list of crawlers says of a user agent, and the kind of device it names."""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version

from crawleruseragents import CRAWLER_USER_AGENTS_DATA

COLUMNS = {
    "user_agent": "varchar",
    "is_bot": "boolean",
    "bot_pattern": "varchar",
    "device_type": "varchar",
}

# Tried in order: an Android agent without "Mobile" is a tablet, an iPad also says "Mobile".
_DEVICES = (
    ("tv", re.compile(r"SmartTV|SMART-TV|AppleTV|GoogleTV|BRAVIA|Tizen.*\bTV\b|Web0S|\bCrKey\b")),
    ("tablet", re.compile(r"iPad|Tablet|Kindle|Silk/|PlayBook|Android(?!.*\bMobile\b)")),
    ("mobile", re.compile(r"iPhone|iPod|Android|\bMobile\b|Windows Phone|BlackBerry|Opera Mini")),
    ("desktop", re.compile(r"Windows|Macintosh|X11|CrOS|Linux")),
)
_PLAIN = re.compile(r"(?:[\w /!-]|\\\W)+")


def library_version() -> str:
    """Version of the list of crawlers."""
    return f"crawler-user-agents {version('crawler-user-agents')}"


def describe(user_agent: str) -> tuple[str, bool, str | None, str | None]:
    """(user agent, bot, the pattern that says so, device type or None)."""
    pattern = _bot_pattern(user_agent)
    device = next((kind for kind, found in _DEVICES if found.search(user_agent)), None)
    return user_agent, pattern is not None, pattern, device


def _bot_pattern(user_agent: str) -> str | None:
    """The first pattern of the list that matches, plain words before expressions."""
    words, combined, expressions = _patterns()
    for word, pattern in words:
        if word in user_agent:
            return pattern
    if not combined.search(user_agent):
        return None
    return next(one.pattern for one in expressions if one.search(user_agent))


@cache
def _patterns() -> tuple[list[tuple[str, str]], re.Pattern[str], list[re.Pattern[str]]]:
    """Plain words with their pattern, all true expressions in one, and each alone.

    All but about fifty of 1,500 patterns are plain words, and looking for a word is ten times as
    fast as trying it inside one long expression.
    """
    words, expressions = [], []
    for entry in CRAWLER_USER_AGENTS_DATA:
        pattern = entry["pattern"]
        if _PLAIN.fullmatch(pattern):
            words.append((re.sub(r"\\(\W)", r"\1", pattern), pattern))
        else:
            expressions.append(re.compile(pattern))
    combined = re.compile("|".join(one.pattern for one in expressions))
    return words, combined, expressions
