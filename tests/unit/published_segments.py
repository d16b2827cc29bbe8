"""A published file with one segment, small enough to be read in a test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

MEMBER = {
    "destination": "email_tool",
    "segment_id": "welcome",
    "person_id": "p1",
    "email": "ana@acme-demo.com",
    "first_name": "Ana",
    "last_name": "Diaz",
    "account_name": "Acme",
    "stage": "awareness",
    "payload": "{}",
    "purpose": "marketing",
    "channel": "email",
    "entered_at": "2026-06-30 08:00:00",
}


def member(**changed: Any) -> dict[str, Any]:
    """One row of sync_segment_members; person and address follow from `person_id`."""
    row = MEMBER | changed
    if "person_id" in changed and "email" not in changed:
        row["email"] = f"{changed['person_id']}@acme-demo.com"
    return row


def published_with(
    path: Path, members: Iterable[dict[str, Any]], *, refused: Iterable[str] = ()
) -> Path:
    """Write the file: everybody in `members` may be contacted but the persons in `refused`."""
    rows = list(members)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema activation; create schema observability")
        columns = ", ".join(
            f"{name} {'timestamp' if name == 'entered_at' else 'varchar'}" for name in MEMBER
        )
        connection.execute(f"create table activation.sync_segment_members ({columns})")
        marks = ", ".join("?" for _ in MEMBER)
        for row in rows:
            connection.execute(
                f"insert into activation.sync_segment_members values ({marks})", list(row.values())
            )
        connection.execute(
            """
            create table activation.fct_send_eligibility as
            select distinct person_id, purpose, channel, person_id not in (
                select unnest(?::varchar[])
            ) as is_eligible
            from activation.sync_segment_members
            """,
            [list(refused)],
        )
        connection.execute(
            """
            create table activation.rpt_segment_waterfall as
            select 'email_tool' as destination, 'empty' as segment_id
            union select destination, segment_id from activation.sync_segment_members
            """
        )
        connection.execute(
            "create table observability.publication as select timestamp '2026-07-01' as as_of"
        )
    return path
