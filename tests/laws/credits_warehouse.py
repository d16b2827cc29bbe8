"""The compiled attribution models over small tables in memory: from a path to its credits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.compiles import compiled_models, table_anew
from tests.laws.credits_play import SEEN, Model, Touch

CHAIN = (
    "int_conversion_paths_built",
    "int_conversion_windows_opened",
    "int_credits_weighted",
)
INPUTS = {
    "attribution.int_conversions_unioned": (
        "conversion_id varchar, conversion_type varchar, evidence_type varchar, "
        "evidence_id varchar, touchpoint_id varchar, amount decimal(18,2), occurred_at timestamp, "
        "account_id varchar default 'a1', person_id varchar default 'p1', "
        "path_owner_id varchar default 'a1', motion varchar, journey_opened_at timestamp"
    ),
    "touchpoints.int_touchpoints_resolved": (
        "touchpoint_id varchar, channel varchar, occurred_at timestamp, earns_credit boolean, "
        "kind varchar default 'act', touchpoint_type varchar default 'visit', "
        "account_id varchar default 'a1', person_id varchar default 'p1', campaign_id varchar, "
        "is_bot boolean default false, direction varchar default 'inbound'"
    ),
    "rules.attribution_models": (
        "half_life_days decimal(18,6), first_weight decimal(18,6), last_weight decimal(18,6), "
        "anchor_weight decimal(18,6), second_anchor_weight decimal(18,6), "
        "others_weight decimal(18,6), ignored_channels varchar, rule_id varchar default 'r', "
        "model_id varchar default 'm', method varchar default 'weights', conversion_types varchar, "
        "anchor_type varchar default 'lead', second_anchor_type varchar default 'opportunity', "
        "motion varchar, min_conversions bigint, min_channels bigint, "
        "is_active boolean default true, rule_version bigint, note varchar, "
        "conversions_weight decimal(18,6)"
    ),
    "rules.attribution_lookbacks": (
        "lookback_days bigint, rule_id varchar default 'r', conversion_type varchar default 'won', "
        "model_id varchar, motion varchar, is_within_journey boolean default false, "
        "is_active boolean default true, rule_version bigint, note varchar"
    ),
    "rules.attribution_weights": (
        "rule_id varchar, touchpoint_type varchar, channel varchar, weight decimal(18,6), "
        "model_id varchar default 'm', campaign_id varchar, is_active boolean default true, "
        "rule_version bigint, note varchar"
    ),
}
Credit = tuple[str | None, Decimal, Decimal | None]


@dataclass(frozen=True, repr=False)
class Warehouse:
    """A connection with the inputs as tables, and the statements that rebuild the models."""

    connection: Any
    statements: tuple[str, ...]

    def credits(
        self,
        touches: list[Touch],
        model: Model,
        *,
        converted_at: datetime,
        anchors: tuple[datetime | None, datetime | None],
        amount: Decimal | None,
    ) -> list[Credit]:
        """What each touchpoint earns of one conversion: (id or None, credit, amount), sorted."""
        moments = [
            (name, name, name, name, None, None, moment)
            for name, moment in zip(("lead", "opportunity"), anchors, strict=True)
            if moment is not None
        ]
        conversion = ("c", "won", "deal", "d1", "own", amount, converted_at)
        self.fill("attribution.int_conversions_unioned", [*moments, conversion])
        path = [
            (
                *(t.touchpoint_id, t.channel, t.at, t.is_eligible and not t.is_exposure),
                *(("exposure", SEEN) if t.is_exposure else ("act", "visit")),
            )
            for t in touches
        ]
        own = ("own", "email", converted_at, True, "act", "visit")
        self.fill("touchpoints.int_touchpoints_resolved", [*path, own])
        parts = (model.first, model.last, model.anchor, model.second_anchor, model.others)
        shares = [Decimal(part) / 100 for part in parts]
        ignored = "|".join(model.ignored) or None
        self.fill("rules.attribution_models", [(model.half_life, *shares, ignored)])
        self.fill("rules.attribution_lookbacks", [(model.lookback,)])
        weights = [
            (name, *((name, None) if name == SEEN else (None, name)), Decimal(weight) / 100)
            for name, weight in model.weights
        ]
        self.fill("rules.attribution_weights", weights)
        self.rebuild()
        return self.connection.execute(
            "select touchpoint_id, credit, credited_amount "
            "from warehouse.attribution.int_credits_weighted order by touchpoint_id"
        ).fetchall()

    def rebuild(self) -> None:
        """Builds the models of CHAIN anew from what the tables hold."""
        for statement in self.statements:
            self.connection.execute(statement)

    def fill(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """Puts rows into an emptied table: values of its first columns, in their order."""
        self.connection.execute(f"delete from warehouse.{table}")
        if not rows:
            return
        columns = [column.split()[0] for column in INPUTS[table].split(", ")[: len(rows[0])]]
        marks = ", ".join("?" * len(rows[0]))
        self.connection.executemany(
            f"insert into warehouse.{table} ({', '.join(columns)}) values ({marks})", rows
        )


@contextmanager
def compiled_warehouse(home: Path) -> Iterator[Warehouse]:
    """The models of CHAIN as dbt compiles them; raises BuildError when it cannot."""
    nodes = compiled_models(home, *CHAIN)
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        for table, columns in INPUTS.items():
            connection.execute(f"create schema if not exists warehouse.{table.split('.')[0]}")
            connection.execute(f"create table warehouse.{table} ({columns})")
        yield Warehouse(connection, tuple(table_anew(nodes[name]) for name in CHAIN))
