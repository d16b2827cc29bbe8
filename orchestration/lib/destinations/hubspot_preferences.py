"""Which mail people refused in HubSpot, asked by address: one type, all of a brand, or all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from orchestration.lib.destinations.chunks import chunks
from orchestration.lib.destinations.contract import DestinationError, Refusal
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.hubspot_answers import PASSING
from orchestration.lib.destinations.hubspot_calls import BATCH, STATUSES

CHANNEL = {"channel": "EMAIL"}
# without it the wide statuses of one address are always an empty list
VERBOSE = {"verbose": "true"}
TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, of a batch and of one address; `statuses` is its list in a batch's answer.

    Where it `names_everybody`, an address that is neither answered nor refused is unknown.
    """

    of_many: str
    of_one: str
    statuses: str
    names_everybody: bool


TYPES = Question(of_many="/batch/read", of_one="", statuses="statuses", names_everybody=True)
WIDE = Question(
    of_many="/batch/unsubscribe-all/read",
    of_one="/unsubscribe-all",
    statuses="wideStatuses",
    names_everybody=False,
)


def refusals_among(http: Http, emails: Sequence[str]) -> Iterator[Refusal]:
    """Who of these unsubscribed from a subscription type, a brand or everything, each for itself.

    Batches want a right that HubSpot gives to its largest plan alone; without it each address
    takes two calls.
    """
    for part in chunks(emails, BATCH):
        for question in (TYPES, WIDE):
            for email, told in _told(http, question, part):
                if told["status"] == "UNSUBSCRIBED":
                    yield _refusal(email, told)


def _told(
    http: Http, question: Question, emails: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and status of at most one batch; what may pass is asked again, then raises."""
    left = list(emails)
    for _ in range(TRIES):
        path, payload = f"{STATUSES}{question.of_many}", {"inputs": left}
        reply = http.call(
            "POST", path, params=CHANNEL, payload=payload, expected=(403,), only_asks=True
        )
        if reply.status == 403:
            yield from _told_singly(http, question, left)
            return
        for one in reply.body["results"]:
            yield from ((one["subscriberIdString"], told) for told in one[question.statuses])
        errors = reply.body.get("errors") or ()
        answered = {one["subscriberIdString"].lower() for one in reply.body["results"]}
        left = [email for email in left if email.lower() not in answered]
        may_pass = any(error.get("category") in PASSING for error in errors)
        is_open = may_pass or (question.names_everybody and not errors)
        if not left or not is_open:
            return
    raise DestinationError(
        f"HubSpot does not tell which mail {len(left)} people refused",
        f"destination {http.row.destination}",
        "run again later: nothing was sent",
    )


def _told_singly(
    http: Http, question: Question, emails: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same by one call per address; what HubSpot takes for no address (400) refused nothing."""
    for email in emails:
        path = f"{STATUSES}/{quote(email, safe='')}{question.of_one}"
        reply = http.call("GET", path, params=CHANNEL | VERBOSE, expected=(400,))
        if reply.status != 400:
            yield from ((email, told) for told in reply.body["results"])


def _refusal(email: str, told: dict[str, Any]) -> Refusal:
    """One status as a refusal: of its type, of its brand where it is as wide, else of all mail."""
    if "subscriptionId" in told:
        kind = str(told["subscriptionId"])
        reason = f"subscription type {kind}"
    elif told["wideStatusType"] == "BUSINESS_UNIT_WIDE":
        kind = reason = f"brand {told['businessUnitId']}"
    else:
        kind, reason = None, "all mail"
    return Refusal(
        email=email,
        status="unsubscribed",
        happened_at=datetime.fromisoformat(told["timestamp"]),
        reason=reason,
        subscription_type=kind,
    )
