"""Ad audiences and suppression lists: hashed files in the outbox, as each platform takes them.

A platform's list is brought up to date by hand or by the platform's own file feed, so each batch
leaves three files beside each other: the full list, who is new or changed in it, and who left it.

What the engine must pass: for an audience, people who may be reached by ads, as everywhere. For
a list that is to be excluded (channel `suppression`), the people who may *not* be contacted: they
are its purpose, so eligibility must not filter them, and the list must never be used as an
audience. Erased people belong on neither. No file here ever holds an address that is not hashed.

A person has a row per address: the member's own and, where a field is mapped to the address column,
those of its JSON list. Only lists of contact_purposes with `has_all_addresses` name more than one.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
    UnreadableError,
)
from orchestration.lib.destinations.hashing import PLATFORMS
from orchestration.lib.failpoints import failpoint
from orchestration.lib.row_files.formats import as_csv
from orchestration.lib.segments.export import FOLDER_NAME
from orchestration.lib.segments.outbox import FOLDER_MODE, write_whole
from orchestration.lib.settings import Settings, load_settings

# every batch writes the full list anew: few large batches, whatever the row says
LEAST_BATCH_SIZE = 100_000
Cells = tuple[str, ...]
# of one person: first the address they are a member by, then their others
Rows = tuple[Cells, ...]


def connect(row: DestinationRow, environment: Mapping[str, str]) -> AudienceDestination:
    """The platform of a row, with the outbox and the history of the home of this environment."""
    settings = load_settings(environment)
    return AudienceDestination(row, outbox=settings.outbox, memory=memory_folder(settings))


def memory_folder(settings: Settings) -> Path:
    """Where it is kept what each list holds, by destination and segment."""
    return settings.state / "audiences"


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What was told of one segment: each person's rows, and the number of the last batch."""

    people: Mapping[str, Rows]
    version: int


