"""The raw tables, and the ledgers that say what happened to every file and row."""

from __future__ import annotations

import duckdb

from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.sql_text import name

# What ingest adds to the text columns. The two hashes find repeated rows without reading all texts.
TECHNICAL_COLUMNS = {
    "_row_id": "varchar",
    "_batch_id": "varchar",
    "_loaded_at": "timestamp",
    "_source_file": "varchar",
    "_source_row": "bigint",
    "_key_hash": "uuid",
    "_content_hash": "uuid",
}

# Names of the temporary tables' own columns, which no column of a file may take either.
STAGING_COLUMNS = ("rowid", "_record_no", "_row_no", "_version_at", "_fault", "_told")

OPS_TABLES = {
    "load_ledger": """
        batch_id varchar, system varchar, table_name varchar, source_file varchar,
        file_hash varchar, file_bytes bigint, file_modified_at timestamp,
        status varchar, reason varchar,
        rows_in bigint, rows_loaded bigint, rows_duplicate bigint,
        rows_quarantined bigint, rows_erased bigint,
        unknown_columns varchar, missing_columns varchar,
        loaded_at timestamp, seconds double""",
    "quarantine": """
        quarantine_id varchar, batch_id varchar, system varchar, table_name varchar,
        source_file varchar, source_row bigint, column_name varchar, reason varchar,
        raw_text varchar, quarantined_at timestamp""",
    "quarantined_addresses": """
        email varchar, system varchar, table_name varchar, batch_id varchar, source_row bigint""",
    "revoked_batches": """
        batch_id varchar, system varchar, table_name varchar, source_file varchar,
        file_hash varchar, old_status varchar, rows_loaded bigint,
        status varchar, reason varchar, revoked_at timestamp""",
    "pruned_rows": """
        batch_id varchar, system varchar, table_name varchar, rule_id varchar,
        moment varchar, written_before timestamp, rows_pruned bigint, pruned_at timestamp""",
    "erasures": """
        erasure_id varchar, carried_out_at timestamp""",
    "asked_again": """
        kind varchar, key varchar, asked_at timestamp, reason varchar""",
    "uncastable_values": """
        batch_id varchar, system varchar, table_name varchar, column_name varchar,
        declared_type varchar, value_count bigint, example varchar""",
    "batch_checks": """
        batch_id varchar, system varchar, table_name varchar, expectation varchar,
        column_name varchar, severity varchar, success boolean, observed varchar,
        because varchar, remedy varchar, arguments varchar, result varchar""",
    "rule_effects": """
        run_id varchar, rule_table varchar, rule_id varchar, mart varchar,
        kind varchar, change varchar, published_at timestamp, as_of timestamp,
        previous_run_id varchar, previous_as_of timestamp, changed_besides varchar,
        rules_in_common bigint, rows_before bigint, rows_after bigint,
        rows_added bigint, rows_removed bigint, rows_changed bigint,
        account_count bigint, person_count bigint,
        amount_column varchar, amount_risen varchar, amount_fallen varchar""",
    "sync_plans": """
        plan_id varchar, destination varchar, segment_id varchar, run_id varchar,
        undoes varchar, status varchar, stop_reason varchar, overridden_guards varchar,
        override_reason varchar, is_resync boolean, members bigint, acknowledged bigint,
        additions bigint, updates bigint, removals bigint, withheld bigint, quarantined bigint,
        added bigint, updated bigint, removed bigint, rejected bigint, dropped bigint,
        as_of timestamp, created_at timestamp, ended_at timestamp""",
    "sync_acknowledged": """
        destination varchar, segment_id varchar, email varchar, person_id varchar,
        told varchar, plan_id varchar, acknowledged_at timestamp""",
    "person_map": """
        identifier_id varchar, person_id varchar""",
    "person_changes": """
        old_person_id varchar, new_person_id varchar, changed_at timestamp, reason varchar""",
    "segment_entries": """
        segment_id varchar, person_id varchar, entered_at timestamp, left_at timestamp,
        is_held_out boolean""",
}


def ensure_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every declared raw table, declared columns it lacks, and the ledgers; keeps data."""
    connection.execute("create schema if not exists raw_ops")
    existing = _existing_columns(connection)
    for table, columns in OPS_TABLES.items():
        connection.execute(f"create table if not exists raw_ops.{table} ({columns})")
        for column in columns.split(","):
            if column.split()[0] not in existing.get(("raw_ops", table), {column.split()[0]}):
                connection.execute(f"alter table raw_ops.{table} add column {column}")
    for spec in declared_tables():
        _ensure_table(connection, spec, existing.get((spec.schema, spec.table)))


def raw_table(spec: TableSpec) -> str:
    """The quoted, schema-qualified name of a raw table."""
    return f"{name(spec.schema)}.{name(spec.table)}"


def add_columns(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, columns: list[str]
) -> list[str]:
    """Add text columns the raw table does not have yet; returns those added."""
    known = {
        row[0].lower()
        for row in connection.execute(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
            " and database_name = current_database()",
            [spec.schema, spec.table],
        ).fetchall()
    }
    added = [column for column in columns if column.lower() not in known]
    for column in added:
        connection.execute(f"alter table {raw_table(spec)} add column {name(column)} varchar")
    return added


def _existing_columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], set[str]]:
    """Lower-case column names of each raw table, by (schema, table)."""
    rows = connection.execute(
        "select schema_name, table_name, list(lower(column_name)) from duckdb_columns()"
        " where schema_name like 'raw\\_%' escape '\\' and database_name = current_database()"
        " group by all"
    ).fetchall()
    return {(schema, table): set(columns) for schema, table, columns in rows}


def _ensure_table(
    connection: duckdb.DuckDBPyConnection, spec: TableSpec, existing: set[str] | None
) -> None:
    """Create one raw table, or add the columns that were declared since."""
    if existing is None:
        texts = [f"{name(column)} varchar" for column in spec.column_names]
        technical = [f"{column} {kind}" for column, kind in TECHNICAL_COLUMNS.items()]
        connection.execute(f"create schema if not exists {name(spec.schema)}")
        connection.execute(f"create table {raw_table(spec)} ({', '.join(texts + technical)})")
    elif {column.lower() for column in spec.column_names} - existing:
        add_columns(connection, spec, list(spec.column_names))
