"""Domains of mail providers, which name no company: the rows of a list that hold in a home."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.rules.rows import RuleRow, read_rows
from orchestration.lib.settings import Settings

TABLE = "mail_providers"
FREE = "free"
DISPOSABLE = "disposable"


@dataclass(frozen=True, kw_only=True)
class Providers:
    """Kind of provider by domain, and a version that changes with any row."""

    kinds: dict[str, str] = field(hash=False)
    version: str


def read_providers(settings: Settings | None = None) -> Providers:
    """The shipped list, own rows of a home replacing it by domain; raises TouchlineError."""
    table = rule_tables()[TABLE]
    rows = effective_rows(settings, table) if settings else read_rows(table.path)
    kinds = {str(row.values["domain"]): str(row.values["kind"]) for row in rows if _is_active(row)}
    digest = hashlib.sha256("".join(f"{one} {kinds[one]}\n" for one in sorted(kinds)).encode())
    return Providers(kinds=kinds, version=f"{TABLE} {digest.hexdigest()[:12]}")


def _is_active(row: RuleRow) -> bool:
    return row.values.get("is_active") != "false"
