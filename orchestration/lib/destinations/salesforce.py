"""Salesforce: what we know is written to contacts or leads that are there, and tasks for owners.

Nobody is made in the CRM, and nothing about opt-outs is written. A person's segments stand in one
multi-select picklist of the record. Fields that begin with `Task.` are those of a task for the
owner: a segment that maps any of them (channel `task`) gets one task per person, made before the
record says that the person is in, so that whoever is in has one. Leaving closes no task: that is
the owner's to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from orchestration.lib.destinations.answers import (
    Answers,
    answer,
    as_documented,
    kept_apart,
    same_for,
)
from orchestration.lib.destinations.chunks import chunks
from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
)
from orchestration.lib.destinations.rows import secret_of
from orchestration.lib.destinations.salesforce_calls import BATCH, COLLECTIONS, Session
from orchestration.lib.destinations.salesforce_fields import require_fields, require_picklist
from orchestration.lib.destinations.salesforce_questions import among, literal, selected
from orchestration.lib.destinations.salesforce_records import (
    as_text,
    is_record,
    refused,
    segments_with,
    tasks_wanted,
)
from orchestration.lib.destinations.salesforce_refusals import PEOPLE, refusals_of
from orchestration.lib.destinations.salesforce_tasks import (
    PREFIX,
    task_fields,
    tasks_of,
    told_fields,
    write_tasks,
)

Record = Mapping[str, Any]


def connect(row: DestinationRow, environment: Mapping[str, str]) -> SalesforceDestination:
    """The org of a row, with the client credentials that its variable holds."""
    return SalesforceDestination(row, secret=secret_of(row, environment))


class SalesforceDestination:
    """An org of Salesforce.

    `row.account` is `<Contact or Lead>.<field that holds the segments>`, for example
    `Contact.Touchline_Segments__c`; the field is a multi-select picklist that is not restricted.
    """

    def __init__(self, row: DestinationRow, *, secret: str) -> None:
        self.row = row
        self._kind, _, self._place = (row.account or "").partition(".")
        if self._kind not in PEOPLE or not self._place.replace("_", "").isalnum():
            raise self._wrong(
                f"the account '{row.account}' names no field that holds the segments",
                "write, for example, Contact.Touchline_Segments__c into destinations.csv",
            )
        if not all(secret.partition(":")[::2]):
            raise self._wrong(
                "the secret is not <client id>:<client secret>",
                f"set {row.secret_name} to both, with a colon between",
            )
        self._session = Session(row, secret=secret)
        self._fields: set[str] = set()

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Raise DestinationError where app, object, picklist or a field is not as it must be."""
        with as_documented(self.row):
            require_picklist(self._session, self._kind, self._place, segment_id)
            own = [field for field in fields if not field.startswith(PREFIX)]
            require_fields(self._session, self._kind, own, taken=(self._place,))
            require_fields(self._session, "Task", sorted(task_fields(dict.fromkeys(fields))))
            self._fields |= set(fields)

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Tasks first, then the records; who is not in the CRM comes again, or is out already."""
        answers: Answers = {}
        step = partial(self._part, segment_id)
        with as_documented(self.row, is_write=True):
            for part in chunks(changes, BATCH):
                answers |= kept_apart(part, step, has_begun=bool(answers))
        return [answers[change.person_id] for change in changes]

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """Those of `emails` whose record says that they are in the segment."""
        found: dict[str, Member] = {}
        with as_documented(self.row):
            there = among("Email", (email.strip() for email in emails))
            of_segment = self._of_segment(segment_id)
            records = [
                record
                for condition in there
                for record in self._asked(f"{condition} AND {of_segment}")
            ]
            members = {one.email.lower(): one for one in self._members(segment_id, records)}
            for email in emails:
                if member := members.get(email.strip().lower()):
                    found[email] = member
        return found

    def members(self, segment_id: str) -> Iterator[Member]:
        """All records that are in the segment."""
        with as_documented(self.row):
            records = list(self._asked(f"Email != null AND {self._of_segment(segment_id)}"))
            for part in chunks(records, BATCH):
                yield from self._members(segment_id, part)

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """Contacts and leads that opted out of mail or bounced, changed since then."""
        with as_documented(self.row):
            yield from refusals_of(self._session, since)

    def _part(self, segment_id: str, changes: Sequence[Change]) -> Answers:
        """The answers to at most one batch of changes."""
        self._fields |= {field for change in changes for field in change.fields}
        records = self._records(changes)
        answers: Answers = {}
        wanted: dict[str, Change] = {}
        for change in changes:
            record = records.get(change.person_id)
            if record is None and change.operation == "remove":
                answers[change.person_id] = answer(change.person_id, "accepted")
            elif record is None:
                said = f"Salesforce has no {self._kind} with this address"
                answers |= same_for([change], "rejected_retryable", said, is_unknown_there=True)
            elif record["Id"] in wanted:
                said = "shares a record with another person of the batch"
                answers |= same_for([change], "rejected_retryable", said)
            else:
                wanted[record["Id"]] = change
        by_id = {record["Id"]: record for record in records.values()}
        failed = write_tasks(self._session, segment_id, tasks_wanted(wanted, by_id))
        for record_id, errors in failed.items():
            change = wanted.pop(record_id)
            answers[change.person_id] = refused(change, errors)
        write = partial(self._write, segment_id, wanted, by_id)
        return answers | kept_apart(list(wanted.values()), write, has_begun=bool(failed))

    def _write(
        self,
        segment_id: str,
        wanted: Mapping[str, Change],
        by_id: Mapping[str, Record],
        changes: Sequence[Change],
    ) -> Answers:
        """Write fields and segments of records, each for itself."""
        payload = {
            "allOrNone": False,
            "records": [
                {
                    "attributes": {"type": self._kind},
                    "id": record_id,
                    **{
                        name: value or None
                        for name, value in change.fields.items()
                        if not name.startswith(PREFIX)
                    },
                    self._place: segments_with(
                        by_id[record_id].get(self._place), segment_id, change
                    ),
                }
                for record_id, change in wanted.items()
            ],
        }
        told = self._session.call("PATCH", COLLECTIONS, payload=payload).body
        return {
            change.person_id: answer(change.person_id, "accepted", remote_id=record_id)
            if result["success"]
            else refused(change, result["errors"])
            for (record_id, change), result in zip(wanted.items(), told, strict=True)
        }

    def _records(self, changes: Sequence[Change]) -> dict[str, Record]:
        """The record of each person: the one it had before, else the oldest of its address."""
        ids = [change.remote_id for change in changes if is_record(change.remote_id)]
        emails = [change.email.strip() for change in changes]
        by_id, by_email = {}, {}
        for condition in (*among("Id", [one for one in ids if one]), *among("Email", emails)):
            for record in self._asked(condition, order="CreatedDate, Id"):
                by_id[record["Id"]] = record
                by_email.setdefault((record["Email"] or "").lower(), record)
        found = {
            change.person_id: by_id.get(change.remote_id or "")
            or by_email.get(change.email.strip().lower())
            for change in changes
        }
        return {person: record for person, record in found.items() if record}

    def _asked(self, condition: str, *, order: str = "CreatedDate, Id") -> Iterator[Record]:
        """Records of the object that fit, with all fields we know of."""
        own = sorted(field for field in self._fields if not field.startswith(PREFIX))
        fields = ["Id", "Email", "OwnerId", self._place, *own]
        return self._session.ask(selected(fields, self._kind, condition, order=order))

    def _members(self, segment_id: str, records: Sequence[Record]) -> Iterator[Member]:
        """Records as members, with the fields of their tasks; the oldest of an address counts."""
        own = sorted(field for field in self._fields if not field.startswith(PREFIX))
        names = sorted(task_fields(dict.fromkeys(self._fields)))
        oldest: dict[str, Record] = {}
        for record in records:
            oldest.setdefault(record["Email"].lower(), record)
        ids = [record["Id"] for record in oldest.values()]
        tasks = tasks_of(self._session, segment_id, ids, names) if names else {}
        for record in oldest.values():
            fields = {name: as_text(record.get(name)) for name in own}
            fields |= told_fields(tasks.get(record["Id"]), segment_id, names)
            yield Member(email=record["Email"], remote_id=record["Id"], fields=fields)

    def _of_segment(self, segment_id: str) -> str:
        return f"{self._place} INCLUDES ({literal(segment_id)})"

    def _wrong(self, what: str, remedy: str) -> DestinationError:
        return DestinationError(what, f"destination {self.row.destination}", remedy)
