"""Syncs of a home: its rules, published version, ledger and tools brought together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import duckdb

from orchestration.lib.destinations.contract import (
    Destination,
    DestinationError,
    DestinationRow,
)
from orchestration.lib.destinations.rows import (
    FILE,
    TELLING_BY_ADDRESS,
    FieldRow,
    fields_of,
    open_destination,
    read_destinations,
    read_fields,
    row_of,
)
from orchestration.lib.errors import TouchlineError
from orchestration.lib.notify import sync_ended
from orchestration.lib.publishing import published_file
from orchestration.lib.publishing.versions import run_id_of
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.applying import Override, apply_plan
from orchestration.lib.syncs.guards import STOP, read_guards
from orchestration.lib.syncs.history import outcome_of
from orchestration.lib.syncs.ledger import Plan, SyncError, open_ledger, plan_of, plans_of
from orchestration.lib.syncs.planning import Wish, plan_segment, sample_of
from orchestration.lib.syncs.published import (
    Version,
    attach_version,
    has_silent_members,
    other_channels,
)
from orchestration.lib.syncs.undoing import plan_undo
from orchestration.lib.syncs.verifying import Verification, verify_segment

Opener = Callable[[DestinationRow], Destination]
# kinds that may mail, or subscribe, whoever they are told
MAIL_TOOLS = ("activecampaign", "hubspot", "mailchimp")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan and some of its changes, for people to look at."""

    plan: Plan
    sample: Sequence[Mapping[str, Any]]

    @property
    def is_stopped(self) -> bool:
        """Whether a guard holds it back."""
        return any(finding["severity"] == STOP for finding in self.plan.findings)


