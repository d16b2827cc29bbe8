"""Salesforce's paths and its session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from orchestration.lib.destinations.contract import DestinationError, DestinationRow
from orchestration.lib.destinations.http import Http
from orchestration.lib.destinations.paging import by_cursor
from orchestration.lib.destinations.replies import Reply
from orchestration.lib.destinations.salesforce_limits import judged

# the version of all paths; the fake and the tests read it from here
VERSION = "v62.0"
API = f"/services/data/{VERSION}"
COLLECTIONS = f"{API}/composite/sobjects"
TOKEN = "/services/oauth2/token"
BATCH = 200
RECORD_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")


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

        def page_at(path: str) -> tuple[list[dict[str, Any]], str | None]:
            page = self.call("GET", path).body
            return page["records"], None if page["done"] else page["nextRecordsUrl"]

        first = f"{API}/query?{urlencode({'q': question})}"
        return by_cursor(page_at, first, place=f"GET {API}/query")

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
