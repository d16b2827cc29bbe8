"""A home with a tiny build and the manifest that declares it, for tests of publishing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.home import prepare_home
from orchestration.lib.settings import Settings

PERSONS = {"person_id": "string", "email": "string", "amount": "decimal(18,2)"}


def settings_at(home: Path) -> Settings:
    """Settings of a prepared, empty home."""
    settings = Settings(home=home)
    prepare_home(settings, say=lambda message: None)
    return settings


def write_build(settings: Settings, *, persons: int = 200, mark: int = 0) -> None:
    """Write a build of two tables that must always carry the same `mark`."""
    with duckdb.connect(str(settings.marts_build)) as connection:
        connection.execute("create schema if not exists marts")
        connection.execute("create schema if not exists activation")
        connection.execute(
            "create or replace table marts.dim_persons as select 'p' || i as person_id, "
            f"'p' || i || '@x.de' as email, {mark}::decimal(18,2) as amount "
            f"from range({persons}) t(i)"
        )
        connection.execute(
            f"create or replace table activation.sync_members as select 'p0' as person_id, {mark}"
            "::bigint as mark"
        )


def manifest() -> dict[str, Any]:
    """The part of a dbt manifest that publishing reads, for the tables of `write_build`."""
    persons = _model("marts", "dim_persons", PERSONS, personal={"email"})
    members = _model("activation", "sync_members", {"person_id": "string", "mark": "bigint"})
    unique = {
        "resource_type": "test",
        "config": {"where": None},
        "attached_node": "model.dim_persons",
        "test_metadata": {"name": "unique", "kwargs": {"column_name": "person_id"}},
    }
    return {
        "nodes": {"model.dim_persons": persons, "model.sync_members": members, "test.a": unique}
    }


def _model(
    schema: str,
    name: str,
    columns: dict[str, str],
    *,
    personal: frozenset[str] | set[str] = frozenset(),
) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "schema": schema,
        "alias": name,
        "config": {"contract": {"enforced": True}},
        "columns": {
            column: {"data_type": kind, "meta": {"contains_pii": column in personal}}
            for column, kind in columns.items()
        },
    }
