"""Dirt as real exports have it: doubled, repeated, outdated, late, deleted, renamed, odd rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .arrays import DAY, Columns, iso, take
from .schema import SHAPES, TableShape
from .span import Span

KINDS = ("duplicate_row", "repeated_batch", "updated_version", "stale_version", "deleted_record",
         "late_row", "formula_in_name", "sql_in_name", "renamed_column")  # fmt: skip
_SHARE = {"duplicate_row": 0.002, "repeated_batch": 0.006, "updated_version": 0.03,
          "stale_version": 0.01, "deleted_record": 0.006, "late_row": 0.004,
          "formula_in_name": 0.002, "sql_in_name": 0.001, "renamed_column": 0.05}  # fmt: skip
_CHANGES = {
    "accounts": ("owner", "Gita Novak"), "contacts": ("title", "Director of Planning"),
    "leads": ("self_reported_source", "podcast"), "opportunities": ("owner", "Gita Novak"),
    "orders": ("discount_code", "GOODWILL"), "tickets": ("category", "how-to"),
    "billing_subscriptions": ("plan", "Team plus"), "referrals": ("status", "redeemed"),
}  # fmt: skip
_STALE = {"accounts": ("owner", "Nobody yet"), "contacts": ("title", "Trainee")}
_NAMED = {"accounts": "name", "contacts": "first_name", "leads": "company", "tickets": "subject",
          "mentions": "author_name", "survey_responses": "answer",
          "ad_account_days": "company_name"}  # fmt: skip
_LATE = ("web_events", "email_events", "activities", "campaign_members", "ad_clicks", "tickets",
         "survey_responses", "mentions", "product_events")  # fmt: skip
_REPEATED = ("accounts", "contacts", "orders", "activities", "email_events", "web_events",
             "consents", "opportunity_stage_changes", "lead_status_changes", "campaign_members",
             "ad_account_days", "content_days", "costs", "product_events")  # fmt: skip
# tables of which another system exports some rows under other headers, in the order of columns
RENAMED = {
    "lead_status_changes": {"owner": "Owner Name", "changed_at": "Changed_At"},
    "costs": {"channel": "Cost Centre", "amount": "AMOUNT"},
    "opportunity_contacts": {"is_primary": "Primary?"},
}
_ODD_TEXTS = {
    "formula_in_name": '=HYPERLINK("https://evil-demo.com","Click")',
    "sql_in_name": "Robert'); DROP TABLE contacts;--",
}


@dataclass(frozen=True)
class Soiled:
    """A table with dirt: rows of the usual files, rows of later files by word, and the list."""

    usual: Columns
    later: dict[str, Columns]
    dirt: Columns


def soil(
    table: str, columns: Columns, *, span: Span, rng: np.random.Generator, at_least_one: bool
) -> Soiled:
    """Add dirt to the rows of a table; every row is touched by one kind at most."""
    shape = SHAPES[table]
    count = len(next(iter(columns.values())))
    shuffled, used, chosen = rng.permutation(count), 0, {}
    for kind in KINDS:
        wanted = 0
        if _applies(kind, table) and count > 20:
            wanted = max(int(count * _SHARE[kind]), int(at_least_one))
        chosen[kind] = np.sort(shuffled[used : used + wanted])
        used += wanted
    usual = _with_odd_names(table, columns, chosen)
    elsewhere = np.zeros(count, bool)
    elsewhere[np.r_[chosen["late_row"], chosen["renamed_column"]]] = True
    doubled = chosen["duplicate_row"]
    order = np.sort(np.r_[np.flatnonzero(~elsewhere), doubled], kind="stable")
    later = {
        "late": _rows(usual, chosen["late_row"]),
        "resent": _rows(usual, chosen["repeated_batch"]),
        "updates": _stacked(
            _changed(table, usual, chosen["updated_version"], _CHANGES, 1, span),
            _deleted(usual, chosen["deleted_record"], span),
        ),
        "backfill": _changed(table, usual, chosen["stale_version"], _STALE, -1, span),
        "renamed": _rows(usual, chosen["renamed_column"]),
    }
    return Soiled(_rows(usual, order), later, dirt_list(table, shape, columns, chosen))


def dirt_list(
    table: str, shape: TableShape, columns: Columns, chosen: dict[str, np.ndarray]
) -> Columns:
    """Rows of truth/dirt.csv: kind, table, record key."""
    keys = record_keys(shape, columns)
    kinds = [kind for kind, rows in chosen.items() for _ in range(len(rows))]
    rows = np.concatenate([np.asarray(part, int) for part in chosen.values()])
    return {
        "kind": pa.array(kinds, pa.string()),
        "table": pa.array([table] * len(rows), pa.string()),
        "record_key": keys.take(pa.array(rows)),
    }


def record_keys(shape: TableShape, columns: Columns) -> pa.Array:
    """The key of each row as text, parts joined by |; address and moment for keyless tables."""
    names = shape.key or ("email", shape.moment)
    parts = [columns[name].cast(pa.string()) for name in names if name in columns]
    return pc.binary_join_element_wise(*parts, "|", null_handling="replace", null_replacement="")


def _applies(kind: str, table: str) -> bool:
    if kind == "duplicate_row":
        return True
    if kind == "repeated_batch":
        return table in _REPEATED
    if kind == "late_row":
        return table in _LATE
    if kind == "updated_version":
        return table in _CHANGES
    if kind == "stale_version":
        return table in _STALE
    if kind == "deleted_record":
        return table in ("contacts", "leads")
    if kind == "renamed_column":
        return table in RENAMED
    return table in _NAMED


def _rows(columns: Columns, rows: np.ndarray) -> Columns:
    return {name: column.take(pa.array(rows, pa.int64())) for name, column in columns.items()}


def _stacked(first: Columns, second: Columns) -> Columns:
    return {name: pa.concat_arrays([first[name], second[name]]) for name in first}


def _with_odd_names(table: str, columns: Columns, chosen: dict[str, np.ndarray]) -> Columns:
    """Formulas and SQL where a name should stand."""
    column = _NAMED.get(table)
    if column is None:
        return columns
    names = columns[column].to_pylist()
    for kind, text in _ODD_TEXTS.items():
        for row in chosen[kind]:
            names[row] = text
    return columns | {column: pa.array(names, pa.string())}


def _changed(
    table: str, columns: Columns, rows: np.ndarray, changes: dict[str, tuple[str, str]],
    direction: int, span: Span,
) -> Columns:  # fmt: skip
    """Other versions of rows: later ones with a new value, or earlier ones with an old value."""
    versions = _rows(columns, rows)
    if table in changes:
        name, value = changes[table]
        versions[name] = take((value,), np.zeros(len(rows), int))
    return _moved(versions, direction, span) if "updated_at" in versions else versions


def _deleted(columns: Columns, rows: np.ndarray, span: Span) -> Columns:
    """Later versions of rows that say that the record was deleted."""
    versions = _rows(columns, rows)
    if "is_deleted" in versions:
        versions["is_deleted"] = take(("true",), np.zeros(len(rows), int))
    return _moved(versions, 1, span) if "updated_at" in versions else versions


def _moved(versions: Columns, direction: int, span: Span) -> Columns:
    """The versions with updated_at some hours later (never past the end) or earlier."""
    stamps = versions["updated_at"].cast(pa.timestamp("s", tz="UTC")).cast(pa.int64()).to_numpy()
    later = (stamps + span.end) // 2 + 1
    moved = np.minimum(later, span.end - 1) if direction > 0 else stamps - DAY
    return versions | {"updated_at": iso(moved)}
