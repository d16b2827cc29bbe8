"""Erases one person: a tombstone first, then everything that holds them, then the proof."""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import duckdb

from orchestration.lib.access.finding import Person
from orchestration.lib.access.marks import marks_of, read_spellings
from orchestration.lib.access.telling import KEY_BYTES, Known, Opened, all_known, places_of
from orchestration.lib.erasing.completing import complete_erasures
from orchestration.lib.erasing.finishing import finish_erasures
from orchestration.lib.erasing.forgetting import forget_in_tools, known_addresses
from orchestration.lib.erasing.proof import note_begun, proofs
from orchestration.lib.erasing.tombstones import write_tombstone
from orchestration.lib.errors import TouchlineError
from orchestration.lib.failpoints import failpoint
from orchestration.lib.home import open_warehouse, prepare_home, run_lock
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.publishing import open_published
from orchestration.lib.running.moments import last_built_moment
from orchestration.lib.running.steps import (
    build_home,
    destinations,
    export_home,
    publish_home,
    told_by_file,
)
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.automatic import sync_destination


def what_goes(settings: Settings, name: str) -> Known:
    """All that an erasure would reach; raises TouchlineError for nobody and for many."""
    known = all_known(settings, name)
    _require_one(known.person, name)
    return known


def erase(settings: Settings, name: str, *, reason: str) -> dict[str, Any]:
    """Erase a person, build and publish without them; returns the proof.

    A call that is killed is finished by the next run; a tool that could not be reached is asked
    again when the person is erased again. Raises TouchlineError.
    """
    prepare_home(settings)
    with run_lock(settings):
        with open_warehouse(settings) as connection:
            erasure_id = begin_erasure(connection, settings, name, reason=reason)
            addresses = known_addresses(settings, erasure_id) | {name}
            finish_erasures(connection, settings)
        forget_in_tools(settings, erasure_id, addresses)
        _publish_without(settings)
        complete_erasures(settings)
    return next(one for one in proofs(settings) if one["erasure_id"] == erasure_id)


def begin_erasure(
    connection: duckdb.DuckDBPyConnection, settings: Settings, name: str, *, reason: str
) -> str:
    """Decide that a person is erased and stays out; the erasure's id. Nothing is erased yet.

    The caller holds the home's lock. Raises TouchlineError when the reason names the person.
    """
    ensure_raw_tables(connection)
    with ExitStack() as stack:
        published = open_published(settings) if settings.current.exists() else None
        if published:
            stack.enter_context(published)
        opened = Opened(settings=settings, published=published, warehouse=connection.cursor())
        person = opened.person(name)
        _require_one(person, name)
        _require_impersonal(reason, person)
        forms = opened.forms(person)
        marks = marks_of(forms, read_spellings(settings), key=secrets.token_bytes(KEY_BYTES))
        known = Known(
            person=person,
            run_id=None,
            collected_at=datetime.now(UTC),
            places=places_of(opened, person, marks),
        )
    erasure_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
    note_begun(settings, erasure_id, reason=reason, landing_files=known.landing_files)
    failpoint("erase.after_decision")
    write_tombstone(settings, erasure_id, forms)
    failpoint("erase.after_tombstone")
    return erasure_id


def _publish_without(settings: Settings) -> None:
    """Build what differs, publish it, and tell destinations; nothing where nothing was built.

    Of a tool that is not automatic, or cannot be reached, the removal waits for its next sync.
    """
    as_of = last_built_moment(settings)
    if as_of is None:
        return
    build_home(settings, place=settings, as_of=as_of).raise_for_failures()
    failpoint("erase.after_build")
    publish_home(settings, place=settings, as_of=as_of, accept_fewer_rows=True)
    by_file = told_by_file(settings)
    for destination in destinations(settings):
        if destination in by_file:
            export_home(settings, destination=destination)
        else:
            sync_destination(settings, destination)


def _require_one(person: Person, name: str) -> None:
    """Raise TouchlineError for an identifier that several persons share, or nobody has."""
    if person.blocked_reason:
        raise TouchlineError(
            f"'{name}' names nobody in particular ({person.blocked_reason})",
            "marts.dim_identifiers",
            "name the person by another address or by id; a rule that blocks wrongly can be"
            " switched off in the own rules",
        )


def _require_impersonal(reason: str, person: Person) -> None:
    """Raise TouchlineError where the proof would keep what is to go."""
    told = [one.identifier_value for one in person.identifiers if one.identifier_value]
    if not reason.strip() or any(one.lower() in reason.lower() for one in told if len(one) > 3):
        raise TouchlineError(
            "the reason is empty or names the person, and it is kept",
            "--reason",
            "say it without address or id, such as the number of the request",
        )
