"""Small homes for tests of identity: a few rows, landed and built as far as identity goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.lib.building import build
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
MARTS = ("dim_identifiers", "fct_identity_edges", "fct_identity_conflicts", "fct_person_aliases")


def land(settings: Settings, files: Mapping[str, str]) -> None:
    """Land CSV texts: `contacts/1` → text."""
    for name, text in files.items():
        path = settings.landing / "files" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        refresh_lookups(connection)


def build_identity(
    settings: Settings, *, as_of: datetime = AS_OF, tests: Iterable[str] = ()
) -> list[str]:
    """Build what identity publishes; returns the names of data tests that found something."""
    select = [f"+{mart}" for mart in MARTS]
    report = build(settings, as_of=as_of, select=select, data_tests=False)
    report.raise_for_failures()
    if not (chosen := list(tests)):
        return []
    judged = build(settings, as_of=as_of, select=chosen)
    return sorted(node.name for node in judged.nodes if node.failures)


def persons(settings: Settings) -> dict[tuple[str, str], str]:
    """Type and value of each identifier → person id."""
    with duckdb.connect(str(settings.marts_build), read_only=True) as marts:
        rows = marts.execute(
            "select identifier_type, identifier_value, person_id from marts.dim_identifiers"
        ).fetchall()
    return {(kind, value): person for kind, value, person in rows}


def own_rules(folder: Path, table: str, text: str) -> None:
    """Own rows of a rule table."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    (folder / "rules" / f"{table}.csv").write_text(text, encoding="utf-8")
