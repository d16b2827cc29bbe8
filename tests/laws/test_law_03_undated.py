"""Law 3 of what has no moment of its own: a status is not told before what its row tells of."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.lib.building import build
from orchestration.lib.home import open_home, prepare_home
from orchestration.lib.landing import ingest
from orchestration.lib.settings import Settings

LEADS = """lead_id,status,created_at,converted_at,updated_at
later,Converted,2026-01-01T08:00:00Z,2026-06-10T08:00:00Z,
before,Converted,2026-01-01T08:00:00Z,2026-05-10T08:00:00Z,
dated,Working,2026-01-01T08:00:00Z,2026-06-10T08:00:00Z,2026-05-01T08:00:00Z
untold,Working,2026-01-01T08:00:00Z,,
"""
ORDERS = """order_id,status,total,refunded_amount,currency,ordered_at,shipped_at,delivered_at
later,refunded,90,90,EUR,2026-05-25T08:00:00Z,2026-05-28T08:00:00Z,2026-06-10T08:00:00Z
shipped_later,refunded,90,90,EUR,2026-05-25T08:00:00Z,2026-06-10T08:00:00Z,
before,refunded,90,90,EUR,2026-05-01T08:00:00Z,,2026-05-10T08:00:00Z
untold,cancelled,90,,EUR,2026-05-01T08:00:00Z,,
"""


def test_a_status_is_not_told_before_what_its_row_tells_of(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    prepare_home(settings)
    for table, text in (("leads", LEADS), ("orders", ORDERS)):
        folder = settings.landing / "files" / table
        folder.mkdir(parents=True)
        (folder / "1.csv").write_text(text)
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
    models = ("int_leads_unified", "int_orders_unified")
    as_of = datetime(2026, 6, 1, tzinfo=UTC)
    build(
        settings, as_of=as_of, select=[f"+{model}" for model in models], data_tests=False
    ).raise_for_failures()
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        warehouse.execute("use unified")
        leads = warehouse.execute("select lead_id, status from int_leads_unified").fetchall()
        orders = warehouse.execute(
            "select order_id, status, cast(refunded_amount as bigint) from int_orders_unified"
        ).fetchall()
    assert dict(leads) == {
        "later": None,
        "before": "Converted",
        "dated": "Working",
        "untold": "Working",
    }
    assert sorted(orders) == [
        ("before", "refunded", 90),
        ("later", None, None),
        ("shipped_later", None, None),
        ("untold", "cancelled", None),
    ]