class AudienceDestination:
    """A platform whose list is kept as files; `row.kind` names the platform.

    Files: `<outbox>/<destination>/<segment_id>/NNNNNN.full.csv`, `.adds.csv`, `.removes.csv` and,
    last, `.manifest.json`; a reader takes only numbers with a manifest, in order: removes, then
    adds. What was told of each person is remembered below `memory`, which is history, so that
    pruning the outbox forgets nobody.
    """

    def __init__(self, row: DestinationRow, *, outbox: Path, memory: Path) -> None:
        self.row = replace(row, batch_size=max(row.batch_size, LEAST_BATCH_SIZE))
        self._platform = PLATFORMS[row.kind]
        self._columns = tuple(self._platform.columns)
        self._email = self._columns.index(self._platform.email)
        self._outbox = outbox / row.destination
        self._memory = memory / row.destination

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Raise DestinationError where a field is no column of the platform's upload."""
        for name in (self.row.destination, segment_id):
            if not FOLDER_NAME.fullmatch(name):
                raise DestinationError(
                    f"'{name}' cannot be the name of a folder",
                    f"destination {self.row.destination}, segment {segment_id}",
                    "use letters, digits, dots, dashes and underscores",
                )
        unknown = sorted(set(fields) - set(self._columns))
        if unknown:
            raise DestinationError(
                f"an upload of {self.row.kind} has no column '{unknown[0]}'",
                f"rule table destination_fields, destination {self.row.destination}",
                f"use one of: {', '.join(self._columns)}; the address goes into "
                f"'{self._platform.email}' by itself, further ones by other_emails",
                also=unknown[1:],
            )

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Write the list as it is after these changes; the same changes again write nothing."""
        self.check(segment_id, [field for change in changes for field in change.fields])
        told = self._told(segment_id)
        people = dict(told.people)
        answers = [self._apply(people, change) for change in changes]
        if people != told.people or not told.version:
            self._write(segment_id, told, people)
        return answers

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """Those of `emails` whose hash is in the list. Fields cannot be read back: empty."""
        there = {cells[self._email] for cells in _rows_of(self._told(segment_id).people)}
        hashes = {email: self._platform.cell(self._platform.email, email) for email in emails}
        return {
            email: Member(email=email, remote_id=digest)
            for email, digest in hashes.items()
            if digest in there
        }

    def members(self, segment_id: str) -> Iterator[Member]:
        """Raise UnreadableError: no hash tells its address. `read` finds whom it is asked for."""
        raise UnreadableError(
            f"the list of {self.row.destination} holds hashes, which name nobody",
            f"destination {self.row.destination}, segment {segment_id}",
            "read back a sample: hashes of known addresses are found",
        )

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """None: nobody can refuse mail in a list of hashes."""
        return iter(())

    def _apply(self, people: dict[str, Rows], change: Change) -> Answer:
        """Bring `people` to what the change says; the answer to it."""
        if change.operation == "remove":
            people.pop(change.person_id, None)
            return Answer(person_id=change.person_id, state="accepted", remote_id=change.remote_id)
        first, *others = people.get(change.person_id, (("",) * len(self._columns),))
        hashes = [cells[self._email] for cells in others]
        fields = dict(change.fields)
        try:
            if self._platform.email in fields:
                hashes = self._hashes(fields.pop(self._platform.email))
            cells = list(first)
            for column, value in {**fields, self._platform.email: change.email}.items():
                cells[self._columns.index(column)] = self._platform.cell(column, value)
        except ValueError as error:
            return _rejected(change, str(error))
        own = cells[self._email]
        if not own:
            return _rejected(change, "what should be an address is none")
        people[change.person_id] = tuple(
            (*cells[: self._email], digest, *cells[self._email + 1 :])
            for digest in dict.fromkeys([own, *hashes])
        )
        return Answer(person_id=change.person_id, state="accepted", remote_id=own)

    def _hashes(self, addresses: str | None) -> list[str]:
        """The cells of a JSON list of addresses, without what is none; ValueError for no list."""
        try:
            listed = json.loads(addresses or "[]")
        except json.JSONDecodeError:
            listed = None
        if not isinstance(listed, list):
            raise ValueError("further addresses are no JSON list; map other_emails to the column")
        made = (self._platform.cell(self._platform.email, str(address)) for address in listed)
        return [digest for digest in made if digest]

    def _write(self, segment_id: str, told: _Told, people: Mapping[str, Rows]) -> None:
        """The three files, their manifest, then the memory; a crash between writes all again."""
        before, after = set(_rows_of(told.people)), set(_rows_of(people))
        still = {cells[self._email] for cells in after}
        parts = {
            "full": after,
            "adds": after - before,
            "removes": {cells for cells in before if cells[self._email] not in still},
        }
        columns = self._used_columns(after | before)
        folder = self._outbox / segment_id
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        number = f"{told.version + 1:06d}"
        files = {}
        for part, rows in parts.items():
            content = as_csv(
                [self._columns[column] for column in columns],
                ([cells[column] for column in columns] for cells in sorted(rows)),
            )
            name = f"{number}.{part}.csv"
            write_whole(folder / name, content)
            files[name] = {"rows": len(rows), "sha256": hashlib.sha256(content).hexdigest()}
        failpoint("audience.before_manifest")
        manifest = {
            "columns": [self._columns[column] for column in columns],
            "destination": self.row.destination,
            "files": files,
            "kind": self.row.kind,
            "segment_id": segment_id,
        }
        text = json.dumps(manifest, indent=2).encode() + b"\n"
        write_whole(folder / f"{number}.manifest.json", text)
        failpoint("audience.before_memory")
        self._remember(segment_id, number, people)

    def _used_columns(self, rows: Iterable[Cells]) -> list[int]:
        """Which columns the files have: those with a value, the address always."""
        if self._platform.keeps_all_columns:
            return list(range(len(self._columns)))
        used = {index for cells in rows for index, cell in enumerate(cells) if cell}
        return sorted(used | {self._email})

    def _remember(self, segment_id: str, number: str, people: Mapping[str, Rows]) -> None:
        """Keep what each person's rows are now, and drop the memory of the batch before."""
        folder = self._memory / segment_id
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        rows = ([person, *cells] for person, told in sorted(people.items()) for cells in told)
        write_whole(folder / f"{number}.csv", as_csv(["person_id", *self._columns], rows))
        for path in folder.glob("*.csv"):
            if path.name < f"{number}.csv":
                path.unlink()

    def _told(self, segment_id: str) -> _Told:
        """What was last told of a segment; nothing at first."""
        kept = sorted((self._memory / segment_id).glob("*.csv"))
        if not kept:
            return _Told(people={}, version=0)
        with kept[-1].open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            names = next(lines)[1:]
            places = [names.index(column) if column in names else -1 for column in self._columns]
            people: dict[str, Rows] = {}
            for person, *cells in lines:
                row = tuple(cells[place] if place >= 0 else "" for place in places)
                people[person] = (*people.get(person, ()), row)
        return _Told(people=people, version=int(kept[-1].stem))


def _rows_of(people: Mapping[str, Rows]) -> Iterator[Cells]:
    return chain.from_iterable(people.values())


def _rejected(change: Change, reason: str) -> Answer:
    return Answer(person_id=change.person_id, state="rejected_permanent", reason=reason)
