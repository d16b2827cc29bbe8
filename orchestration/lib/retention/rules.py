"""How long each layer, and the rows of each raw table, are kept: from the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase

from orchestration.lib.errors import TouchlineError
from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.rules import effective_rows, rule_tables
from orchestration.lib.rules.rows import RuleRow
from orchestration.lib.settings import Settings

RETENTION = "retention_rules"
RAW_ROWS = "raw"
MOMENT_TYPES = ("timestamp", "date")


@dataclass(frozen=True, kw_only=True)
class Keep:
    """What is younger than `days` stays, and the newest `count` however old.

    Of rows, `raw_table` says of which tables, as `system/table` with `*` for any, and `moment` the
    column that tells their age; none means when they were loaded.
    """

    rule_id: str
    layer: str
    days: timedelta
    count: int
    raw_table: str | None = None
    moment: str | None = None

    def is_about(self, spec: TableSpec) -> bool:
        """Whether rows of a raw table are kept by this rule: it is named and has the moment."""
        return (
            self.layer == RAW_ROWS
            and fnmatchcase(spec.name, self.raw_table or "")
            and (self.moment is None or self.moment in _moments(spec))
        )


def active_rules(settings: Settings) -> list[Keep]:
    """Rules of a home that are switched on; raises TouchlineError that names a row it cannot use.

    Of two rows about a layer the one that keeps longer holds; of two about a raw table as well, see
    `rule_of`.
    """
    rows = effective_rows(settings, rule_tables()[RETENTION])
    keeps = [_keep(row) for row in rows if row.values["is_active"] == "true"]
    longest: dict[str, Keep] = {}
    for keep in keeps:
        if keep.layer != RAW_ROWS:
            longest[keep.layer] = max(longest.get(keep.layer, keep), keep, key=lambda one: one.days)
    return list(longest.values()) + [keep for keep in keeps if keep.layer == RAW_ROWS]


def rule_of(keeps: Sequence[Keep], spec: TableSpec) -> Keep | None:
    """The rule by which rows of a raw table go: the one that keeps longest; none keeps them all."""
    about = [keep for keep in keeps if keep.is_about(spec)]
    return max(about, key=lambda one: (one.days, one.rule_id), default=None)


def _keep(row: RuleRow) -> Keep:
    where = f"{row.file}, line {row.line}"
    try:
        keep = Keep(
            rule_id=str(row.values["rule_id"]),
            layer=str(row.values["layer"]),
            days=timedelta(days=int(row.values.get("keep_days") or "")),
            count=int(row.values.get("keep_count") or 0),
            raw_table=row.values.get("raw_table"),
            moment=row.values.get("moment"),
        )
    except (ValueError, OverflowError):
        raise TouchlineError(
            "how long to keep is no number of days",
            where,
            "give keep_days as a whole number, or is_active = false to keep everything",
        ) from None
    if keep.layer == RAW_ROWS and not any(keep.is_about(spec) for spec in declared_tables()):
        raise TouchlineError(
            f"no raw table is named '{keep.raw_table or ''}' and has the moment "
            f"'{keep.moment or '_loaded_at'}'",
            where,
            "name it as in the landing folder, such as files/web_events or */web_events, and one "
            "of its columns of type timestamp or date, or none for the time it was loaded",
        )
    return keep


def _moments(spec: TableSpec) -> set[str]:
    return {column.name for column in spec.columns if column.type in MOMENT_TYPES}
