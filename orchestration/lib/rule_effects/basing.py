"""What a set of rules is compared with: the published version's rules, or those of a revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.building.project import DEFAULT_TARGET
from orchestration.lib.errors import HomeBusyError, TouchlineError
from orchestration.lib.fingerprint import digest, fingerprint
from orchestration.lib.home import read_lock
from orchestration.lib.publishing.reading import open_published, published_file
from orchestration.lib.publishing.versions import last_publication
from orchestration.lib.rule_effects.changes import RuleSet, changes_between
from orchestration.lib.rule_effects.keeping import code_checksum, keep_rules, kept_rules, rules_at
from orchestration.lib.rules import rule_tables
from orchestration.lib.running.records import PUBLISHED, steps, steps_of_last_build
from orchestration.lib.settings import Settings

# parts of a build's fingerprint that hold rule rows
WITH_RULES = ("models", "rules")


@dataclass(frozen=True, kw_only=True)
class Base:
    """The rules to compare with, in words, and the published version whose day is spoken of.

    `rebuilt_because` says why the base has to be built as well; it is empty where the published
    marts are what these rules make of the home's data.
    """

    told: str
    rules: RuleSet
    published: Path
    run_id: str
    as_of: datetime
    rebuilt_because: str


def build_facts(settings: Settings, *, target: str = DEFAULT_TARGET) -> dict[str, str]:
    """What to remember of a build: the id of its rules, and a checksum of all else but data."""
    return {"rules_id": keep_rules(settings), "code": _code(settings, target=target)}


def find_base(settings: Settings, *, revision: str | None) -> Base:
    """The base of a comparison; raises PublishError before the first publication, TouchlineError
    when nobody knows the published version's rules and no revision is given."""
    published = published_file(settings)
    record = last_publication(settings) or {}
    known = kept_rules(settings, record["rules_id"]) if record.get("rules_id") else None
    if revision is None and known is None:
        raise TouchlineError(
            "the published version does not say which rules it was made with",
            str(published),
            "name what to compare with, `touchline rules diff --base REF`, or publish once: "
            "`touchline run`",
        )
    rules = known if revision is None else rules_at(settings, revision)
    with open_published(settings) as connection:
        run_id, as_of = connection.execute(
            "select run_id, as_of from observability.publication"
        ).fetchone()
    return Base(
        told=f"the published version {run_id}" if revision is None else revision,
        rules=rules,
        published=published,
        run_id=run_id,
        as_of=as_of.replace(tzinfo=UTC),
        rebuilt_because=_rebuilt_because(settings, record, run_id, known=known, rules=rules),
    )


def _rebuilt_because(
    settings: Settings,
    record: Mapping[str, Any],
    run_id: str,
    *,
    known: RuleSet | None,
    rules: RuleSet,
) -> str:
    """Why the published marts cannot stand for the base; empty when they can."""
    if known is None:
        return "the published version does not say which rules it was made with"
    if changes_between(known, rules, rule_tables()):
        return "the published version was made with other rules"
    if record.get("code") != _code(settings, target=DEFAULT_TARGET):
        return "models, settings or libraries differ from those of the published version"
    if _last_built(settings) != run_id:
        return "the warehouse holds another build than the published version"
    if _batches(settings) != _published_batches(settings):
        return "files were landed since the published version was built"
    return ""


def _code(settings: Settings, *, target: str) -> str:
    """One checksum of all that a build depends on besides data and rules."""
    parts = fingerprint(settings, target=target)
    kept = {name: part for name, part in parts.items() if name not in WITH_RULES}
    return sha256(f"{code_checksum()} {digest(kept)}".encode()).hexdigest()[:16]


def _last_built(settings: Settings) -> str | None:
    """The run id under which the last begun build was published; null when it was not."""
    recent = steps_of_last_build(steps(settings))
    return next((entry["run_id"] for entry in recent if entry["step"] == PUBLISHED), None)


def _batches(settings: Settings) -> list[tuple[Any, ...]]:
    """Landed files by status, as the warehouse has them; raises HomeBusyError while a run works."""
    with read_lock(settings):
        try:
            connection = duckdb.connect(str(settings.warehouse), read_only=True)
        except duckdb.IOException:
            raise HomeBusyError(
                "another program has the warehouse open", str(settings.warehouse), "close it first"
            ) from None
        with connection:
            return _counted(connection, "raw_ops.load_ledger")


def _published_batches(settings: Settings) -> list[tuple[Any, ...]]:
    """Landed files by status, as the published version has them."""
    with open_published(settings) as connection:
        return _counted(connection, "observability.rpt_row_reconciliation")


def _counted(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"select batch_id, status, count(*) from {table} group by all order by all"
    ).fetchall()
