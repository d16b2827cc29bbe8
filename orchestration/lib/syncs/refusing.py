"""Who refused in a tool since it was last asked: kept, dropped from plans, landed as raw data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.lib.destinations.contract import Destination, Refusal, TellingByAddress
from orchestration.lib.erasing.tombstones import tombstones
from orchestration.lib.failpoints import failpoint
from orchestration.lib.segments.outbox import write_whole
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.ledger import utc_now
from orchestration.lib.syncs.published import REFUSED_SINCE
from orchestration.lib.syncs.purposes import purposes_by_type
from orchestration.lib.transaction import transaction

# address, status, moment and purpose, None for every one
Told = tuple[str, str, datetime, str | None]
LANDED_IN = ("files", "consents")
# a tool may tell of a refusal after later ones; what is told twice is kept once
TOLD_LATE = timedelta(days=3)
SETTLED = timedelta(minutes=1)
# the words of the input contract: status and reason, as the eligibility rules read them
STATEMENTS = {
    "unsubscribed": ("unsubscribed", None),
    "complained": ("suppressed", "complained"),
    "bounced_hard": ("cleaned", "bounced_hard"),
    "suppressed": ("suppressed", None),
}
# whom a plan is about to tell of a message; of tasks and suppression lists nobody is asked for
PLANNED = """
    select distinct lower(trim(email))
    from sync_changes
    anti join silent_channels using (purpose, channel)
    where plan_id = $plan_id and operation <> 'remove' and state in ('planned', 'sent')
    order by 1
"""
DROP = f"""
    update sync_changes set state = 'dropped', reason = 'refused', answered_at = $now
    where
        plan_id = $plan_id and state = 'planned' and operation <> 'remove' and {REFUSED_SINCE}
"""


def read_refusals(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    destination: Destination,
    *,
    about: Iterable[str] = (),
) -> int:
    """Ask a destination who refused since last time; returns how many were not known yet.

    Where it tells some refusals by address alone, it is asked for the addresses of `about`, whether
    or not it was ever told of them. A refused type of mail that no row explains is a refusal of
    all.

    What is new is kept in the ledger and then landed as consents, one whole file per reading. The
    moment asked for is the latest the tool itself has told, less some days for what it tells late:
    a clock of ours matters only where the tool told of a time to come. Of who was erased nothing
    is kept.
    """
    name = destination.row.destination
    latest = connection.execute(
        "select max(least(happened_at, read_at)) from refusals where destination = ?", [name]
    ).fetchone()[0]
    known = {
        tuple(row)
        for row in connection.execute(
            "select email, status, happened_at, purpose from refusals where destination = ?", [name]
        ).fetchall()
    }
    since = latest.replace(tzinfo=UTC) - TOLD_LATE if latest else None
    told: dict[Told, Refusal] = {}
    erased = tombstones(settings)
    purposes = purposes_by_type(settings, name)
    for refusal in _refusals(destination, since, about):
        if erased and erased.has_address(refusal.email):
            continue
        email, moment = refusal.email.strip().lower(), _utc(refusal.happened_at)
        for purpose in purposes.get(refusal.subscription_type, (None,)):
            key = (email, refusal.status, moment, purpose)
            if key not in known:
                told.setdefault(key, refusal)
    if told:
        _keep(connection, name, told)
    land_refusals(connection, settings)
    return len(told)


def planned_addresses(connection: duckdb.DuckDBPyConnection, plan_id: str) -> list[str]:
    """Whom a plan is yet to tell of a message, in any tool."""
    return [email for (email,) in connection.execute(PLANNED, {"plan_id": plan_id}).fetchall()]


def drop_refused(connection: duckdb.DuckDBPyConnection, plan_id: str) -> int:
    """Drop from a plan whoever refused, by any address of the person; returns how many."""
    arguments = {"plan_id": plan_id, "now": utc_now()}
    return connection.execute(DROP, arguments).fetchone()[0]


def land_refusals(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Path]:
    """Write refusals that are not landed yet; a file that a crash left unsaid is written again,
    with the same name and content."""
    waiting = connection.execute(
        "select distinct file from refusals where not is_landed order by 1"
    ).fetchall()
    paths = []
    for (file,) in waiting:
        rows = connection.execute(
            "select destination, email, status, reason, happened_at, purpose from refusals "
            "where file = ? order by happened_at, email, status, purpose",
            [file],
        ).fetchall()
        path = settings.landing / file
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, "".join(_line(*row) for row in rows).encode())
        # it is whole: no run has to wait and see whether somebody is still writing it
        written_at = path.stat().st_mtime - SETTLED.total_seconds()
        os.utime(path, (written_at, written_at))
        failpoint("sync.refusals_landed")
        connection.execute("update refusals set is_landed = true where file = ?", [file])
        paths.append(path)
    return paths


def _refusals(
    destination: Destination, since: datetime | None, about: Iterable[str]
) -> Iterator[Refusal]:
    """What the destination tells of its own accord, and what it tells by address."""
    yield from destination.refusals(since)
    if isinstance(destination, TellingByAddress):
        yield from destination.refusals_among(list(about))


def _keep(
    connection: duckdb.DuckDBPyConnection,
    destination: str,
    told: dict[Told, Refusal],
) -> None:
    """Write new refusals into the ledger, all or none."""
    number = connection.execute("select count(distinct file) + 1 from refusals").fetchone()[0]
    file = "/".join((*LANDED_IN, f"refusals_{number:06d}.jsonl"))
    now = utc_now()
    with transaction(connection):
        for (email, status, happened_at, purpose), refusal in told.items():
            connection.execute(
                "insert into refusals values (?, ?, ?, ?, ?, ?, ?, false, ?)",
                [destination, email, status, refusal.reason, happened_at, now, file, purpose],
            )
    failpoint("sync.refusals_kept")


def _line(
    destination: str,
    email: str,
    status: str,
    reason: str | None,
    happened_at: datetime,
    purpose: str | None,
) -> str:
    """One consent statement, for one purpose of mail or, without one, for all."""
    stated, because = STATEMENTS[status]
    reasons = [part for part in (because, reason) if part]
    statement = {
        "email": email,
        "purpose": purpose,
        "channel": "email",
        "status": stated,
        "reason": ": ".join(reasons) or None,
        "source": destination,
        "changed_at": f"{happened_at.isoformat()}Z",
    }
    return json.dumps(statement, ensure_ascii=False) + "\n"


def _utc(moment: datetime) -> datetime:
    """A moment in UTC without saying so; one without a zone is taken to be UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
