"""Trying out rules: builds what they reach, beside the home, and compares it with the base."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from orchestration.lib.building.calling import Progress
from orchestration.lib.publishing.contract import TableContract, contracts_of
from orchestration.lib.rule_effects.basing import Base
from orchestration.lib.rule_effects.changes import RuleSet
from orchestration.lib.rule_effects.comparing import Differences, Sides, find_differences
from orchestration.lib.rule_effects.counting import ACCOUNT, PERSON, entities, moves_of
from orchestration.lib.rule_effects.details import MartDetail, detail_of
from orchestration.lib.rule_effects.parts import Part, part_behind
from orchestration.lib.rule_effects.scratch import Source, Workshop, build_side, workshop
from orchestration.lib.rule_effects.wording import names_in
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

BEFORE = "before_all"


@dataclass(frozen=True, kw_only=True)
class Moves:
    """What some changes move: the marts with differing rows, and whom these rows name."""

    accounts: int = 0
    persons: int = 0
    marts: tuple[MartDetail, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trials:
    """A workshop whose sides are compared with one base, on one connection."""

    shop: Workshop
    source: Source
    base: Base
    connection: duckdb.DuckDBPyConnection
    contracts: tuple[TableContract, ...]
    with_names: bool
    progress: Progress | None

    def part(self, tables: Collection[str]) -> Part:
        """The models and marts that rule tables reach."""
        return part_behind(self.shop.manifest, tables)

    def differences(self, label: str, *, rules: RuleSet, part: Part) -> list[Differences]:
        """The rows by which marts built by `rules` differ from the base; raises BuildError."""
        if not part.marts:
            return []
        side = build_side(
            self.shop,
            label=label,
            rules=rules,
            part=part,
            source=self.source,
            as_of=self.base.as_of,
            progress=self.progress,
        )
        after = f"after_{label}"
        self.connection.execute(f"attach {value(side.marts)} as {after} (read_only)")
        found = find_differences(
            self.connection,
            self.contracts_of(part),
            sides=Sides(before=BEFORE, after=after),
            label=label,
        )
        return found

    def moves(self, label: str, found: Sequence[Differences]) -> Moves:
        """What differing rows say, in figures and examples."""
        databases = [BEFORE, f"after_{label}"] if self.with_names else []
        names = names_in(self.connection, databases)
        counted = [(one, moves_of(self.connection, one)) for one in found]
        return Moves(
            accounts=entities(self.connection, found, ACCOUNT) or 0,
            persons=entities(self.connection, found, PERSON) or 0,
            marts=tuple(
                detail_of(self.connection, one, moves, names=names)
                for one, moves in counted
                if moves.rows
            ),
        )

    def forget(self, label: str) -> None:
        """Give back the disk of a side; its differing rows stay known."""
        self.connection.execute(f"detach database if exists after_{label}")
        shutil.rmtree(self.shop.folder / label, ignore_errors=True)

    def contracts_of(self, part: Part) -> list[TableContract]:
        """Contracts of the marts of a part."""
        nodes = self.shop.manifest["nodes"]
        built = {f"{nodes[key]['schema']}.{nodes[key]['alias']}" for key in part.marts}
        return [contract for contract in self.contracts if contract.full_name in built]


@contextmanager
def trials(
    settings: Settings, base: Base, *, with_names: bool, progress: Progress | None
) -> Iterator[Trials]:
    """Trials against a base, which is built first where the published marts cannot stand for it.

    Everything is removed at the end. Raises HomeBusyError, BuildError.
    """
    with workshop(settings) as shop, duckdb.connect() as connection:
        source = Source(warehouse=settings.warehouse, marts=base.published, lock=settings)
        if base.rebuilt_because:
            source = build_side(
                shop,
                label="base",
                rules=base.rules,
                part=part_behind(shop.manifest, None),
                source=source,
                as_of=base.as_of,
                progress=progress,
            )
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"set memory_limit = {value(settings.memory_limit)}")
        connection.execute(f"set temp_directory = {value(shop.folder / 'spill')}")
        connection.execute(f"set threads = {settings.threads}")
        connection.execute(f"attach {value(source.marts)} as {BEFORE} (read_only)")
        yield Trials(
            shop=shop,
            source=source,
            base=base,
            connection=connection,
            contracts=tuple(contracts_of(shop.manifest)),
            with_names=with_names,
            progress=progress,
        )
