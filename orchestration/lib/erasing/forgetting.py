"""Erases a person from the tools that were told of them, while their addresses are still known.

What a tool made of it is noted under the keyed hash of the address. Where it was not reached, the
hash is all that stays: whoever erases the person again names the address again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from orchestration.lib.access.marks import bring_marks, form, hashed
from orchestration.lib.access.personal import EMAIL
from orchestration.lib.access.told import (
    ADDRESS_COLUMN,
    PERSON_COLUMN,
    about_marked,
    ledger_file,
    ledger_tables,
)
from orchestration.lib.destinations.audiences import AudienceDestination
from orchestration.lib.destinations.contract import (
    Destination,
    DestinationError,
    DestinationRow,
    Forgetting,
)
from orchestration.lib.destinations.rows import FILE, open_destination, read_destinations
from orchestration.lib.destinations.scrubbing import scrubbed
from orchestration.lib.erasing.proof import NOT_REACHED, note_tool, told_tools
from orchestration.lib.erasing.tombstones import marks_of_erasure
from orchestration.lib.errors import TouchlineError
from orchestration.lib.failpoints import failpoint
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name

FORGOTTEN, NOT_THERE = "forgotten", "was not there"
# tables of the ledger that say whom a tool was told of, and which of their rows do
TOLD = {"acknowledged": "true", "sync_changes": "state not in ('planned', 'dropped')"}
NOT_ASKED = {"reason": "it was not asked yet", "remedy": "erase the person again by this address"}


def known_addresses(settings: Settings, erasure_id: str) -> set[str]:
    """Addresses of an erasure's person that any tool was told."""
    return {address for _, address in _told(settings, erasure_id)}


def note_told(settings: Settings, erasures: Iterable[str]) -> None:
    """Note which tools know of the persons, before the ledger forgets it; asks no tool."""
    for erasure_id in erasures:
        key = marks_of_erasure(settings, erasure_id).key
        known = told_tools(settings)
        for destination, address in sorted(_told(settings, erasure_id)):
            mark = _mark(key, address)
            if (erasure_id, destination, mark) not in known:
                facts = {"destination": destination, "mark": mark, "result": NOT_REACHED}
                note_tool(settings, erasure_id, **facts, **NOT_ASKED)


def forget_in_tools(settings: Settings, erasure_id: str, addresses: Iterable[str]) -> None:
    """Have every tool that still knows one of the addresses forget it, and note the outcome.

    That of an earlier erasure is noted there and here. A tool that cannot be reached stops nothing.
    """
    key = marks_of_erasure(settings, erasure_id).key
    by_mark = {_mark(key, address): address.strip().lower() for address in addresses}
    waiting: dict[tuple[str, str], set[str]] = {}
    for (erasure, destination, mark), told in told_tools(settings).items():
        if told["result"] == NOT_REACHED and mark in by_mark:
            waiting.setdefault((destination, mark), {erasure_id}).add(erasure)
    for (destination, mark), erasures in sorted(waiting.items()):
        outcome = _forget(settings, destination, by_mark[mark])
        for one in sorted(erasures):
            note_tool(settings, one, destination=destination, mark=mark, **outcome)
        failpoint("erase.after_tool")
        if outcome["result"] != NOT_REACHED:
            _no_longer_held(settings, destination, by_mark[mark])


def _forget(settings: Settings, destination: str, address: str) -> Mapping[str, str]:
    """What one tool makes of it, in words in which nobody can be recognised."""
    try:
        row = read_destinations(settings).get(destination)
        if row is None:
            raise DestinationError(
                "it is no active destination", destination,
                "erase the person in the tool, or make its row active and erase again",
            )  # fmt: skip
        tool = _tool(row)
        return {"result": FORGOTTEN if tool.forget(address) else NOT_THERE}
    except TouchlineError as error:
        reason = scrubbed(error.what.replace(address, "<address>"))
        return {"result": NOT_REACHED, "reason": reason, "remedy": scrubbed(error.remedy)}


def _tool(row: DestinationRow) -> Forgetting:
    """What speaks with a tool that can forget; raises DestinationError for any other."""
    tool: Destination | None = open_destination(row) if row.kind != FILE else None
    if isinstance(tool, Forgetting):
        return tool
    if tool is None or isinstance(tool, AudienceDestination):
        raise DestinationError(
            "it is told by files", row.destination,
            "the next file, or file of removals, leaves the person out: hand it over",
        )  # fmt: skip
    raise DestinationError(
        f"a {row.kind} keeps its own records, and whoever owns them decides", row.destination,
        "have the person erased there",
    )  # fmt: skip


def _told(settings: Settings, erasure_id: str) -> set[tuple[str, str]]:
    """Which destinations were told which addresses of the erasure's person."""
    if not ledger_file(settings).exists():
        return set()
    marks = marks_of_erasure(settings, erasure_id)
    with duckdb.connect(str(ledger_file(settings))) as connection:
        bring_marks(connection, marks)
        tables = ledger_tables(connection)
        return {
            (destination, address)
            for table, condition in TOLD.items()
            if (place := f"{name('main')}.{name(table)}") in tables
            for destination, address in connection.execute(
                f"select distinct destination, lower(trim(email)) from {place} where email"
                f" is not null and {condition}"
                f" and ({about_marked(place, [PERSON_COLUMN, ADDRESS_COLUMN], marks)})"
            ).fetchall()
        }


def _no_longer_held(settings: Settings, destination: str, address: str) -> None:
    """What the tool acknowledged is no longer true there: no sync has anything to take out."""
    if ledger_file(settings).exists():
        with duckdb.connect(str(ledger_file(settings))) as connection:
            connection.execute(
                "delete from acknowledged where destination = ? and lower(trim(email)) = ?",
                [destination, address],
            )


def _mark(key: bytes, address: str) -> str:
    return hashed(key, form(EMAIL, "", address.strip().lower()))
