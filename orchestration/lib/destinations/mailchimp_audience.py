"""A Mailchimp audience as its pages tell it: fields, segments, members, and who refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from orchestration.lib.destinations.contract import DestinationError, Member, Refusal
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.mailchimp_answers import (
    REFUSED,
    address_key,
    member_of,
    subscriber_hash,
)
from orchestration.lib.destinations.paging import by_offset
from orchestration.lib.destinations.replies import Reply, told
from orchestration.lib.destinations.scrubbing import scrubbed

PAGE = 1000
# asked again, so that a clock that is behind or a change on its way is not missed
OVERLAP = timedelta(minutes=10)
# what tells the items of a list apart, where it is not their id
KEYS = {"merge_fields": "tag"}
STATUSES = ("unsubscribed", "cleaned", "archived")


class Audience:
    """One audience; a segment is a tag, which Mailchimp holds as a static segment of that name."""

    def __init__(self, http: Http, path: str) -> None:
        self._http = http
        self._path = path
        self._ids: dict[str, int] = {}

    def merge_fields(self) -> dict[str, str]:
        """Type of each merge field, by its tag."""
        pages = self._pages("/merge-fields", "merge_fields")
        return {str(one.get("tag")): str(one.get("type")) for one in pages}

    def pages_of(self, segment_id: str) -> int | None:
        """How many pages its members take; None where there is no such segment."""
        segment = self._segment(segment_id)
        count = segment.get("member_count") if segment else None
        if segment is None:
            return None
        return max(1, -(-count // PAGE)) if isinstance(count, int) else 1

    def members(self, segment_id: str) -> Iterator[Member]:
        """Who is in a segment and may be written to, each once.

        Pages of a segment leave out who has not confirmed yet: they are looked for by their tag.
        """
        segment = self._segment(segment_id)
        if segment is None:
            return
        seen: set[str] = set()
        path = f"/segments/{int(segment['id'])}/members"
        confirmed = self._pages(path, "members", include_transactional="true")
        waiting = self._pages("/members", "members", status="pending")
        for values, tag in ((confirmed, None), (waiting, segment_id)):
            for value in values:
                member = member_of(value, segment_id=tag)
                if member and address_key(member.email) not in seen:
                    seen.add(address_key(member.email))
                    yield member

    def move(self, segment_id: str, joining: set[str], leaving: set[str]) -> set[str]:
        """Put addresses into a segment and out of it in one call; those it names as done."""
        number = self._ids.get(segment_id) or self._found_or_made(segment_id, make=bool(joining))
        if number is None:
            return leaving
        reply = self._http.call(
            "POST",
            f"{self._path}/segments/{number}",
            payload={"members_to_add": sorted(joining), "members_to_remove": sorted(leaving)},
        )
        body = reply.body if isinstance(reply.body, dict) else {}
        done = set()
        for name in ("members_added", "members_removed"):
            listed = body.get(name)
            for one in listed if isinstance(listed, list) else []:
                if isinstance(one, dict):
                    done.add(address_key(str(one.get("email_address") or "")))
        return done

    def tag(self, segment_id: str, email: str, *, is_active: bool) -> None:
        """Put one address into a segment, or out of it; whoever is unknown is out already."""
        self._http.call(
            "POST",
            f"{self._path}/members/{subscriber_hash(email)}/tags",
            payload={
                "tags": [{"name": segment_id, "status": "active" if is_active else "inactive"}]
            },
            expected=() if is_active else (404,),
        )

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """Who is unsubscribed, cleaned or archived and changed since then, and who complained."""
        start = None if since is None else _aware(since) - OVERLAP
        changed = (
            {} if start is None else {"since_last_changed": start.isoformat(timespec="seconds")}
        )
        for status in STATUSES:
            order = {"sort_field": "last_changed", "sort_dir": "DESC"}
            for value in self._pages("/members", "members", status=status, **order, **changed):
                yield Refusal(
                    email=str(value.get("email_address")),
                    status=REFUSED[status],
                    happened_at=_moment(value.get("last_changed")),
                    reason=scrubbed(str(value.get("unsubscribe_reason") or status)),
                )
        for value in self._pages("/abuse-reports", "abuse_reports"):
            happened_at = _moment(value.get("date"))
            if start is None or happened_at >= start:
                yield Refusal(
                    email=str(value.get("email_address")),
                    status="complained",
                    happened_at=happened_at,
                    reason="complained",
                )

    def _found_or_made(self, segment_id: str, *, make: bool) -> int | None:
        segment = self._segment(segment_id)
        if segment is None and make:
            reply = self._http.call(
                "POST",
                f"{self._path}/segments",
                payload={"name": segment_id, "static_segment": []},
                is_repeatable=False,
            )
            segment = reply.body if isinstance(reply.body, dict) else {}
        if segment is None:
            return None
        if not isinstance(segment.get("id"), int):
            raise DestinationError("a segment without an id", self._path, _UNKNOWN)
        self._ids[segment_id] = segment["id"]
        return segment["id"]

    def _segment(self, segment_id: str) -> Mapping[str, Any] | None:
        """The static segment of that name; of several the one made first."""
        found = [
            one
            for one in self._pages("/segments", "segments", type="static")
            if one.get("name") == segment_id and isinstance(one.get("id"), int)
        ]
        return min(found, key=lambda one: one["id"], default=None)

    def _pages(self, path: str, name: str, **params: str) -> Iterator[Mapping[str, Any]]:
        """All items of a list; raises DestinationError when fewer come than the tool says."""

        def page_at(offset: int) -> tuple[list[Mapping[str, Any]], int]:
            asked = {**params, "count": PAGE, "offset": offset}
            return self._page(self._http.call("GET", f"{self._path}{path}", params=asked), name)

        key = KEYS.get(name, "id")
        return by_offset(page_at, lambda one: one.get(key), place=f"GET {self._path}{path}")

    def _page(self, reply: Reply, name: str) -> tuple[list[Mapping[str, Any]], int]:
        body = reply.body if isinstance(reply.body, dict) else {}
        items, total = body.get(name), body.get("total_items")
        is_page = isinstance(items, list) and isinstance(total, int)
        if not is_page or not all(isinstance(one, dict) for one in items):
            raise DestinationError(f"no page of {name}: {told(reply)}", self._path, _UNKNOWN)
        return items, total


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(text: Any) -> datetime:
    """A moment of the tool; the beginning of time where it has none, so that it always counts."""
    try:
        return _aware(datetime.fromisoformat(str(text)))
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


_UNKNOWN = "look whether base_url is Mailchimp's: its answers have changed"
