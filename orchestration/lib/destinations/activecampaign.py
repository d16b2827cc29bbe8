"""ActiveCampaign: contacts by address, and one tag per segment, named by its segment_id.

Tags say nothing of consent. Lists do, and status 1 of a list brings back people who left it: no
list is ever written here, so a contact that is new to the tool is on none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from orchestration.lib.destinations.activecampaign_calls import (
    PAGE,
    contact_of,
    contacts_of,
    pages,
    reason_of,
)
from orchestration.lib.destinations.activecampaign_imports import (
    LEAST,
    OWN_FIELDS,
    import_many,
    is_importable,
)
from orchestration.lib.destinations.activecampaign_refusals import refusals_of
from orchestration.lib.destinations.answers import (
    Answers,
    answer,
    as_documented,
    same_for,
)
from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
)
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.rows import secret_of

API = "/api/3"
# what the tool says where one contact cannot be taken as it is
REFUSED = (400, 404, 413, 422)


def connect(row: DestinationRow, environment: Mapping[str, str]) -> ActiveCampaignDestination:
    """The account of a row, with the key that its variable holds."""
    return ActiveCampaignDestination(row, secret=secret_of(row, environment))


class ActiveCampaignDestination:
    """An account of ActiveCampaign; `row.account`, where given, is the list whose opt-outs count.

    `row.base_url` is the API URL as the account shows it. Without a list, whoever left any list
    has unsubscribed. Fields are firstName, lastName, phone, and own ones by their tag or title.
    """

    def __init__(self, row: DestinationRow, *, secret: str) -> None:
        self.row = row
        self._http = Http(row, secret=secret, headers={"Api-Token": secret})
        self._api = "" if (row.base_url or "").endswith(API) else API
        self._own_fields: dict[str, str] | None = None
        self._tags: dict[str, str] = {}

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Raise DestinationError where key, list or a field is not as the rows say."""
        with as_documented(self.row):
            self._own_fields = None
            for field in fields:
                self._require_field(field)
            if self.row.account:
                path = f"{self._api}/lists/{self.row.account}"
                if self._http.call("GET", path, expected=(404,)).status == 404:
                    raise self._wrong(
                        f"the account has no list {self.row.account}",
                        "correct account in destinations.csv, or leave it empty for all lists",
                    )
            self._tag_of(segment_id)

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """Many at once as far as an import can tell them, then one contact after the other.

        Once the tool fails, the rest is answered as retryable.
        """
        with as_documented(self.row, is_write=True):
            answers = self._import(segment_id, changes)
            left = [change for change in changes if change.person_id not in answers]
            for number, change in enumerate(left):
                try:
                    answers[change.person_id] = (
                        self._take_out(segment_id, change)
                        if change.operation == "remove"
                        else self._put(segment_id, change)
                    )
                except DestinationError as error:
                    if not answers:
                        raise
                    answers |= same_for(left[number:], "rejected_retryable", error.what)
                    break
        return [answers[change.person_id] for change in changes]

    def _import(self, segment_id: str, changes: Sequence[Change]) -> Answers:
        """Answers of those whom an import took or refused by name; others are told one by one."""
        many = [change for change in changes if is_importable(change)]
        if len(many) < LEAST:
            return {}
        self._tag_of(segment_id)
        fields = {name: self._require_field(name) for change in many for name in change.fields}
        return import_many(self._http, self._api, many, tag=segment_id, fields=fields)

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """Those of `emails` that have the tag: two calls each, or of many out of all members."""
        found: dict[str, Member] = {}
        with as_documented(self.row):
            tag = self._tag_of(segment_id, is_wanted=False)
            if tag and self._is_read_by_page(tag, len(emails)):
                there = {one.email.strip().lower(): one for one in self.members(segment_id)}
                asked = {email: there.get(email.strip().lower()) for email in emails}
                return {email: member for email, member in asked.items() if member}
            for email in emails if tag else ():
                contact = contact_of(self._http, self._api, email)
                if contact and self._association(contact["id"], tag):
                    found[email] = self._member(contact)
        return found

    def members(self, segment_id: str) -> Iterator[Member]:
        """All contacts that have the tag, by their id."""
        with as_documented(self.row):
            tag = self._tag_of(segment_id, is_wanted=False)
            asked = {"tagid": tag, "include": "fieldValues"}
            for contact in contacts_of(self._http, self._api, asked) if tag else ():
                yield self._member(contact)

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """Who left a list or bounced, among the contacts that changed since then."""
        with as_documented(self.row):
            yield from refusals_of(self._http, self._api, since, only_list=self.row.account)

    def forget(self, address: str) -> bool:
        """See the contract: the contact is deleted, with its tags, lists and values."""
        with as_documented(self.row, is_write=True):
            contact = contact_of(self._http, self._api, address)
            path = f"{self._api}/contacts/{contact['id']}" if contact else ""
            return bool(path) and self._http.call("DELETE", path, expected=(404,)).status != 404

    def _put(self, segment_id: str, change: Change) -> Answer:
        """Make or change the contact, then tag it; a tag that is there stays one."""
        tag = self._tag_of(segment_id)
        person = change.person_id
        contact: dict[str, Any] = {"email": change.email}
        values = []
        for field, value in change.fields.items():
            if field in OWN_FIELDS:
                contact[field] = value or ""
            else:
                values.append({"field": self._require_field(field), "value": value or ""})
        if values:
            contact["fieldValues"] = values
        path = f"{self._api}/contact/sync"
        synced = self._http.call("POST", path, payload={"contact": contact}, expected=REFUSED)
        if synced.status in REFUSED:
            return answer(person, "rejected_permanent", reason_of(synced))
        record = str(synced.body["contact"]["id"])
        tagged = self._http.call(
            "POST",
            f"{self._api}/contactTags",
            payload={"contactTag": {"contact": record, "tag": tag}},
            expected=REFUSED,
        )
        if tagged.status in REFUSED:
            return answer(person, "rejected_retryable", reason_of(tagged), remote_id=record)
        return answer(person, "accepted", remote_id=record)

    def _take_out(self, segment_id: str, change: Change) -> Answer:
        """Take the tag off the contact; who has none, or is not known, is out already."""
        tag = self._tag_of(segment_id, is_wanted=False)
        record = change.remote_id
        if tag and not record:
            contact = contact_of(self._http, self._api, change.email)
            record = str(contact["id"]) if contact else None
        association = self._association(record, tag) if tag and record else None
        if association:
            self._http.call("DELETE", f"{self._api}/contactTags/{association}", expected=(404,))
        return answer(change.person_id, "accepted", remote_id=record)

    def _tag_of(self, segment_id: str, *, is_wanted: bool = True) -> str:
        """The id of a segment's tag, made where it is wanted and missing; empty for none."""
        if segment_id not in self._tags:
            found = {
                str(tag["tag"]): str(tag["id"])
                for tag in pages(self._http, f"{self._api}/tags", "tags", {"search": segment_id})
            }
            if segment_id not in found and not is_wanted:
                return ""
            if segment_id not in found:
                made = {"tag": segment_id, "tagType": "contact", "description": "by Touchline"}
                reply = self._http.call("POST", f"{self._api}/tags", payload={"tag": made})
                found[segment_id] = str(reply.body["tag"]["id"])
            self._tags[segment_id] = found[segment_id]
        return self._tags[segment_id]

    def _association(self, record: str, tag: str) -> str | None:
        """The id of what ties a contact to a tag; None where nothing does."""
        path = f"{self._api}/contacts/{record}/contactTags"
        reply = self._http.call("GET", path, expected=(404,))
        ties = reply.body["contactTags"] if reply.status == 200 else []
        return next((str(tie["id"]) for tie in ties if str(tie["tag"]) == tag), None)

    def _is_read_by_page(self, tag: str, count: int) -> bool:
        """Whether all members take fewer calls than so many people one by one."""
        if count < LEAST:
            return False
        asked = {"tagid": tag, "limit": 1}
        total = self._http.call("GET", f"{self._api}/contacts", params=asked).body["meta"]["total"]
        return int(total) <= 2 * count * PAGE

    def _member(self, contact: Mapping[str, Any]) -> Member:
        """A contact with its values by every name that a field may be called by."""
        values = {str(one["field"]): one["value"] for one in contact["fieldValues"]}
        fields = {name: contact.get(name) or None for name in OWN_FIELDS}
        fields |= {name: values.get(field) or None for name, field in self._fields().items()}
        return Member(email=contact["email"], remote_id=str(contact["id"]), fields=fields)

    def _fields(self) -> dict[str, str]:
        """The ids of the account's own fields by tag and by title; a tag wins."""
        if self._own_fields is None:
            found = list(pages(self._http, f"{self._api}/fields", "fields", {}))
            titles = {one["title"]: str(one["id"]) for one in found}
            tags = {str(one["perstag"]).strip("%"): str(one["id"]) for one in found}
            self._own_fields = titles | tags
        return self._own_fields

    def _require_field(self, field: str) -> str:
        """The id of a field; empty for a field every contact has; raises for an unknown one."""
        if field in OWN_FIELDS:
            return ""
        if field not in self._fields():
            known = ", ".join((*OWN_FIELDS, *self._fields()))
            raise self._wrong(
                f"the account has no field '{field}'", f"make it there, or use one of {known}"
            )
        return self._fields()[field]

    def _wrong(self, what: str, remedy: str) -> DestinationError:
        return DestinationError(what, f"destination {self.row.destination}", remedy)
