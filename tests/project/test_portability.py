"""Models and macros say what both engines understand; the rest stands in macros/dialect."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orchestration.lib.building.project import PROJECT

# What one engine lacks or reads otherwise, and what says the same on both.
INSTEAD = {
    r"::": "cast(… as …)",
    r"//": "macro whole_quotient",
    r"\bas varchar\)": "varchar(255) or varchar(65535): Spark wants a length",
    r"\bas (text|hugeint|double precision|integer|int|real|float|uuid|interval)\b": "bigint, "
    "double, decimal or varchar(255)",
    r"\bqualify\b": "a CTE with row_number and a where",
    r"\bfilter\s*\(": "a case inside the aggregate",
    r"\bexclude\s*\(": "the columns by name",
    r"\b(list|array|map|struct)_\w+\s*\(": "a macro of macros/dialect",
    r"\b(unnest|explode|generate_series|string_agg|listagg|any_value|group_concat)\s*\(": "a macro "
    "of macros/dialect with an order",
    r"\b(arg_min|arg_max|min_by|max_by|mode)\s*\(": "macro min_by or max_by",
    r"\b(strftime|strptime|date_diff|datediff|date_add|epoch\w*|make_date|age)\s*\(": "macros "
    "days_between, add_days, local_date",
    r"\b(avg|stddev\w*|var_\w+)\s*\(": "macro ratio of two sums: a sum of doubles has no order",
    r"\bilike\b|~~|\bsimilar to\b|\bglob\b": "lower(…) like …",
    r"\busing\s*\(": "on …",
    r"\bwith recursive\b": "rounds of tables, see label_components",
    r"\b(sign|sqrt|power|ln|exp)\s*\(": "whole numbers; where a double must be, round it to a "
    "decimal of nine places first",
}
# What differs by engine; an increment is DuckDB's alone, as Spark builds everything.
ENGINE_FOLDERS = {"dialect", "increments"}
# Where a double is meant, and cut to nine places or to a whole number before anybody sees it.
DOUBLES = {
    "decay.sql",
    *("wilson_bound.sql", "lift_bound.sql", "credit_shares.sql", "survival_curve.sql"),
    *("share_difference.sql", "mean_difference.sql"),
    "normal_bound.sql",
}


def sql_files() -> list[Path]:
    """Models and the macros that both engines share."""
    files = [*PROJECT.glob("models/**/*.sql"), *PROJECT.glob("macros/**/*.sql")]
    return [path for path in files if path.parent.name not in ENGINE_FOLDERS]


def spoken(path: Path) -> str:
    """SQL without comments, text literals and calls of macros."""
    sql = re.sub(r"\{#.*?#\}|--[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    return re.sub(r"\{\{.*?\}\}|\{%.*?%\}|'[^'\n]*'", "", sql, flags=re.S).lower()


@pytest.mark.parametrize("pattern", INSTEAD)
def test_models_speak_to_both_engines(pattern: str) -> None:
    wrong = [
        path.name
        for path in sql_files()
        if re.search(pattern, spoken(path)) and path.name not in DOUBLES
    ]
    assert wrong == [], f"{pattern}: write {INSTEAD[pattern]}"
