"""A webhook of your own: signed batches of changes, answered one by one or as a whole.

POST base_url: `{destination, segment_id, changes: [{id, operation, email, fields,
idempotency_key}]}`, with X-Signature, Idempotency-Key, X-Sync-Run and X-Batch-Index. It answers an
empty 2xx, all accepted, or `{results: [{id, status, error}]}`; 409 where it took the whole batch
before. GET base_url/members?segment_id=…, where it is offered, tells who is there, GET
base_url/refusals?since=… who may not be written to: `{members | refusals: […], next}`, page by
page with `after`. POST base_url/erasures, where it is offered, erases a person for good: `{event:
"person.erased", destination, email}`, answered by an empty 2xx or `{found: true | false}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from orchestration.lib.destinations.contract import (
    Answer,
    Change,
    DestinationError,
    DestinationRow,
    Member,
    Refusal,
    UnknownOutcomeError,
    UnreadableError,
)
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.paging import by_cursor
from orchestration.lib.destinations.replies import Reply, told
from orchestration.lib.destinations.rows import secret_of
from orchestration.lib.destinations.signing import Signing
from orchestration.lib.destinations.webhook_answers import (
    answer_to,
    aware,
    member_of,
    refusal_of,
    text_of,
    told_of,
)

DUPLICATE = 409
# what is wrong with a batch, not with the address it is sent to
BATCH_REFUSED = (400, 413, 422)
NOT_OFFERED = (404, 405, 501)
# after so many refused alone, and none accepted, it is not the rows that are wrong
ENOUGH_REFUSED = 8


def connect(row: DestinationRow, environment: Mapping[str, str]) -> Webhook:
    """The webhook of a row; the secret signs."""
    return Webhook(row, secret=secret_of(row, environment))


class Webhook:
    """One webhook; each object of this class is one run to it."""

    def __init__(self, row: DestinationRow, *, secret: str) -> None:
        self.row = row
        self._http = Http(row, secret=secret, auth=Signing(secret), errors_are_json=False)
        self._run = uuid4().hex
        self._batches = 0

    def check(self, segment_id: str, fields: Sequence[str]) -> None:
        """Nothing: a webhook takes any field, and to ask it would be to send."""

    def send(self, segment_id: str, changes: Sequence[Change]) -> list[Answer]:
        """See the contract. A batch refused as a whole is halved until the rows at fault are found;
        where each of many is refused alone, the rest is left for another time."""
        waiting = [list(changes)]
        answers: list[Answer] = []
        while waiting:
            batch = waiting.pop()
            told_so_far = [one.state for one in answers]
            refused = told_so_far.count("rejected_permanent")
            if refused >= ENOUGH_REFUSED and "accepted" not in told_so_far:
                answers += [answer_to(one, "rejected_retryable", _ALL_REFUSED) for one in batch]
                continue
            try:
                reply = self._sent(segment_id, batch)
            except DestinationError as error:
                if not answers:
                    raise
                answers += [answer_to(one, "rejected_retryable", error.what) for one in batch]
                continue
            if reply.status not in BATCH_REFUSED:
                answers += self._answers(batch, reply)
            elif len(batch) == 1:
                answers.append(answer_to(batch[0], "rejected_permanent", told(reply)))
            else:
                middle = len(batch) // 2
                waiting += [batch[middle:], batch[:middle]]
        return answers

    def read(self, segment_id: str, emails: Sequence[str]) -> Mapping[str, Member]:
        """See the contract: out of all members, as a webhook is asked for no single one."""
        asked = {email.lower() for email in emails}
        members = self.members(segment_id)
        found = {key: one for one in members if (key := one.email.lower()) in asked}
        return {email: found[email.lower()] for email in emails if email.lower() in found}

    def members(self, segment_id: str) -> Iterator[Member]:
        """See the contract."""
        for value in self._pages("/members", "members", segment_id=segment_id):
            yield member_of(value)

    def refusals(self, since: datetime | None) -> Iterator[Refusal]:
        """See the contract; none where the webhook does not offer them."""
        asked = {} if since is None else {"since": aware(since).isoformat(timespec="seconds")}
        try:
            for value in self._pages("/refusals", "refusals", **asked):
                yield refusal_of(value)
        except UnreadableError:
            return

    def forget(self, address: str) -> bool:
        """See the contract; raises DestinationError where the webhook takes no erasures."""
        told = {"event": "person.erased", "destination": self.row.destination, "email": address}
        key = {"Idempotency-Key": sha256(f"person.erased\n{address}".encode()).hexdigest()}
        expected = (DUPLICATE, *NOT_OFFERED)
        reply = self._http.call("POST", "/erasures", payload=told, headers=key, expected=expected)
        if reply.status in NOT_OFFERED:
            raise DestinationError(
                "the webhook takes no erasures",
                f"POST /erasures of {self.row.destination}",
                "have the person erased there, or let it answer 204 and erase again",
            )
        return not (isinstance(reply.body, dict) and reply.body.get("found") is False)

    def _sent(self, segment_id: str, batch: Sequence[Change]) -> Reply:
        keys = "\n".join(sorted(one.idempotency_key for one in batch))
        self._batches += 1
        return self._http.call(
            "POST",
            "",
            payload={
                "destination": self.row.destination,
                "segment_id": segment_id,
                "changes": [
                    {
                        "id": one.person_id,
                        "operation": one.operation,
                        "email": one.email,
                        "fields": dict(one.fields),
                        "idempotency_key": one.idempotency_key,
                    }
                    for one in batch
                ],
            },
            headers={
                "Idempotency-Key": sha256(f"{segment_id}\n{keys}".encode()).hexdigest(),
                "X-Sync-Run": self._run,
                "X-Batch-Index": str(self._batches - 1),
            },
            expected=(DUPLICATE, *BATCH_REFUSED),
        )

    def _answers(self, batch: Sequence[Change], reply: Reply) -> list[Answer]:
        """One answer per change; raises UnknownOutcomeError for a body that is not documented."""
        if reply.status == DUPLICATE or reply.body is None:
            return [answer_to(one, "accepted") for one in batch]
        results = reply.body.get("results") if isinstance(reply.body, dict) else None
        if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
            raise UnknownOutcomeError(
                f"the answer is neither empty nor a list of results: {told(reply)}",
                f"POST to {self.row.destination}",
                "let the webhook answer 204, or {results: [{id, status, error}]}",
            )
        named = {str(one.get("id")): one for one in results}
        return [told_of(one, named.get(one.person_id)) for one in batch]

    def _pages(self, path: str, name: str, **asked: str) -> Iterator[Mapping[str, Any]]:
        """All items of a list; raises UnreadableError where the webhook has no such path."""

        def page_after(after: str) -> tuple[list[Mapping[str, Any]], str | None]:
            params = {**asked, "after": after} if after else asked
            reply = self._http.call("GET", path, params=params, expected=NOT_OFFERED)
            if reply.status in NOT_OFFERED:
                raise UnreadableError(
                    f"the webhook {self.row.destination} does not tell its {name}",
                    f"GET {path}",
                    f"answer there with {{{name}: […], next}} to have it read back",
                )
            body = reply.body if isinstance(reply.body, dict) else {}
            items = body.get(name)
            if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
                raise DestinationError(f"no page of {name}: {told(reply)}", f"GET {path}", _SHAPE)
            return items, text_of(body.get("next"))

        return by_cursor(page_after, "", place=f"GET {path}", remedy=_SHAPE)


_ALL_REFUSED = "every change is refused alone: look at what the webhook takes"
_SHAPE = "let the webhook answer {members or refusals: […], next}, next empty on the last page"
