"""Mailchimp: segments are tags of an audience; people are added pending and never subscribed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
)
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.mailchimp_answers import (
    Told,
    address_key,
    answer_to,
    held_back,
    member_of,
    subscriber_hash,
    told_of_batch,
    told_of_one,
    verdict,
)
from orchestration.lib.destinations.mailchimp_audience import Audience
from orchestration.lib.destinations.rows import secret_of

# a key names its data centre; anything else is a token of OAuth
API_KEY = re.compile(r"\w+-(?P<centre>[a-z]+\d+)")
HOST = ".api.mailchimp.com"
# in a batch that was refused whole, or by hand: one call per person
BY_HAND = {"skip_merge_validation": "true"}


def connect(row: DestinationRow, environment: Mapping[str, str]) -> Mailchimp:
    """The audience of a row, with the key or token its variable holds."""
    return Mailchimp(row, secret=secret_of(row, environment))


class Mailchimp:
    """One audience. A batch takes one call, and one more where people leave the segment.

    Somebody unsubscribed, cleaned or archived is rejected and out of the segment; that they are is
    told by `refusals` as well, and so is whoever the tool holds back for compliance.
    """

    def __init__(self, row: DestinationRow, *, secret: str) -> None:
        self.row = row
        key = API_KEY.fullmatch(secret)
        self._centre = key["centre"] if key else None
        self._http = Http(
            row,
            secret=secret,
            auth=("touchline", secret) if key else None,
            headers={} if key else {"Authorization": f"Bearer {secret}"},
            judge=verdict,
        )
        self._list = f"/lists/{quote(row.account or '', safe='')}"
        self._audience = Audience(self._http, self._list)
        self._held_back: dict[str, Refusal] = {}

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Raise DestinationError for a key of another data centre, no such audience or field."""
        host = urlsplit(self.row.base_url or "").hostname or ""
        if self._centre and host.endswith(HOST) and host != f"{self._centre}{HOST}":
            raise DestinationError(
                f"the key is of the data centre {self._centre}, the address of another",
                f"destinations.csv, row {self.row.destination}",
                f"write https://{self._centre}{HOST}/3.0 as base_url",
            )
        known = self._audience.merge_fields()
        unknown = [name for name in fields if name not in known]
        if unknown:
            raise DestinationError(
                f"the audience has no merge field {', '.join(unknown)}",
                f"destination_fields.csv, destination {self.row.destination}",
                f"use one of {', '.join(sorted(known))}, or add the field in Mailchimp",
            )

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Tell people and their fields, then who is in the segment; see the contract."""
        wanted: dict[str, Change] = {}
        answers: list[Answer] = []
        for change in changes:
            if change.operation == "remove":
                continue
            if wanted.setdefault(address_key(change.email), change) is not change:
                answers.append(answer_to(change, "another person of the batch has this address"))
        told = self._upserted(segment_id, wanted) if wanted else {}
        refused = [key for key, one in told.items() if one.is_refused]
        self._held_back |= {key: held_back(wanted[key], told[key]) for key in refused}
        removed = [change for change in changes if change.operation == "remove"]
        # an address that now stands for somebody else stays
        leaving = {address_key(one.email) for one in removed} - wanted.keys()
        joining = {key for key, one in told.items() if one.is_open and segment_id not in one.tags}
        leaving |= {key for key in refused if segment_id in told[key].tags}
        undone = self._moved(segment_id, joining, leaving)
        for key, change in wanted.items():
            answers.append(answer_to(change, told[key].reason or undone.get(key), told[key]))
        return answers + [answer_to(one, undone.get(address_key(one.email))) for one in removed]

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """See the contract: one by one, or by pages of the segment where that takes fewer calls."""
        pages = self._audience.pages_of(segment_id)
        if pages is None:
            return {}
        if len(emails) > pages:
            asked = {address_key(email) for email in emails}
            members = self._audience.members(segment_id)
            found = {key: one for one in members if (key := address_key(one.email)) in asked}
            pairs = ((email, found.get(address_key(email))) for email in emails)
        else:
            pairs = ((email, self._member(segment_id, email)) for email in emails)
        return {email: member for email, member in pairs if member}

    def members(self, segment_id: str) -> Iterator[Member]:
        """See the contract; those who have not confirmed yet are told last."""
        yield from self._audience.members(segment_id)

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """See the contract: unsubscribed, cleaned, archived, complaints, and who was held back."""
        yield from self._audience.refusals(since)
        yield from self._held_back.values()

    def forget(self, address: str) -> bool:
        """See the contract: the tool never takes the address from an import again."""
        path = f"{self._path_of(address)}/actions/delete-permanent"
        if self._http.call("POST", path, expected=(404,)).status != 404:
            return True
        # no such audience is answered alike: raises DestinationError then
        self._audience.merge_fields()
        return False

    def _upserted(self, segment_id: str, wanted: Mapping[str, Change]) -> dict[str, Told]:
        """What became of each address; one by one where the tool refuses the batch as a whole."""
        reply = self._http.call(
            "POST",
            self._list,
            params=BY_HAND,
            payload={
                "members": [{**self._fields(one), "tags": [segment_id]} for one in wanted.values()],
                "sync_tags": False,
                "update_existing": True,
            },
            expected=(400, 413),
        )
        if reply.status < 300:
            return told_of_batch(reply, list(wanted), where=self._list)
        told: dict[str, Told] = {}
        for key, change in wanted.items():
            try:
                told[key] = self._upserted_alone(change)
            except DestinationError as error:
                if not told:
                    raise
                told[key] = Told(state="rejected_retryable", reason=error.what)
        return told

    def _upserted_alone(self, change: Change) -> Told:
        path, payload = self._path_of(change.email), self._fields(change)
        reply = self._http.call("PUT", path, params=BY_HAND, payload=payload, expected=(400,))
        return told_of_one(reply)

    def _fields(self, change: Change) -> dict[str, Any]:
        """What is said of one person: never a status for somebody the audience knows."""
        return {
            "email_address": change.email,
            "status_if_new": self.row.new_member_status or "pending",
            "merge_fields": {name: value or "" for name, value in change.fields.items()},
        }

    def _moved(self, segment_id: str, joining: set[str], leaving: set[str]) -> dict[str, str]:
        """Put addresses into the segment and out of it; why not, by those it did not work for."""
        if not joining and not leaving:
            return {}
        try:
            done = self._audience.move(segment_id, joining, leaving)
        except DestinationError as error:
            return dict.fromkeys(joining | leaving, error.what)
        undone: dict[str, str] = {}
        for key in sorted((joining | leaving) - done):
            try:
                self._audience.tag(segment_id, key, is_active=key in joining)
            except DestinationError as error:
                undone[key] = error.what
        return undone

    def _member(self, segment_id: str, email: str) -> Member | None:
        """Somebody who is in the segment and may be written to, else None."""
        reply = self._http.call("GET", self._path_of(email), expected=(404,))
        return member_of(reply.body, segment_id=segment_id) if reply.status < 300 else None

    def _path_of(self, email: str) -> str:
        return f"{self._list}/members/{subscriber_hash(email)}"
