"""ActiveCampaign's import of many contacts in one call, which is worked off after its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from orchestration.lib.destinations.activecampaign_calls import reason_of
from orchestration.lib.destinations.answers import Answers, answer
from orchestration.lib.destinations.chunks import chunks
from orchestration.lib.destinations.contract import Change, DestinationError, UnknownOutcomeError
from orchestration.lib.destinations.doubt import READ_BACK
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.scrubbing import scrubbed

MOST = 250
# fewer are told as quickly one by one as by an import that is waited for
LEAST = 10
OWN_FIELDS = {"firstName": "first_name", "lastName": "last_name", "phone": "phone"}
WORKED_OFF = "completed"
FIRST_LOOK_SECONDS = 0.5
LONGEST_LOOK_SECONDS = 15.0


@dataclass(frozen=True, kw_only=True)
class _Imported:
    """What became of an import, by lower-case address; who is in neither was not told of."""

    taken: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()
    # refused before anything was queued, with the reason
    refused: Mapping[str, str] = field(default_factory=dict)


def is_importable(change: Change) -> bool:
    """Whether an import can make it true: what an import does with an empty value is not said."""
    return change.operation != "remove" and all(change.fields.values())


def import_many(
    http: Http, api: str, changes: Sequence[Change], *, tag: str, fields: Mapping[str, str]
) -> Answers:
    """Import people with a tag; answers of those whom an import took, or refused by name.

    Nobody else is answered: who failed in an import, or is not told of by it, may be told alone,
    and is then told why. `fields` are the ids of the account's own fields by name. No list is ever
    named, as one may bring back who left it, and no automation starts. Raises UnknownOutcomeError
    where an import is not worked off in the time of the row, DestinationError where the first one
    is refused and nobody named.
    """
    answers: Answers = {}
    waiting = list(chunks(changes, MOST))
    while waiting:
        part = waiting.pop(0)
        try:
            done = _imported(http, api, [_contact(change, tag, fields) for change in part])
        except DestinationError:
            if not answers:
                raise
            return answers
        for change in part:
            person, address = change.person_id, change.email.strip().lower()
            if address in done.refused:
                reason = scrubbed(done.refused[address])
                answers[person] = answer(person, "rejected_permanent", reason)
            elif address in done.taken - done.failed:
                answers[person] = answer(person, "accepted")
        again = [change for change in part if change.person_id not in answers]
        if done.refused and again and len(again) < len(part):
            # nothing of it was queued: those that nobody objects to come again
            waiting.insert(0, again)
    return answers


def _imported(http: Http, api: str, contacts: Sequence[Mapping[str, Any]]) -> _Imported:
    """Import at most `MOST` contacts and wait until it is worked off."""
    path = f"{api}/import/bulk_import"
    reply = http.call("POST", path, payload={"contacts": contacts}, expected=(400, 413, 422))
    if reply.status < 300 and int(reply.body.get("Success", reply.body.get("success", 0))):
        return _worked_off(http, api, str(reply.body["batchId"]))
    if reasons := _reasons(reply.body):
        return _Imported(refused=reasons)
    raise DestinationError(
        f"the import was refused: {reason_of(reply)}",
        f"POST {path} of {http.row.destination}",
        "look at the rows of the batch; it is sent in halves",
    )


def _contact(change: Change, tag: str, fields: Mapping[str, str]) -> dict[str, Any]:
    own = {OWN_FIELDS[name]: text for name, text in change.fields.items() if name in OWN_FIELDS}
    values = [
        {"id": fields[name], "value": text}
        for name, text in change.fields.items()
        if name not in OWN_FIELDS
    ]
    about = {"email": change.email, **own, "tags": [tag], "exclude_automations": True}
    return about | ({"fields": values} if values else {})


def _worked_off(http: Http, api: str, batch: str) -> _Imported:
    """What an import came to; looked at less and less often until the row's time is over."""
    ends_at = monotonic() + http.row.timeout_seconds
    pause = FIRST_LOOK_SECONDS
    while True:
        try:
            told = http.call("GET", f"{api}/import/info", params={"batchId": batch}).body
        except DestinationError as error:
            raise UnknownOutcomeError(error.what, error.where, READ_BACK) from error
        if told["status"] == WORKED_OFF:
            return _Imported(taken=_addresses(told["success"]), failed=_addresses(told["failure"]))
        if monotonic() + pause > ends_at:
            raise UnknownOutcomeError(
                f"the import is not worked off after {http.row.timeout_seconds:g} seconds",
                f"import {batch} of {http.row.destination}",
                READ_BACK,
            )
        sleep(pause)
        pause = min(pause * 2, LONGEST_LOOK_SECONDS)


def _addresses(told: Sequence[Any]) -> frozenset[str]:
    """Addresses that are told as text, or as a contact with one."""
    texts = (one.get("email", "") if isinstance(one, dict) else one for one in told or ())
    return frozenset(str(text).strip().lower() for text in texts)


def _reasons(body: Any) -> dict[str, str]:
    """Why contacts were refused, by address; nothing where nobody is named."""
    told = body.get("failureReasons") if isinstance(body, dict) else None
    found = {}
    for one in told or ():
        (address,) = _addresses([one["contact"]])
        if address:
            found[address] = str(one.get("failureReason") or "refused")
    return found
