"""Which rule rows differ between two sets of rules, and which of these belong together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orchestration.lib.rules import RuleTable

Row = Mapping[str, str | None]
# rows by rule table, each as text by column; an empty cell is None
RuleSet = Mapping[str, Sequence[Row]]

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
# columns that say something to people and decide nothing
REMARKS = {"note", "rule_version"}
IDS_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """One rule row that is new, gone or otherwise; `key` identifies it within its table."""

    table: str
    row_id: str
    key: tuple[str | None, ...]
    kind: str
    before: Row = field(hash=False)
    after: Row = field(hash=False)

    @property
    def columns(self) -> dict[str, tuple[str | None, str | None]]:
        """Columns with another value than before, each with both values."""
        names = [*self.before, *(name for name in self.after if name not in self.before)]
        pairs = {name: (self.before.get(name), self.after.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def told(self) -> str:
        """The change in a line: changed columns with both values, else the row's own values."""
        columns = self.columns
        if self.kind == CHANGED:
            decisive = [name for name in columns if name not in REMARKS] or list(columns)
            told = [
                f"{name}: {columns[name][0] or 'empty'} → {columns[name][1] or 'empty'}"
                for name in decisive
            ]
        else:
            told = [
                f"{name}: {value}"
                for name, value in (self.before or self.after).items()
                if name not in {*REMARKS, "is_active"} and value not in self.key
            ]
        return ", ".join(told)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """Changes that only make sense together: clauses of a rule, a new stage and its rules."""

    changes: tuple[RowChange, ...]

    @property
    def tables(self) -> frozenset[str]:
        """Rule tables it touches."""
        return frozenset(change.table for change in self.changes)

    @property
    def name(self) -> str:
        """Its rules as `table · ids`, the first few of each table; tables end in a semicolon."""
        ids: dict[str, dict[str, None]] = {}
        for change in self.changes:
            ids.setdefault(change.table, {})[change.row_id] = None
        return "; ".join(f"{table} · {_first_few(list(named))}" for table, named in ids.items())


def changes_between(
    before: RuleSet, after: RuleSet, tables: Mapping[str, RuleTable]
) -> list[RowChange]:
    """Every row that differs, by table and key; the order of rows in a file means nothing."""
    return [
        change
        for name, table in sorted(tables.items())
        for change in _changes(table, before.get(name, ()), after.get(name, ()))
    ]


def with_changes(
    rules: RuleSet, changes: Iterable[RowChange], tables: Mapping[str, RuleTable]
) -> RuleSet:
    """The rules with these changes made and no others."""
    changed = {name: _by_key(tables[name], rows) for name, rows in rules.items()}
    for change in changes:
        rows = changed.setdefault(change.table, {})
        if change.kind == REMOVED:
            rows.pop(change.key, None)
        else:
            rows[change.key] = change.after
    return {name: list(rows.values()) for name, rows in changed.items()}


def units_of(changes: Sequence[RowChange], tables: Mapping[str, RuleTable]) -> list[Unit]:
    """The changes in groups: rows of one id, and rows that refer to one another, are one group."""
    group_of = {change: number for number, change in enumerate(changes)}
    for one, other in _ties(changes, tables):
        joined, kept = group_of[other], group_of[one]
        group_of = {
            change: kept if group == joined else group for change, group in group_of.items()
        }
    groups: dict[int, list[RowChange]] = {}
    for change in changes:
        groups.setdefault(group_of[change], []).append(change)
    return [Unit(changes=tuple(group)) for group in groups.values()]


def _first_few(names: Sequence[str]) -> str:
    more = len(names) - IDS_NAMED
    return ", ".join(names[:IDS_NAMED]) + (f" and {more} more" if more > 0 else "")


def _changes(table: RuleTable, before: Iterable[Row], after: Iterable[Row]) -> Iterator[RowChange]:
    """Differing rows of one table."""
    old, new = _by_key(table, before), _by_key(table, after)
    for key in sorted(old.keys() | new.keys(), key=lambda key: [part or "" for part in key]):
        one, other = old.get(key, {}), new.get(key, {})
        if one != other:
            kind = CHANGED if one and other else REMOVED if one else ADDED
            yield RowChange(
                table=table.name,
                row_id=key[0] or "",
                key=key,
                kind=kind,
                before=one,
                after=other,
            )


def _by_key(table: RuleTable, rows: Iterable[Row]) -> dict[tuple[str | None, ...], Row]:
    """Rows by key, each with its filled cells in the order of the table's columns."""
    return {
        tuple(row.get(column) for column in table.key): {
            column: cell for column in table.types if (cell := row.get(column)) is not None
        }
        for row in rows
    }


def _ties(
    changes: Collection[RowChange], tables: Mapping[str, RuleTable]
) -> Iterator[tuple[RowChange, RowChange]]:
    """Pairs of changes of one rule, and pairs of which one names the other's row."""
    for one in changes:
        named = {
            (reference.table, reference.field, side.get(reference.column))
            for reference in tables[one.table].references
            for side in (one.before, one.after)
        }
        for other in changes:
            same_rule = (one.table, one.row_id) == (other.table, other.row_id)
            if same_rule or any(
                table == other.table and value is not None and value in _values(other, column)
                for table, column, value in named
            ):
                yield one, other


def _values(change: RowChange, column: str) -> set[str | None]:
    """A column's values that came or went with a row; none where the row keeps it."""
    before, after = change.before.get(column), change.after.get(column)
    return set() if before == after else {before, after}
