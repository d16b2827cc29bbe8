"""A place of its own in which models are built by other rules; the home is only read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.lib.building import build, read_manifest
from orchestration.lib.building.calling import Progress
from orchestration.lib.building.parsing import manifest_path
from orchestration.lib.building.project import target_folder
from orchestration.lib.errors import HomeBusyError
from orchestration.lib.home import read_lock
from orchestration.lib.landing.tables import ensure_raw_tables
from orchestration.lib.rule_effects.changes import RuleSet
from orchestration.lib.rule_effects.parts import COMPARED, Part
from orchestration.lib.rules import RuleTable, rule_tables
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import name, value

NAME = "rules_diff_"
WAREHOUSE, MARTS = "source_warehouse", "source_marts"
# what dbt leaves of a parse, which spares the next one
PARSE = ("manifest.json", "partial_parse.msgpack", "manifest.checksum")


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """The folder of one comparison, removed at its end, and the parsed project in it."""

    home: Settings
    folder: Path
    manifest: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where unchanged tables are read: a warehouse and a file of marts, of one build.

    `lock` is the home to keep runs off meanwhile; null where no run can touch the files.
    """

    warehouse: Path
    marts: Path
    lock: Settings | None = None


@contextmanager
def workshop(settings: Settings) -> Iterator[Workshop]:
    """A folder among the home's temporary files, in which the project has been parsed."""
    settings.temp.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(settings.temp)
    prefix = f"{NAME}{os.getpid()}_"
    with TemporaryDirectory(prefix=prefix, dir=settings.temp, ignore_cleanup_errors=True) as folder:
        place = replace(settings, home=Path(folder), temp_directory=None)
        parsed = target_folder(place)
        parsed.mkdir(parents=True)
        for file in PARSE:
            if (found := target_folder(settings) / file).exists():
                shutil.copyfile(found, parsed / file)
        manifest_path(place)
        yield Workshop(home=settings, folder=Path(folder), manifest=read_manifest(place))


def build_side(
    shop: Workshop,
    *,
    label: str,
    rules: RuleSet,
    part: Part,
    source: Source,
    as_of: datetime,
    progress: Progress | None = None,
) -> Source:
    """Build a part of the models by `rules` in a folder named `label`; returns what was built.

    What the part reads is copied from the source, which is only read. Raises HomeBusyError while
    a run has the home, BuildError when a model fails.
    """
    place = replace(shop.home, home=shop.folder / label, temp_directory=None)
    place.rules.mkdir(parents=True)
    place.temp.mkdir()
    shutil.copytree(target_folder(replace(place, home=shop.folder)), target_folder(place))
    with read_lock(source.lock) if source.lock else nullcontext():
        _bring_inputs(place, shop.manifest, part=part, source=source)
    _write_rules(place, shop.manifest, rules=rules)
    names = sorted(shop.manifest["nodes"][key]["name"] for key in part.models)
    report = build(
        place, as_of=as_of, full_refresh=True, select=names, data_tests=False, progress=progress
    )
    report.raise_for_failures()
    return Source(warehouse=place.warehouse, marts=place.marts_build)


def _remove_leftovers(temp: Path) -> None:
    """Remove the folders of comparisons that were killed."""
    for folder in temp.glob(f"{NAME}*"):
        process = folder.name.removeprefix(NAME).partition("_")[0]
        if process.isdigit() and not _lives(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _bring_inputs(
    place: Settings, manifest: Mapping[str, Any], *, part: Part, source: Source
) -> None:
    """Copy the tables a part reads, each under the name it has in the home."""
    nodes = {**manifest["nodes"], **manifest["sources"]}
    with duckdb.connect(str(place.warehouse)) as connection:
        _limit(connection, place)
        ensure_raw_tables(connection)
        connection.execute(f"attach {value(place.marts_build)} as marts_build")
        _attach(connection, source.warehouse, WAREHOUSE)
        _attach(connection, source.marts, MARTS)
        for key in sorted(part.reads):
            node = nodes[key]
            if node["resource_type"] == "seed":
                continue
            table = f"{name(node['schema'])}.{name(node.get('alias') or node['identifier'])}"
            is_public = node["schema"] in COMPARED
            here = f"{'marts_build.' if is_public else ''}{table}"
            there = f"{MARTS if is_public else WAREHOUSE}.{table}"
            schema = here.rpartition(".")[0]
            connection.execute(f"create schema if not exists {schema}")
            connection.execute(f"create or replace table {here} as from {there}")


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, alias: str) -> None:
    try:
        connection.execute(f"attach {value(path)} as {alias} (read_only)")
    except duckdb.IOException:
        raise HomeBusyError(
            "another program has the warehouse open", str(path), "close it and ask again"
        ) from None


def _write_rules(place: Settings, manifest: Mapping[str, Any], *, rules: RuleSet) -> None:
    """Every rule table as dbt would have made it of these rows."""
    tables = rule_tables()
    with duckdb.connect(str(place.warehouse)) as connection:
        for node in manifest["nodes"].values():
            if node["resource_type"] == "seed":
                _write_table(
                    connection,
                    f"{name(node['schema'])}.{name(node['alias'])}",
                    table=tables[node["name"]],
                    rules=rules,
                )


def _write_table(
    connection: duckdb.DuckDBPyConnection, target: str, *, table: RuleTable, rules: RuleSet
) -> None:
    """One rule table, typed as its seed declares."""
    rows = rules.get(table.name, ())
    texts = {
        column: pa.array([row.get(column) for row in rows], pa.string()) for column in table.types
    }
    typed = ", ".join(
        f"cast({name(column)} as {kind}) as {name(column)}" for column, kind in table.types.items()
    )
    connection.register("rule_texts", pa.table(texts))
    connection.execute(f"create schema if not exists {target.partition('.')[0]}")
    connection.execute(f"create or replace table {target} as select {typed} from rule_texts")
    connection.unregister("rule_texts")


def _limit(connection: duckdb.DuckDBPyConnection, place: Settings) -> None:
    """The home's limits, and its way to read times."""
    connection.execute("set timezone = 'UTC'")
    connection.execute(f"set memory_limit = {value(place.memory_limit)}")
    connection.execute(f"set temp_directory = {value(place.temp)}")
    connection.execute(f"set threads = {place.threads}")
    connection.execute("set preserve_insertion_order = false")
