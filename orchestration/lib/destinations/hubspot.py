"""HubSpot: contacts by address, and one manual list per segment, named by its segment_id.

A contact that HubSpot does not know yet is made without any subscription: who may be written to
is the tool's own knowledge, and no property that holds it is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from orchestration.lib.destinations.answers import Answers, answer, as_documented, kept_apart
from orchestration.lib.destinations.chunks import chunks
from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
)
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.hubspot_answers import OTHER_ADDRESSES, addresses, read_upsert
from orchestration.lib.destinations.hubspot_calls import (
    ACCOUNT,
    BATCH,
    CONTACT,
    CONTACTS,
    FORGET,
    LISTS,
    PROPERTIES,
    judged,
    records_in,
    require_property,
)
from orchestration.lib.destinations.hubspot_preferences import refusals_among
from orchestration.lib.destinations.hubspot_refusals import refusals_of
from orchestration.lib.destinations.rows import secret_of

MANUAL = ("MANUAL", "SNAPSHOT")


def connect(row: DestinationRow, environment: Mapping[str, str]) -> HubspotDestination:
    """The account of a row, with the token that its variable holds."""
    return HubspotDestination(row, secret=secret_of(row, environment))


class HubspotDestination:
    """An account of HubSpot; `row.account`, where given, is its number (portal, hub id)."""

    def __init__(self, row: DestinationRow, *, secret: str) -> None:
        self.row = row
        self._timezone: str | None = None
        self._lists: dict[str, str] = {}
        self._fields: set[str] = set()
        self._http = Http(
            row,
            secret=secret,
            headers={"Authorization": f"Bearer {secret}"},
            judge=lambda reply: judged(reply, destination=row.destination, timezone=self._timezone),
        )

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Raise DestinationError where token, account, list or a property is not as it must be."""
        with as_documented(self.row):
            self._check_account()
            found = self._http.call("GET", PROPERTIES).body["results"]
            known = {one["name"]: one for one in found}
            for field in fields:
                require_property(self.row, field, known.get(field))
            self._fields |= set(fields)
            self._list_of(segment_id)

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Contacts first, then who is in the list; what fails between is answered as retryable."""
        answers: Answers = {}
        put, take_out = partial(self._put, segment_id), partial(self._take_out, segment_id)
        with as_documented(self.row, is_write=True):
            for part in chunks(changes, BATCH):
                kept = [change for change in part if change.operation != "remove"]
                gone = [change for change in part if change.operation == "remove"]
                answers |= kept_apart(kept, put, has_begun=bool(answers))
                answers |= kept_apart(gone, take_out, has_begun=bool(answers))
        return [answers[change.person_id] for change in changes]

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """Those of `emails` that are in the list, with the properties checked or sent before."""
        found: dict[str, Member] = {}
        with as_documented(self.row):
            list_id = self._list_of(segment_id, is_wanted=False)
            for part in chunks(emails, BATCH) if list_id else ():
                found |= self._read(list_id, part)
        return found

    def members(self, segment_id: str) -> Iterator[Member]:
        """All contacts of the list, in the order in which they joined."""
        with as_documented(self.row):
            list_id = self._list_of(segment_id, is_wanted=False)
            for part in records_in(self._http, list_id) if list_id else ():
                for contact in self._contacts(part):
                    yield self._member(contact)

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """Who opted out of all mail, bounced hard or is kept from mail, changed since then."""
        with as_documented(self.row):
            yield from refusals_of(self._http, since)

    def refusals_among(self, emails: Sequence[str]) -> Iterator[Refusal]:
        """Who of these unsubscribed from a type of mail, a brand or everything."""
        with as_documented(self.row):
            yield from refusals_among(self._http, emails)

    def forget(self, address: str) -> bool:
        """See the contract; the tool does not say whether it had the address, and blocks it."""
        self._http.call("POST", FORGET, payload={"objectId": address, "idProperty": "email"})
        return True

    def _check_account(self) -> None:
        """Remember the time zone of the account; raise DestinationError for another's token."""
        account = self._http.call("GET", ACCOUNT).body
        self._timezone = account.get("timeZone")
        if self.row.account and str(account.get("portalId")) != self.row.account:
            raise self._wrong(
                f"the token belongs to account {account.get('portalId')}, not {self.row.account}",
                "correct account in destinations.csv, or set the token of that account",
            )

    def _read(self, list_id: str, emails: Sequence[str]) -> dict[str, Member]:
        """Those of at most one batch of addresses that are in a list."""
        contacts = self._contacts([email.strip() for email in emails], by="email")
        there = self._in_list(list_id, [contact["id"] for contact in contacts])
        members = {
            address: self._member(contact)
            for contact in contacts
            if contact["id"] in there
            for address in addresses(contact)
        }
        keys = {email: email.strip().lower() for email in emails}
        return {email: members[key] for email, key in keys.items() if key in members}

    def _put(self, segment_id: str, changes: Sequence[Change]) -> Answers:
        """Make or change the contacts, then put those that were taken into the list."""
        list_id = self._list_of(segment_id)
        inputs = [
            {
                "id": change.email,
                "idProperty": "email",
                "properties": {"email": change.email}
                | {name: value or "" for name, value in change.fields.items()},
                "objectWriteTraceId": change.person_id,
            }
            for change in changes
        ]
        self._fields |= {name for change in changes for name in change.fields}
        told = self._http.call("POST", f"{CONTACTS}/batch/upsert", payload={"inputs": inputs}).body
        answers, records = read_upsert(changes, told)
        taken = [change for change in changes if change.person_id in records]
        listing = partial(self._list, list_id, records)
        return answers | kept_apart(taken, listing, has_begun=True)

    def _list(self, list_id: str, records: Mapping[str, str], changes: Sequence[Change]) -> Answers:
        """Put the records of some people into the list."""
        path = f"{LISTS}/{list_id}/memberships/add"
        said = self._http.call("PUT", path, payload=sorted(set(records.values()))).body
        missing = {str(record) for record in said.get("recordIdsMissing") or ()}
        return {
            person: answer(
                person, "rejected_retryable", "the contact was gone before it was listed"
            )
            if record in missing
            else answer(person, "accepted", remote_id=record)
            for person, record in records.items()
        }

    def _take_out(self, segment_id: str, changes: Sequence[Change]) -> Answers:
        """Take contacts out of the list; who is not there, or not known, is out already."""
        unknown = [change.email for change in changes if not change.remote_id]
        found = {
            address: contact["id"]
            for contact in (self._contacts(unknown, by="email") if unknown else ())
            for address in addresses(contact)
        }
        records = [change.remote_id or found.get(change.email.lower()) for change in changes]
        list_id = self._list_of(segment_id, is_wanted=False)
        present = sorted({record for record in records if record})
        if list_id and present:
            self._http.call("PUT", f"{LISTS}/{list_id}/memberships/remove", payload=present)
        return {
            change.person_id: answer(change.person_id, "accepted", remote_id=record)
            for change, record in zip(changes, records, strict=True)
        }

    def _list_of(self, segment_id: str, *, is_wanted: bool = True) -> str:
        """The list of a segment, made where it is wanted and missing; raises for one of rules."""
        if segment_id not in self._lists:
            by_name = f"{LISTS}/object-type-id/{CONTACT}/name/{quote(segment_id, safe='')}"
            reply = self._http.call("GET", by_name, expected=(404,))
            if reply.status == 404 and not is_wanted:
                return ""
            if reply.status == 404:
                made = {"name": segment_id, "objectTypeId": CONTACT, "processingType": "MANUAL"}
                reply = self._http.call("POST", LISTS, payload=made)
            found = reply.body["list"]
            if found["processingType"] not in MANUAL:
                raise self._wrong(
                    f"the list '{segment_id}' is filled by rules of the tool",
                    "give that list another name in HubSpot, or the segment another id",
                )
            self._lists[segment_id] = str(found["listId"])
        return self._lists[segment_id]

    def _contacts(self, ids: Sequence[str], *, by: str = "") -> list[dict[str, Any]]:
        """Those contacts that there are of at most one batch of record ids, or of addresses."""
        if not ids:
            return []
        payload: dict[str, Any] = {
            "inputs": [{"id": one} for one in dict.fromkeys(ids)],
            "properties": ["email", OTHER_ADDRESSES, *sorted(self._fields)],
        }
        path = f"{CONTACTS}/batch/read"
        asked = payload | ({"idProperty": by} if by else {})
        return self._http.call("POST", path, payload=asked, only_asks=True).body["results"]

    def _in_list(self, list_id: str, records: list[str]) -> set[str]:
        """Which of at most one batch of records are in a list."""
        if not records:
            return set()
        asked = {"inputs": [{"objectTypeId": CONTACT, "recordId": record} for record in records]}
        path = f"{LISTS}/records/memberships/batch/read"
        return {
            str(one["recordId"])
            for one in self._http.call("POST", path, payload=asked, only_asks=True).body["results"]
            if list_id in {str(place["listId"]) for place in one["recordListMemberships"]}
        }

    def _member(self, contact: dict[str, Any]) -> Member:
        properties = contact["properties"]
        fields = {name: properties.get(name) or None for name in sorted(self._fields)}
        email = properties.get("email") or ""
        return Member(email=email, remote_id=str(contact["id"]), fields=fields)

    def _wrong(self, what: str, remedy: str) -> DestinationError:
        return DestinationError(what, f"destination {self.row.destination}", remedy)