@dataclass(kw_only=True)
class SyncDesk:
    """An open ledger with the published version attached, and the rules of destinations."""

    settings: Settings
    ledger: duckdb.DuckDBPyConnection
    version: Version
    rows: Mapping[str, DestinationRow]
    fields: list[FieldRow]
    opener: Opener
    tools: dict[str, Destination] = field(default_factory=dict)

    def tool(self, destination: str) -> Destination:
        """What speaks with a destination, opened once; raises DestinationError."""
        if destination not in self.tools:
            self.tools[destination] = self.opener(self.row(destination))
        return self.tools[destination]

    def row(self, destination: str) -> DestinationRow:
        """The rule row of a destination; one without a row is told by files."""
        return row_of(self.rows, destination)

    def segments(self, destination: str | None, segment_id: str | None) -> list[tuple[str, str]]:
        """Segments that are synced, as (destination, segment); raises SyncError when a name asked
        for is not among them."""
        known = [names for names in self.version.segments if self.row(names[0]).kind != FILE]
        asked = [
            names
            for names in known
            if destination in (None, names[0]) and segment_id in (None, names[1])
        ]
        if not asked and (destination or segment_id):
            raise SyncError(
                "there is no such segment at a destination that is synced",
                " ".join(filter(None, (destination, segment_id))),
                "a destination of kind file is told by `touchline segments`; others are active "
                "rows of destinations.csv, with segments of segment_definitions.csv",
            )
        return asked

    def plan(self, destination: str, segment_id: str, *, is_resync: bool = False) -> Planned:
        """Plan one segment; nothing is sent. Raises SyncError where it must not go there."""
        self._require_silence(destination, segment_id)
        fields = fields_of(self.fields, destination, segment_id)
        wish = Wish(
            destination=destination,
            segment_id=segment_id,
            fields=fields,
            guards=read_guards(self.settings, destination, segment_id),
            is_resync=is_resync,
            lacking=self._lacking(destination, segment_id, sorted(fields)),
        )
        plan = plan_segment(self.ledger, wish, version=self.version)
        return Planned(plan=plan, sample=sample_of(self.ledger, plan.plan_id))

    def apply(self, plan_id: str, override: Override | None = None) -> dict[str, Any]:
        """Apply one plan and tell what became of it; a change of state is told to the webhook."""
        plan = plan_of(self.ledger, plan_id)
        names = {"destination": plan.destination, "segment_id": plan.segment_id}
        try:
            self._require_silence(plan.destination, plan.segment_id)
            applied = apply_plan(
                self.ledger,
                self.settings,
                plan_id,
                destination=self.tool(plan.destination),
                version=self.version,
                override=override,
                tellers=self._tellers(plan.destination),
            )
        except TouchlineError as error:
            sync_ended(self.settings, **names, error=error.what)
            raise
        sync_ended(self.settings, **names, error=None)
        return outcome_of(self.ledger, applied)

    def verify(self, destination: str, segment_id: str, *, sample: int | None) -> Verification:
        """Compare one segment with what its destination has now."""
        return verify_segment(self.ledger, self.tool(destination), segment_id, sample=sample)

    def undo(self, plan_id: str) -> Planned:
        """Plan the inverse of an applied plan; nothing is sent."""
        taken_back = plan_of(self.ledger, plan_id)
        guards = read_guards(self.settings, taken_back.destination, taken_back.segment_id)
        plan = plan_undo(self.ledger, plan_id, version=self.version, guards=guards)
        return Planned(plan=plan, sample=sample_of(self.ledger, plan.plan_id))

    def waiting(self, destination: str | None, segment_id: str | None) -> list[str]:
        """Plans with something to send, and those that were interrupted, oldest first."""
        plans = plans_of(self.ledger, destination=destination, segment_id=segment_id)
        waits = [
            plan
            for plan in plans
            if plan.status in ("applying", "stopped") or (plan.status == "planned" and plan.changes)
        ]
        return [plan.plan_id for plan in reversed(waits)]

    def names_of(self, plan_id: str) -> dict[str, str]:
        """The plan and what it is about."""
        found = self.ledger.execute(
            "select destination, segment_id from sync_plans where plan_id = ?", [plan_id]
        ).fetchone()
        return {"plan_id": plan_id} | dict(
            zip(("destination", "segment_id"), found or (), strict=False)
        )

    def interrupted(self, destination: str, segment_id: str) -> list[str]:
        """Plans that were begun and not ended, oldest first."""
        return [
            plan_id
            for (plan_id,) in self.ledger.execute(
                "select plan_id from sync_plans where destination = ? and segment_id = ? and "
                "(status = 'applying' or plan_id in "
                "(select plan_id from sync_changes where state = 'sent')) order by plan_number",
                [destination, segment_id],
            ).fetchall()
        ]

    def _tellers(self, destination: str) -> list[Destination]:
        """The other tools in use that tell who refused only when asked for an address."""
        used = sorted({name for name, _ in self.version.segments} - {destination})
        return [self.tool(name) for name in used if self.row(name).kind in TELLING_BY_ADDRESS]

    def _require_silence(self, destination: str, segment_id: str) -> None:
        """Raise SyncError where people who are not to be mailed would go to a mail tool."""
        row = self.row(destination)
        if row.is_silent:
            return
        if has_silent_members(self.ledger, destination, segment_id):
            raise SyncError(
                f"{segment_id} is no message to its members, and {destination} may write to them",
                "rule table destinations, column is_silent",
                "tell tasks and suppression lists to a destination of their own that writes to "
                "nobody, with is_silent true",
            )
        channels = other_channels(self.ledger, destination, segment_id)
        if channels and row.kind in MAIL_TOOLS:
            raise SyncError(
                f"{segment_id} is told by {', '.join(channels)}, and {destination} may mail them",
                "rule table segment_definitions, column destination",
                "tell it to a file or a webhook: who agreed to this did not agree to mails",
            )

    def _lacking(self, destination: str, segment_id: str, fields: Sequence[str]) -> list[str]:
        """What the tool says against these fields, or against being used at all, and what to do."""
        try:
            self.tool(destination).check(segment_id, fields)
        except DestinationError as error:
            return [f"{error.what}; {error.remedy}"]
        return []


@contextmanager
def open_desk(settings: Settings, *, opener: Opener | None = None) -> Iterator[SyncDesk]:
    """Everything syncs of a home need; the caller holds its lock. Raises TouchlineError.

    `opener` opens a destination by its row, by default with the secrets of the environment.
    """
    with open_ledger(settings) as ledger:
        published = published_file(settings)
        yield SyncDesk(
            settings=settings,
            ledger=ledger,
            version=attach_version(ledger, published, run_id=run_id_of(published)),
            rows=read_destinations(settings),
            fields=read_fields(settings),
            opener=opener or (lambda row: open_destination(row, environment=os.environ)),
        )


def file_destinations(desk: SyncDesk) -> list[str]:
    """Destinations of segments that are told by files, and so not synced."""
    return sorted({name for name, _ in desk.version.segments if desk.row(name).kind == FILE})
