"""Differing rows in words: which row it is, whose, and what of it differs; persons are hidden."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.lib.publishing.contract import TableContract
from orchestration.lib.rule_effects.comparing import Differences
from orchestration.lib.rule_effects.counting import ACCOUNT, PERSON
from orchestration.lib.sql_text import name

HASHED_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}")
ID_SHOWN = 8
HIDDEN = "•••"
EXAMPLES = 10
LONGEST_VALUE = 60
# the column by which people ask for the rows of a mart
HEADLINES = {
    "dim_accounts": "current_stage",
    "dim_icp_profiles": "tier",
    "dim_identifiers": "identifier_type",
    "dim_persons": "lifecycle",
    "fct_account_matches": "method",
    "fct_attribution": "model_id",
    "fct_conversions": "conversion_type",
    "fct_icp_assessments": "criterion_id",
    "fct_journeys": "outcome",
    "fct_person_lifecycle": "lifecycle",
    "fct_send_eligibility": "reason",
    "fct_sessions": "channel",
    "fct_stage_transitions": "stage",
    "fct_touchpoint_kpis": "kpi_id",
    "fct_touchpoint_records": "source_table",
    "fct_touchpoints": "channel",
    "rpt_channel_credits": "channel",
    "rpt_channel_performance": "channel",
    "rpt_channel_spend": "channel",
    "rpt_funnel": "to_stage",
    "rpt_segment_waterfall": "segment_id",
    "sync_segment_members": "segment_id",
}


@dataclass(frozen=True, kw_only=True)
class Example:
    """One differing row: which it is, and what of it differs."""

    label: str
    told: str

    def __str__(self) -> str:
        return f"{self.label}: {self.told}"


def names_in(connection: duckdb.DuckDBPyConnection, databases: Iterable[str]) -> dict[str, str]:
    """Names of accounts and persons by id, of those databases that have them; later ones win."""
    queries = {
        "dim_accounts": "select account_id, coalesce(name, domain)",
        "dim_persons": "select person_id, coalesce(nullif(concat_ws(' ', first_name, last_name), "
        "''), email)",
    }
    names: dict[str, str] = {}
    for database in databases:
        for table, query in queries.items():
            present = connection.execute(
                "select 1 from duckdb_tables() where database_name = ? and schema_name = 'marts' "
                "and table_name = ?",
                [database, table],
            ).fetchone()
            if present:
                found = connection.execute(f"{query} from {database}.marts.{table}").fetchall()
                names |= {id_: text for id_, text in found if text}
    return names


def examples_of(
    connection: duckdb.DuckDBPyConnection,
    differences: Differences,
    shown: Sequence[str],
    names: Mapping[str, str],
) -> list[Example]:
    """Up to ten differing rows in words, in the order of their keys.

    Of a changed row the first two differing columns of `shown` are told; `names` is what to call
    accounts and persons, by id.
    """
    rows = connection.execute(
        "select to_json(before)::varchar, to_json(after)::varchar "
        f"from {name(differences.table)} order by row_key limit {EXAMPLES}"
    ).fetchall()
    return [
        _example(differences, json.loads(old or "{}"), json.loads(new or "{}"), shown, names)
        for old, new in rows
    ]


def _example(
    differences: Differences,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    shown: Sequence[str],
    names: Mapping[str, str],
) -> Example:
    """One differing row: which, and what of it differs."""
    contract = differences.contract
    row = after or before
    hidden = frozenset() if names else contract.personal
    label = _label(contract, row, is_changed=bool(before and after), hidden=hidden, names=names)
    if not before or not after:
        headline = HEADLINES.get(contract.name)
        said = f" {_spoken(row[headline], False, names)}" if row.get(headline) else ""
        return Example(label=label, told=f"{'new' if after else 'gone'}{said}")
    told = [
        f"{column} {_spoken(before[column], column in hidden, names)} → "
        f"{_spoken(after[column], column in hidden, names)}"
        for column in [column for column in shown if before[column] != after[column]][:2]
    ]
    return Example(label=label, told=", ".join(told))


def _label(
    contract: TableContract,
    row: Mapping[str, Any],
    *,
    is_changed: bool,
    hidden: frozenset[str],
    names: Mapping[str, str],
) -> str:
    """Which row it is: the ids of its key, or all of the key where it has none; and whose."""
    key = contract.keys[0]
    ids = [column for column in key if HASHED_ID.fullmatch(str(row[column]))]
    headline = HEADLINES.get(contract.name)
    kept = [
        column for column in key if not ids or column in ids or (is_changed and column == headline)
    ]
    parts = [_spoken(row[column], column in hidden, names) for column in kept if row[column]]
    owner = next((column for column in (ACCOUNT, PERSON) if row.get(column)), None)
    if owner is None or owner in key or len(ids) != 1:
        return " / ".join(parts)
    whose = f"{owner.removesuffix('_id')} {_spoken(row[owner], False, names)}"
    return f"{' / '.join(parts)} of {whose}"


def _spoken(found: Any, hidden: bool, names: Mapping[str, str]) -> str:
    """A value as an example shows it: an id by its name or its beginning."""
    if found is None:
        return "empty"
    text = str(found).lower() if isinstance(found, bool) else " ".join(str(found).split())
    if hidden:
        return HIDDEN
    if text in names:
        return names[text]
    if HASHED_ID.fullmatch(text):
        return text[:ID_SHOWN]
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
