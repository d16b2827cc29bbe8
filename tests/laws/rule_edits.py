"""Draws sound edits of rules, as made between two runs: a row switched off, a number changed."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rules import effective_rows, require_sound_rules, rule_tables
from orchestration.lib.settings import Settings

TABLES = (
    "account_match_rules", "attribution_lookbacks", "bot_rules", "channel_rules", "collapse_rules",
    "conversion_rules", "icp_criteria", "identity_rules", "journey_rules", "lead_score_rules",
    "lifecycle_rules", "signal_rules", "stage_movement_rules", "stage_rules", "survivorship_rules",
)  # fmt: skip
NUMBERS = ("bigint", "integer", "double")
# of these a row means what it meant, and another order would change it
NOT_TOUCHED = ("priority", "rule_version", "clause")


def edit_rules(settings: Settings, *, seed: int, count: int) -> list[str]:
    """Write own rows that change `count` shipped ones, each in a table of its own; says which.

    An edit that is not sound together with those before it is drawn anew.
    """
    draw = random.Random(seed)
    tables = list(TABLES)
    draw.shuffle(tables)
    edits: list[str] = []
    while len(edits) < count:
        table = tables.pop()
        path = settings.rules / f"{table}.csv"
        edit = _edited(settings, table, path, draw)
        try:
            require_sound_rules(settings)
            edits.append(edit)
        except TouchlineError:
            path.unlink()
            tables.insert(0, table)
    return edits


def _edited(settings: Settings, table: str, path: Path, draw: random.Random) -> str:
    """Write one changed row of a table as the home's own; its name and what changed."""
    declared = rule_tables()[table]
    rows = effective_rows(settings, declared)
    active = [row.values for row in rows if row.values.get("is_active") == "true"]
    chosen = draw.choice(active)
    numbers = [
        column
        for column, kind in declared.types.items()
        if kind.startswith((*NUMBERS, "decimal")) and column not in NOT_TOUCHED and chosen[column]
    ]
    column = draw.choice([*numbers, "is_active"])
    after = "false" if column == "is_active" else str(2 * int(float(chosen[column] or 0)) + 1)
    same_id = [row for row in active if row[declared.id_column] == chosen[declared.id_column]]
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(chosen))
        writer.writeheader()
        writer.writerows(row | {column: after} if row is chosen else row for row in same_id)
    return f"{table} {chosen[declared.id_column]}: {column} = {after}"
