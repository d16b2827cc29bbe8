"""Homes for tests: a generated world, landed and built through the real chain."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pytest

from orchestration.lib.building import build, dbt, read_manifest
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.publishing import publish
from orchestration.lib.running import steps
from orchestration.lib.settings import Settings
from orchestration.lib.world import generate

SCHEMAS = ("marts", "activation", "observability")


@dataclass(frozen=True, kw_only=True)
class Home:
    """A home, and the moment its builds speak of."""

    settings: Settings
    as_of: datetime

    def build(self) -> None:
        """Build and check everything; a failed node fails the test with its message."""
        build(self.settings, as_of=self.as_of).raise_for_failures()

    def build_unchecked(self, models: Iterable[str] = ()) -> None:
        """Build models by dbt's way of naming them, else all; no data test is run.

        A data test costs dbt as much as a model. Those of the shared home are run once.
        """
        report = build(self.settings, as_of=self.as_of, select=models, data_tests=False)
        report.raise_for_failures()

    def publish(self, *, only: Sequence[str]) -> Path:
        """Publish these models as if they were all there are; returns the published file."""
        manifest = read_manifest(self.settings)
        nodes = manifest["nodes"].items()
        manifest["nodes"] = {key: node for key, node in nodes if node["name"] in only}
        return publish(self.settings, manifest=manifest, as_of=self.as_of).path

    def marts(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection to the built, unpublished marts."""
        return duckdb.connect(str(self.settings.marts_build), read_only=True)

    def warehouse(self) -> duckdb.DuckDBPyConnection:
        """A read-only connection to the private warehouse."""
        return duckdb.connect(str(self.settings.warehouse), read_only=True)

    def copy_to(self, folder: Path) -> Home:
        """The same home in another folder, with whatever was built in it."""
        shutil.copytree(self.settings.home, folder, ignore=shutil.ignore_patterns("target"))
        return Home(settings=Settings(home=folder), as_of=self.as_of)

    def add_rules(self, tables: Mapping[str, str]) -> None:
        """Own rule rows: table name → CSV text."""
        self.settings.rules.mkdir(exist_ok=True)
        for name, text in tables.items():
            (self.settings.rules / f"{name}.csv").write_text(text, encoding="utf-8")


@contextmanager
def data_tests_left_out() -> Iterator[None]:
    """Runs build and do not judge: for what the shared home, or the same home, is asked anyway."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "build", partial(build, data_tests=False))
        yield


@contextmanager
def mending_whatever_is_touched() -> Iterator[None]:
    """Increments build no table whole because many of its keys are touched."""
    usual = dbt.common_arguments

    def asked(settings: Settings, **how: Any) -> list[str]:
        arguments = usual(settings, **how)
        place = arguments.index("--vars") + 1
        values = json.loads(arguments[place]) | {"whole_beyond_touched_share": 1_000}
        return [*arguments[:place], json.dumps(values), *arguments[place + 1 :]]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dbt, "common_arguments", asked)
        yield


def landed_world(folder: Path, *, accounts: int, seed: int = 7) -> Home:
    """A home into which a generated world was landed; nothing is built yet."""
    settings = Settings(home=folder)
    report = generate(folder, accounts=accounts, seed=seed)
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        refresh_lookups(connection)
    midnight = datetime.combine(report.last_day + timedelta(days=1), datetime.min.time(), UTC)
    return Home(settings=settings, as_of=midnight)


def remember_strangers(home: Home) -> None:
    """Have the home remember an earlier publication, before records came that join people.

    Every identifier of those whom the CRM holds twice was a person of its own then.
    """
    truth = home.settings.truth
    with open_home(home.settings) as connection:
        connection.execute(
            f"""
            insert into raw_ops.person_map
            with identifiers as (
                select
                    *, lower(value) as name,
                    if(identifier_type like 'email%', '', 'files') as issuer
                from read_csv('{truth}/identifiers.csv', all_varchar = true)
                where is_linkable = 'true'
            ),
            people as (
                select true_person_id from identifiers where value in (
                    select record_key from read_csv('{truth}/dirt.csv', all_varchar = true)
                    where kind = 'doubled_contact'
                )
            )
            select distinct md5(concat_ws('|', identifier_type, issuer, name)) as id, id
            from identifiers semi join people using (true_person_id)
            """
        )


def public_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every public table of a marts file as schema.table, sorted."""
    rows = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where list_contains(?, table_schema) order by 1",
        [list(SCHEMAS)],
    ).fetchall()
    return [name for (name,) in rows]


def differing_tables(
    one: Home, other: Home, *, but: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, int]:
    """Public tables that are not equal row for row, with the number of rows that differ.

    `but` names columns of tables that are not compared.
    """
    return differing_files(one.settings.marts_build, other.settings.marts_build, but=but)


def differing_files(
    one: Path, other: Path, *, but: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> dict[str, int]:
    """The same for two files of marts."""
    with duckdb.connect(str(one), read_only=True) as marts:
        tables = public_tables(marts)
    with duckdb.connect() as connection:
        for alias, path in (("one", one), ("other", other)):
            connection.execute(f"attach '{path}' as {alias} (read_only)")
        differences = {}
        for table in tables:
            columns = f"* exclude ({', '.join(but[table])})" if table in but else "*"
            left, right = (f"select {columns} from {side}.{table}" for side in ("one", "other"))
            (count,) = connection.execute(
                f"select count(*) from (({left} except all {right}) "
                f"union all ({right} except all {left}))"
            ).fetchone()
            if count:
                differences[table] = count
    return differences
