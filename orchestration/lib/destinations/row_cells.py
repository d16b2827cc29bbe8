"""Cells of a destination's row, each checked: numbers within bounds, addresses, no secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from urllib.parse import urlsplit

from orchestration.lib.destinations.contract import DestinationError
from orchestration.lib.rules import RuleRow

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
# words in capitals, none as long as a key would be
VARIABLE = re.compile(r"(?!.*[A-Z0-9]{20})[A-Z][A-Z0-9_]{0,63}")


@dataclass(frozen=True)
class Numbers:
    """Reads the numbers of a row; a call raises DestinationError for one out of bounds."""

    row: RuleRow
    values: Mapping[str, str]

    def __call__(
        self, name: str, default: float, least: float, most: float, *, is_whole: bool = False
    ) -> float:
        text = self.values.get(name) or str(default)
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        is_good = isfinite(number) and least <= number <= most
        if not is_good or (is_whole and number != int(number)):
            kind = "a whole number" if is_whole else "a number"
            remedy = f"give {kind} from {least:g} to {most:g}, or nothing for {default:g}"
            raise wrong(self.row, f"{name} '{text}' cannot be used", remedy)
        return number


def base_url(row: RuleRow, text: str) -> str | None:
    """The address without its last slash; never one that holds a secret or sends it in clear."""
    if not text:
        return None
    remedy = "give https://host/path alone; the secret belongs into the variable of secret_name"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise wrong(row, "base_url is no address", remedy) from None
    if parts.username or parts.password or parts.query or parts.fragment:
        raise wrong(row, "base_url holds more than an address", remedy)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL_HOSTS)
    if not is_safe or not host or not text.isascii() or re.search(r"[\s\x00-\x1f]", text):
        raise wrong(row, "base_url is no https address", remedy)
    return text.rstrip("/")


def secret_name(row: RuleRow, text: str) -> str | None:
    """The name of the variable; the text is not told, as it may be the secret itself."""
    if text and not VARIABLE.fullmatch(text):
        remedy = "write the secret into an environment variable and its name here, in capitals"
        raise wrong(row, "secret_name is no name of an environment variable", remedy)
    return text or None


def wrong(row: RuleRow, what: str, remedy: str) -> DestinationError:
    """The error for a row, with the place where it stands."""
    name = row.values.get("destination") or row.values.get("rule_id") or "-"
    return DestinationError(f"row {name}: {what}", f"{row.file}, line {row.line}", remedy)
