"""A handful of people as files tell of them, and what an erasure must leave of each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.erasing.erase import begin_erasure
from orchestration.lib.erasing.finishing import finish_erasures
from tests.fixtures.landing.homes import UNBALANCED, LandingHome

FILES = {
    "contacts": """contact_id,email,first_name,phone,updated_at
con_mia,Mia@Acme.com,Mia,+49 30 901820,2026-01-01T00:00:00Z
con_tom,tom@acme.com,Tom,+49 30 901821,2026-01-01T00:00:00Z
con_mia,mia@acme.com,Mia Maria,,2026-02-01T00:00:00Z
""",
    "consents": """email,status,changed_at
mia+shop@acme.com,subscribed,2026-01-01T00:00:00Z
tom@acme.com,subscribed,2026-01-01T00:00:00Z
MIA@acme.com,unsubscribed,2026-01-02T00:00:00Z
""",
    "orders": """order_id,contact_id,email,discount_code,total,ordered_at
ord_1,,mia@acme.com,FOR-MIA,10,2026-01-01T00:00:00Z
ord_2,con_tom,tom@acme.com,,20,2026-01-01T00:00:00Z
ord_3,,,,30,2026-01-01T00:00:00Z
""",
    "referrals": """referral_id,referrer_email,referred_email,code,occurred_at
ref_1,mia@acme.com,tom@acme.com,BRING-1,2026-01-01T00:00:00Z
ref_2,tom@acme.com,mia@acme.com,BRING-2,2026-01-01T00:00:00Z
""",
    "activities": """activity_id,activity_type,subject,contact_id,occurred_at
act_1,call,about mia@acme.com,con_tom,2026-01-01T00:00:00Z
act_2,call,about tom,con_tom,2026-01-01T00:00:00Z
""",
    "web_events": """event_id,event_name,email,page_url,occurred_at
evt_1,page_view,mia@acme.com,https://x.de/,2026-01-01T00:00:00Z
evt_2,page_view,tom@acme.com,https://x.de/?for=mia%40acme.com,2026-01-01T00:00:00Z
evt_3,page_view,mia@acme.com,https://x.de/,
evt_4,page_view,,https://x.de/,2026-01-01T00:00:00Z,too,many,"mia@acme.com"
""",
}
ADDRESS = re.compile(r"mia(\+\w+)?(@|%40)acme\.com", re.IGNORECASE)


def land_all(home: LandingHome) -> None:
    """Land every file under one name."""
    for table, text in FILES.items():
        home.put(f"files/{table}/a.csv", text)
    home.ingest()


def erased(home: LandingHome, name: str) -> str:
    """Erase somebody from raw data and files of an open home; the erasure's id."""
    erasure = begin_erasure(home.connection, home.settings, name, reason="request 17")
    finish_erasures(home.connection, home.settings)
    assert home.rows(f"from raw_ops.load_ledger where {UNBALANCED}") == []
    return erasure


def column(home: LandingHome, table: str, name: str) -> list[Any]:
    """Values of a raw column, in order, nulls last."""
    return [one for (one,) in home.rows(f"select {name} from raw_files.{table} order by all")]


def tables_with(connection: duckdb.DuckDBPyConnection, pattern: str) -> list[str]:
    """Tables of the open database of which any row, as text, matches."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = current_database() and not temporary order by all"
    ).fetchall()
    return [
        f"{schema}.{table}"
        for schema, table in tables
        if connection.execute(
            f'select 1 from "{schema}"."{table}" as told'
            " where regexp_matches(cast(told as varchar), ?, 'i') limit 1",
            [pattern],
        ).fetchall()
    ]


def files_with(folder: Path, pattern: str) -> list[str]:
    """Files below a folder, but those that landed, that hold a text as it is."""
    wanted = re.compile(pattern.encode(), re.IGNORECASE)
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file()
        and path.relative_to(folder).parts[0] not in ("landing", "truth")
        and wanted.search(path.read_bytes())
    )
