"""The people of a fake Mailchimp audience and the rules by which they change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from orchestration.fakes.mailchimp_member import FakeMember, hash_of

STATUSES = ("subscribed", "unsubscribed", "cleaned", "pending", "transactional")
TYPES = ("text", "number", "address", "phone", "date", "url", "imageurl", "radio", "dropdown",
         "birthday", "zip")  # fmt: skip
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}", re.I)
LONGEST_EMAIL = 254
LONGEST_TEXT = 255
LONGEST_TAG = 10
PATTERNS = {
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "date": re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}"),
    "birthday": re.compile(r"\d\d/\d\d"),
    "url": re.compile(r"https?://\S+"),
    "imageurl": re.compile(r"https?://\S+"),
    "zip": re.compile(r"\d{5}"),
}
COMPLIANCE = (
    "is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be "
    "subscribed."
)


class RefusedError(Exception):
    """The tool does not do it for this person; `field` where one of theirs is why."""

    def __init__(
        self, said: str, *, title: str = "Bad Request", code: str = "ERROR_GENERIC", field: str = ""
    ) -> None:
        super().__init__(said)
        self.said, self.title, self.code, self.field = said, title, code, field


@dataclass(kw_only=True)
class FakeAudience:
    """An audience: members by hash, segments by number, merge fields by tag."""

    members: dict[str, FakeMember] = field(default_factory=dict)
    segments: dict[int, str] = field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {
            "FNAME": {"type": "text", "required": False},
            "LNAME": {"type": "text", "required": False},
            "PHONE": {"type": "phone", "required": False},
            "BIRTHDAY": {"type": "birthday", "required": False},
        }
    )
    complaints: list[dict[str, Any]] = field(default_factory=list)
    held_back: set[str] = field(default_factory=set)

    def find(self, who: str) -> FakeMember | None:
        """A member by hash, address or contact id."""
        known = self.members.get(who.lower()) or self.members.get(hash_of(who))
        return known or next((one for one in self.members.values() if one.contact_id == who), None)

    def upsert(
        self, item: Mapping[str, Any], *, is_lax: bool = False, now: datetime | None = None
    ) -> FakeMember:
        """Make or change a member; raises RefusedError, and then nothing is changed."""
        email = str(item["email_address"])
        if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
            raise RefusedError("looks fake or invalid, please enter a real email address.")
        if hash_of(email) in self.held_back:
            raise RefusedError(COMPLIANCE, title="Member In Compliance State")
        known = self.members.get(hash_of(email))
        is_new = known is None or known.status == "archived"
        status = item.get("status") or (item.get("status_if_new") if is_new else known.status)
        if status not in STATUSES:
            raise RefusedError("status is missing or unknown", field="status")
        if known and known.status in ("unsubscribed", "cleaned") and status == "subscribed":
            raise RefusedError(COMPLIANCE, title="Member In Compliance State")
        fields = self._checked(item.get("merge_fields") or {}, is_lax=is_lax)
        moment = now or datetime.now(UTC)
        member = known or FakeMember(email=email, status=status, last_changed=moment)
        member.fields.update(fields)
        member.status, member.last_changed = status, moment
        self.members[member.hash] = member
        return member

    def changed(self, status: str | None, since: str | None) -> list[FakeMember]:
        """Members of a status that changed since a moment, in the order of their changes."""
        start = datetime.fromisoformat(since) if since else datetime(1970, 1, 1, tzinfo=UTC)
        found = [
            one
            for one in self.members.values()
            if (one.status == status if status else one.status != "archived")
            and one.last_changed >= start
        ]
        return sorted(found, key=lambda one: (one.last_changed, one.hash))

    def segment(self, name: str) -> int:
        """The number of the static segment, or tag, of a name; made where there is none."""
        for number, known in self.segments.items():
            if known == name:
                return number
        self.segments[1000 + len(self.segments)] = name
        return 999 + len(self.segments)

    def tag(self, member: FakeMember, name: str, *, is_active: bool = True) -> None:
        """Put a member into the segment of a name, or out of it."""
        number = self.segment(name)
        (member.segments.add if is_active else member.segments.discard)(number)

    def move(
        self, number: int, joining: Sequence[str], leaving: Sequence[str]
    ) -> tuple[list[FakeMember], list[FakeMember], list[str]]:
        """Who joined and left; who is unknown, not confirmed or there already is neither."""
        added, removed, missed = [], [], []
        for email in joining:
            member = self.find(email)
            if member is None or member.status == "pending" or number in member.segments:
                missed.append(email)
            else:
                member.segments.add(number)
                added.append(member)
        for email in leaving:
            member = self.find(email)
            if member is None or number not in member.segments:
                missed.append(email)
            else:
                member.segments.discard(number)
                removed.append(member)
        return added, removed, missed

    def forget(self, member: FakeMember) -> None:
        """Delete for good: the address can never come back."""
        del self.members[member.hash]
        self.held_back.add(member.hash)

    def make_field(self, about: Mapping[str, Any]) -> str:
        """A new merge field; raises RefusedError for a tag or type the tool does not take."""
        tag = str(about.get("tag") or f"MMERGE{len(self.fields) + 1}").upper()
        if len(tag) > LONGEST_TAG or tag in self.fields or about.get("type") not in TYPES:
            raise RefusedError(f"at most {LONGEST_TAG} characters, once, of a known type")
        self.fields[tag] = {"type": about["type"], "required": bool(about.get("required"))}
        return tag

    def rename_field(self, tag: str, other: str) -> None:
        """What a person may do in the tool at any time."""
        self.fields[other] = self.fields.pop(tag)
        for member in self.members.values():
            if tag in member.fields:
                member.fields[other] = member.fields.pop(tag)

    def _checked(self, given: Mapping[str, Any], *, is_lax: bool) -> dict[str, Any]:
        """Cells of known fields; unknown ones are left out without a word, as the tool does."""
        for tag, about in self.fields.items():
            if about["required"] and not is_lax and not given.get(tag):
                raise RefusedError("This field is required", field=tag)
        cells = {tag: cell for tag, cell in given.items() if tag in self.fields}
        for tag, cell in cells.items():
            pattern = PATTERNS.get(self.fields[tag]["type"])
            text = "" if cell is None else str(cell)
            if len(text) > LONGEST_TEXT:
                raise RefusedError(f"At most {LONGEST_TEXT} characters", field=tag)
            if text and pattern and not pattern.fullmatch(text):
                raise RefusedError(f"Please enter a {self.fields[tag]['type']}", field=tag)
        return cells


@dataclass(kw_only=True)
class MailchimpState:
    """All that a fake account knows; `now` is its clock where a test sets one.

    Whether tags of a batch are heeded is not documented: `ignores_tags_of_batches` tries both.
    """

    audiences: dict[str, FakeAudience]
    now: datetime | None = None
    ignores_tags_of_batches: bool = False
