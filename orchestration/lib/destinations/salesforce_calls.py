"""Salesforce's paths, its session, its limits, and questions in its query language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from orchestration.lib.destinations.contract import DestinationError, DestinationRow, Refusal
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.replies import Reply, Verdict, usual_verdict

# the version of all paths; the fake and the tests read it from here
VERSION = "v62.0"
API = f"/services/data/{VERSION}"
COLLECTIONS = f"{API}/composite/sobjects"
TOKEN = "/services/oauth2/token"
BATCH = 200
# the whole address of a question may have 16,384 characters
LONGEST_VALUES = 8_000
PEOPLE = ("Contact", "Lead")
RECORD_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
OPTED_OUT, BOUNCED_AT, BOUNCED_WHY = "HasOptedOutOfEmail", "EmailBouncedDate", "EmailBouncedReason"
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}


class Session:
    """Calls with a token of the client credentials flow; got once, and again when it expired.

    The secret is `<client id>:<client secret>` of the connected app.
    """

    def __init__(self, row: DestinationRow, *, secret: str) -> None:
        self.row = row
        self._client_id, _, self._client_secret = secret.partition(":")
        self._bearer: Mapping[str, str] = {}
        self._door = Http(row, secret=self._client_secret)
        self._http = Http(
            row,
            secret=self._client_secret,
            judge=lambda reply: judged(reply, destination=row.destination),
            renew=self._renew,
        )

    def call(self, method: str, path: str, **how: Any) -> Reply:
        """As `Http.call`, with the token."""
        bearer = self._bearer or self._renew()
        return self._http.call(method, path, headers=bearer, **how)

    def ask(self, question: str) -> Iterator[dict[str, Any]]:
        """The records of a SOQL question, page by page."""
        path = f"{API}/query?{urlencode({'q': question})}"
        while path:
            page = self.call("GET", path).body
            yield from page["records"]
            path = "" if page["done"] else page["nextRecordsUrl"]

    def _renew(self) -> Mapping[str, str]:
        """A new token; raises DestinationError where the app is refused or lives elsewhere."""
        asked = {
            "grant_type": "client_credentials",
            "client_id": self._client_id,
            "client_secret": self._client_secret,
        }
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        content = urlencode(asked).encode()
        told = self._door.call("POST", TOKEN, content=content, headers=form, only_asks=True).body
        base = self.row.base_url or ""
        if urlsplit(told["instance_url"]).netloc != urlsplit(base).netloc:
            raise DestinationError(
                f"the org lives at {told['instance_url']}, not at {base}",
                f"destination {self.row.destination}",
                "correct base_url in destinations.csv",
            )
        self._bearer = {"Authorization": f"Bearer {told['access_token']}"}
        return self._bearer


def judged(reply: Reply, *, destination: str) -> Verdict:
    """Whether an answer tells something; raises DestinationError where the day's calls are gone."""
    body = reply.body[0] if isinstance(reply.body, list) and reply.body else {}
    code = body.get("errorCode") if isinstance(body, dict) else None
    if code == "REQUEST_LIMIT_EXCEEDED":
        usage = reply.headers.get("sforce-limit-info", "no usage told")
        raise DestinationError(
            f"the calls that the org may make in 24 hours are used up ({usage})",
            f"destination {destination}",
            "run again when calls of a day ago no longer count, or raise the limit",
        )
    return "busy" if code == "SERVER_UNAVAILABLE" else usual_verdict(reply)


def literal(text: str) -> str:
    """`text` as a value of a question; control characters that SOQL cannot hold are left out."""
    kept = (_ESCAPES.get(one, one) for one in text if one.isprintable() or one in _ESCAPES)
    return f"'{''.join(kept)}'"


def ending(text: str) -> str:
    """A pattern of whatever ends with `text`, which stands for itself."""
    plain = literal(text)[1:-1].replace("_", "\\_").replace("%", "\\%")
    return f"'%{plain}'"


def among(field: str, values: Iterable[str]) -> Iterator[str]:
    """Conditions that together say that a field has one of `values`, each short enough to ask."""
    part: list[str] = []
    size = 0
    for one in dict.fromkeys(values):
        length = len(quote(literal(one))) + 3
        if part and size + length > LONGEST_VALUES:
            yield f"{field} IN ({', '.join(part)})"
            part, size = [], 0
        part.append(literal(one))
        size += length
    if part:
        yield f"{field} IN ({', '.join(part)})"


def refusals_of(session: Session, since: datetime | None) -> Iterator[Refusal]:
    """Contacts and leads that opted out of mail, or whose address bounced, changed since.

    An opt-out has no date of its own: the record's last change is told, which is at most as old.
    """
    fields = ("Email", OPTED_OUT, BOUNCED_AT, BOUNCED_WHY, "SystemModstamp")
    for kind in PEOPLE:
        question = (
            f"SELECT Id, {', '.join(fields)} FROM {kind} WHERE Email != null"
            f" AND ({OPTED_OUT} = true OR {BOUNCED_AT} != null)"
        )
        if since:
            moment = since.replace(tzinfo=since.tzinfo or UTC).astimezone(UTC)
            question += f" AND SystemModstamp >= {moment:%Y-%m-%dT%H:%M:%SZ}"
        for record in session.ask(f"{question} ORDER BY Id"):
            has_left = record[OPTED_OUT]
            moment = record["SystemModstamp"] if has_left else record[BOUNCED_AT]
            yield Refusal(
                email=record["Email"],
                status="unsubscribed" if has_left else "bounced_hard",
                happened_at=datetime.fromisoformat(moment),
                reason=OPTED_OUT if has_left else record[BOUNCED_WHY],
            )


def selected(fields: Sequence[str], kind: str, condition: str, *, order: str = "Id") -> str:
    """A SOQL question; every name is the tool's, checked before it gets here."""
    names = ", ".join(dict.fromkeys(fields))
    return f"SELECT {names} FROM {kind} WHERE {condition} ORDER BY {order}"
