"""Collects all that is known of one person: marts, raw rows, quarantine, what was told to whom."""

from __future__ import annotations

import json
import secrets
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.access.audiences import rows_of_audiences
from orchestration.lib.access.finding import Person, find_person
from orchestration.lib.access.forms import forms_of
from orchestration.lib.access.marks import Marks, bring_marks, marks_of, read_spellings
from orchestration.lib.access.marts import rows_of_marts
from orchestration.lib.access.raw import rows_attached, rows_of_raw
from orchestration.lib.access.set_aside import QUARANTINE, rows_in_quarantine
from orchestration.lib.access.told import rows_of_history, rows_of_outbox, rows_of_syncs
from orchestration.lib.errors import HomeBusyError, TouchlineError
from orchestration.lib.explain.reading import columns_of
from orchestration.lib.home import read_lock
from orchestration.lib.publishing import open_published, published_file
from orchestration.lib.publishing.versions import run_id_of
from orchestration.lib.segments.outbox import write_whole
from orchestration.lib.settings import Settings

Rows = dict[str, list[dict[str, Any]]]
KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Known:
    """All that a home holds of one person, by kind of place and then by table or file."""

    person: Person
    run_id: str | None
    collected_at: datetime
    places: dict[str, Rows]

    @property
    def counts(self) -> list[dict[str, Any]]:
        """One row per place with something in it: kind, table or file, rows."""
        return [
            {"kind": kind, "place": place, "rows": len(rows)}
            for kind, found in self.places.items()
            for place, rows in found.items()
            if rows
        ]

    @property
    def landing_files(self) -> list[str]:
        """Files of the landing folder with a row of the person; Touchline never changes them."""
        return sorted(
            {
                f"landing/{row['_source_file']}"
                for kind in ("raw", "quarantine")
                for rows in self.places[kind].values()
                for row in rows
            }
        )

    def facts(self) -> dict[str, Any]:
        """Everything, for JSON."""
        identifiers = [
            {"type": one.identifier_type, "issuer": one.issuer, "value": one.identifier_value}
            for one in self.person.identifiers
        ]
        return {
            "person_id": self.person.person_id,
            "identifiers": identifiers,
            "collected_at": self.collected_at,
            "published_run_id": self.run_id,
            "landing_files": self.landing_files,
            **self.places,
        }


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a home has to look into: its published file and its warehouse, as far as there."""

    settings: Settings
    published: duckdb.DuckDBPyConnection | None
    warehouse: duckdb.DuckDBPyConnection | None

    @property
    def where(self) -> str:
        """The file in which persons are found."""
        return str(published_file(self.settings) if self.published else self.settings.warehouse)

    def person(self, name: str) -> Person:
        """The person of that name; raises TouchlineError."""
        return find_person(self.published, self.settings, name, where=self.where)

    def forms(self, person: Person) -> set[str]:
        """Every form of the person's identifiers."""
        return forms_of(
            person,
            self.settings,
            read_spellings(self.settings),
            published=self.published,
            warehouse=self.warehouse,
        )


def all_known(settings: Settings, name: str) -> Known:
    """All that is known of the person somebody names; raises TouchlineError for nobody.

    Runs are kept off meanwhile; other readers are welcome.
    """
    with read_lock(settings), ExitStack() as stack:
        opened = open_to_read(settings, stack)
        person = opened.person(name)
        marks = marks_of(
            opened.forms(person), read_spellings(settings), key=secrets.token_bytes(KEY_BYTES)
        )
        return Known(
            person=person,
            run_id=run_id_of(published_file(settings)) if opened.published else None,
            collected_at=datetime.now(UTC),
            places=places_of(opened, person, marks),
        )


def places_of(opened: Opened, person: Person, marks: Marks) -> dict[str, Rows]:
    """Rows of the person by kind of place."""
    if opened.warehouse:
        bring_marks(opened.warehouse, marks)
    raw = dict(rows_of_raw(opened.warehouse, marks)) if opened.warehouse else {}
    return {
        "raw": raw,
        "attached": rows_attached(opened.warehouse, raw) if opened.warehouse else {},
        "quarantine": rows_in_quarantine(opened.warehouse, marks) if opened.warehouse else {},
        "marts": dict(rows_of_marts(opened.published, person)) if opened.published else {},
        "outbox": dict(rows_of_outbox(opened.settings, marks)),
        "audiences": dict(rows_of_audiences(opened.settings, marks, person.addresses)),
        "syncs": dict(rows_of_syncs(opened.settings, marks)),
        "history": dict(rows_of_history(opened.warehouse, marks)) if opened.warehouse else {},
    }


def open_to_read(settings: Settings, stack: ExitStack) -> Opened:
    """The published file and the warehouse, read-only; the caller holds a lock of the home."""
    published = open_published(settings) if settings.current.exists() else None
    warehouse = _read_only(settings.warehouse) if settings.warehouse.exists() else None
    for connection in filter(None, (published, warehouse)):
        stack.enter_context(connection)
    if warehouse and not columns_of(warehouse, QUARANTINE):
        warehouse = None  # nothing was ever landed
    return Opened(settings=settings, published=published, warehouse=warehouse)


def _read_only(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.IOException:
        raise HomeBusyError(
            "another program has the warehouse open", str(path), "close it first"
        ) from None


def write_known(known: Known, path: Path) -> None:
    """Write everything to a file that its owner alone can read; raises TouchlineError."""
    content = json.dumps(known.facts(), indent=2, default=str, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{content}\n".encode())
    except OSError as error:
        raise TouchlineError(
            f"it cannot be written: {error.strerror}", str(path), "name another file"
        ) from None
