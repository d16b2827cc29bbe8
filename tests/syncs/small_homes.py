"""Homes for sync tests: a ledger, and a published file with only what planning reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.lib.destinations.contract import DestinationRow
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.applying import Override, apply_plan
from orchestration.lib.syncs.guards import Guard, read_guards
from orchestration.lib.syncs.ledger import Plan, open_ledger
from orchestration.lib.syncs.planning import Wish, plan_segment
from orchestration.lib.syncs.published import Version, attach_version
from orchestration.lib.syncs.undoing import plan_undo
from tests.syncs.memory_tool import MemoryTool

TOOL, SEGMENT = "mail_tool", "welcome"
FIELDS = {"FNAME": "first_name", "STAGE": "stage"}
AS_OF = datetime(2026, 7, 1)
NOW = datetime(2026, 7, 1, 6)
# what planning reads of a published file
PUBLISHED = """
    create schema activation;
    create schema observability;
    create schema marts;
    create table activation.sync_segment_members (
        destination varchar, segment_id varchar, person_id varchar, email varchar,
        first_name varchar, stage varchar, payload varchar, purpose varchar, channel varchar,
        entered_at timestamp, send_after timestamp
    );
    create table activation.fct_send_eligibility (
        person_id varchar, purpose varchar, channel varchar, is_eligible boolean
    );
    create table marts.dim_identifiers (
        person_id varchar, identifier_type varchar, identifier_value varchar
    );
    create table activation.rpt_segment_waterfall (destination varchar, segment_id varchar);
    create table observability.rpt_row_reconciliation (source_file varchar);
    create table observability.rpt_source_freshness (
        source_system varchar, source_table varchar, last_event_at timestamp,
        days_behind decimal(12, 4), promise_id varchar, alarm_hours bigint, stops_syncs boolean
    );
    create table observability.publication (as_of timestamp);
"""


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person as the published file has them; `emails` are further addresses."""

    person_id: str
    email: str | None = None
    first_name: str | None = "Ana"
    stage: str | None = "awareness"
    payload: dict[str, str] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
    is_eligible: bool | None = True
    decisions: int = 1
    is_member: bool = True
    segment_id: str = SEGMENT
    destination: str = TOOL

    @property
    def address(self) -> str | None:
        """The address that is told."""
        return f"{self.person_id}@acme-demo.com" if self.email is None else self.email or None


def publish(
    path: Path,
    people: Iterable[Person],
    *,
    as_of: datetime = AS_OF,
    segments: Iterable[str] = (SEGMENT,),
    files: Iterable[str] = (),
    silent: Iterable[str] = (),
) -> Path:
    """Write a published file; `files` are the landed files it has read, `silent` late tables."""
    rows = list(people)
    with duckdb.connect(str(path)) as connection:
        connection.execute(PUBLISHED)
        decisions = {row.person_id: row for row in rows if row.person_id}
        _insert(
            connection,
            "activation.sync_segment_members",
            [
                (
                    *(row.destination, row.segment_id, row.person_id or None, row.address),
                    *(row.first_name, row.stage, json.dumps(row.payload)),
                    *("marketing", "email", AS_OF, NOW),
                )
                for row in rows
                if row.is_member
            ],
        )
        _insert(
            connection,
            "activation.fct_send_eligibility",
            [
                (row.person_id, "marketing", "email", row.is_eligible)
                for row in decisions.values()
                for _ in range(row.decisions)
            ],
        )
        addresses = {
            (row.person_id, "email", address)
            for row in rows
            for address in (row.address, *row.emails)
            if address
        }
        _insert(connection, "marts.dim_identifiers", sorted(addresses))
        names = {(row.destination, row.segment_id) for row in rows}
        names |= {(TOOL, name) for name in segments}
        _insert(connection, "activation.rpt_segment_waterfall", sorted(names))
        _insert(connection, "observability.rpt_row_reconciliation", [(file,) for file in files])
        late = [("files", table, AS_OF - timedelta(days=3), 3, table, 48, True) for table in silent]
        _insert(connection, "observability.rpt_source_freshness", late)
        _insert(connection, "observability.publication", [(as_of,)])
    return path


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]
) -> None:
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        values = ", ".join(f"({marks})" for _ in rows)
        cells = [cell for row in rows for cell in row]
        connection.execute(f"insert into {table} values {values}", cells)


