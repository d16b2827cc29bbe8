"""Gives the models the ledger of syncs as input: its plans, and what destinations acknowledged."""

from __future__ import annotations

import duckdb

from orchestration.lib.access.marks import bring_marks
from orchestration.lib.access.told import ADDRESS_COLUMN, PERSON_COLUMN, about_marked
from orchestration.lib.erasing.tombstones import tombstones
from orchestration.lib.home import open_warehouse
from orchestration.lib.landing.tables import OPS_TABLES
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value
from orchestration.lib.syncs.ledger import ledger_file
from orchestration.lib.transaction import transaction

PLANS, HELD = "sync_plans", "sync_acknowledged"
# what a plan stopped at: its error, else what the guards that stop say of it
BRING_PLANS = f"""
    insert into raw_ops.{PLANS} by name
    select
        plans.* exclude (plan_number, basis, who, error, findings, overridden, unchanged),
        overridden as overridden_guards,
        coalesce(error, nullif(array_to_string(list_transform(
            list_filter(findings::json[], lambda one: one ->> '$.severity' = 'stop'),
            lambda one: one ->> '$.text'
        ), '; '), '')) as stop_reason,
        count(*) filter (state = 'accepted' and operation = 'add') as added,
        count(*) filter (state = 'accepted' and operation = 'update') as updated,
        count(*) filter (state = 'accepted' and operation = 'remove') as removed,
        count(*) filter (starts_with(state, 'rejected')) as rejected,
        count(*) filter (state = 'dropped') as dropped
    from ledger.sync_plans as plans
    left join ledger.sync_changes as changes on plans.plan_id = changes.plan_id
    group by all
"""
# fields as the model lists those it wants; null where nobody knows what the destination holds
BRING_HELD = f"""
    insert into raw_ops.{HELD} by name
    select
        destination, segment_id, email, person_id, plan_id, acknowledged_at,
        if(payload is null, null, to_json(list_sort(list_transform(
            list_filter(
                map_entries(payload::json::map(varchar, varchar)),
                lambda field: field.value is not null
            ),
            lambda field: field.key || '=' || field.value
        )))::varchar) as told
    from ledger.acknowledged
"""


def bring_syncs(settings: Settings, place: Settings) -> None:
    """Make `raw_ops.sync_plans` and `raw_ops.sync_acknowledged` of a `place` what the ledger says.

    Both are empty where nothing was ever synced. Who was erased is left out, also while a
    destination still holds them. The caller holds the home's lock.
    """
    with open_warehouse(place) as connection:
        if ledger_file(settings).exists():
            connection.execute(f"attach {value(ledger_file(settings))} as ledger")
        with transaction(connection):
            connection.execute("create schema if not exists raw_ops")
            for table in (PLANS, HELD):
                connection.execute(f"create or replace table raw_ops.{table} ({OPS_TABLES[table]})")
            if ledger_file(settings).exists():
                connection.execute(BRING_PLANS)
                connection.execute(BRING_HELD)
            _leave_out_erased(connection, settings)


def _leave_out_erased(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    marks = tombstones(settings)
    if marks:
        bring_marks(connection, marks)
        about = about_marked(f"raw_ops.{HELD}", [PERSON_COLUMN, ADDRESS_COLUMN], marks)
        connection.execute(f"delete from raw_ops.{HELD} where {about}")