class SyncHome:
    """A home with one open ledger; each publication is a new version."""

    def __init__(self, folder: Path, *, batch_size: int = 500, canary_share: float = 0.0) -> None:
        self.settings = Settings(home=folder, threads=1)
        row = DestinationRow(
            destination=TOOL, kind="memory", batch_size=batch_size, canary_share=canary_share
        )
        self.tool = MemoryTool(row=row)
        self.version: Version | None = None
        self.versions = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._opened = open_ledger(self.settings)
        self.ledger = self._opened.__enter__()

    def close(self) -> None:
        """Let go of the ledger."""
        self._opened.__exit__(None, None, None)

    def restart(self) -> None:
        """As after a killed process: a new connection to the same ledger and version."""
        self.close()
        self._opened = open_ledger(self.settings)
        self.ledger = self._opened.__enter__()
        if self.version:
            path = self.settings.home / f"{self.version.run_id}.duckdb"
            self.version = attach_version(self.ledger, path, run_id=self.version.run_id)

    def publish(self, *people: Person, as_of: datetime = AS_OF, **more: Iterable[str]) -> Version:
        """A new version with these people."""
        self.versions += 1
        run_id = f"v{self.versions:04d}"
        path = publish(self.settings.home / f"{run_id}.duckdb", people, as_of=as_of, **more)
        self.version = attach_version(self.ledger, path, run_id=run_id)
        return self.version

    def guards(self) -> list[Guard]:
        """The shipped guards."""
        return read_guards(self.settings, TOOL, SEGMENT)

    def plan(
        self,
        segment_id: str = SEGMENT,
        *,
        fields: dict[str, str] | None = None,
        resync: bool = False,
        guards: list[Guard] | None = None,
        now: datetime = NOW,
        lacking: Sequence[str] = (),
    ) -> Plan:
        """A plan of a segment."""
        wish = Wish(
            destination=TOOL,
            segment_id=segment_id,
            fields=FIELDS if fields is None else fields,
            guards=self.guards() if guards is None else guards,
            is_resync=resync,
            lacking=lacking,
        )
        assert self.version
        return plan_segment(self.ledger, wish, version=self.version, now=now)

    def apply(self, plan: Plan, *overrides: str, reason: str | None = "known") -> Plan:
        """Apply a plan."""
        assert self.version
        return apply_plan(
            self.ledger,
            self.settings,
            plan.plan_id,
            destination=self.tool,
            version=self.version,
            override=Override(guards=overrides, reason=reason if overrides else None),
        )

    def sync(self, *overrides: str, **how: object) -> Plan:
        """Plan and apply."""
        return self.apply(self.plan(**how), *overrides)  # type: ignore[arg-type]

    def undo(self, plan: Plan) -> Plan:
        """A plan that takes another back."""
        assert self.version
        return plan_undo(
            self.ledger, plan.plan_id, version=self.version, guards=self.guards(), now=NOW
        )

    def changes(self, plan: Plan) -> list[tuple[str, str, str, str | None]]:
        """(operation, email, state, reason) of a plan's changes, in order."""
        return self.ledger.execute(
            "select operation, email, state, reason from sync_changes where plan_id = ? "
            "order by change_number",
            [plan.plan_id],
        ).fetchall()

    def held(self, segment_id: str = SEGMENT) -> dict[str, dict[str, str | None]]:
        """What the ledger says the tool holds."""
        rows = self.ledger.execute(
            "select email, payload from acknowledged where segment_id = ? order by 1", [segment_id]
        ).fetchall()
        assert len({email for email, _ in rows}) == len(rows)
        return {email: json.loads(payload) for email, payload in rows if payload is not None}
