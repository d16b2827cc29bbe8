"""Law 6: stage intervals of an account never gap and never overlap after the first entry.

Random signals go through the real models. Broken, for example, by leaving out `moves_after = 1` in
int_stage_intervals_built (two stays at one instant), `last_way_out > same_way_before` in
int_stage_moves_possible (an account stays down), or the second half of the order in next_moves.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.building import build
from orchestration.lib.settings import Settings
from tests.laws.stage_play import Signal, Stay, play

SIGNALS = {
    "b2b": "activity activity sign_of_life meeting demo_request lead_magnet engaged_session "
    "buying_page_view opportunity_opened opportunity_lost opportunity_won purchase complaint",
    "b2c": "activity activity arrival engaged_session product_view cart cart chat purchase "
    "purchase_delivered purchase_undated advocacy_act complaint",
}
MODELS = [
    "stage_definitions",
    "stage_rules",
    "stage_movement_rules",
    "int_stage_ladder_ranked",
    "int_stage_rules_matched",
    "int_stage_exits_listed",
    "int_stage_steps_ordered",
    "int_stage_moves_listed",
    "int_stage_moves_possible",
    "int_stage_moves_played",
    "int_stage_entries_collapsed",
    "int_stage_intervals_built",
]
ACCOUNTS = 300
BEGIN = datetime(2025, 1, 1)


@pytest.fixture(scope="module")
def worlds() -> dict[str, tuple[str, list[Signal]]]:
    """Account to its motion and random signals; many fall on one instant."""
    draw = random.Random(6)
    made = {}
    for number in range(ACCOUNTS):
        motion = draw.choice(sorted(SIGNALS))
        span = draw.choice([20, 200, 900])
        made[f"account_{number:03}"] = (motion, [*_signals(draw, motion, span)])
    return made


@pytest.fixture(scope="module")
def stays(
    worlds: dict[str, tuple[str, list[Signal]]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[Stay, datetime | None]]]:
    """Account to its stays and their ends, by the real models."""
    settings = Settings(home=tmp_path_factory.mktemp("law_06"))
    _stand_in(settings.warehouse, worlds)
    as_of = datetime(2028, 1, 1, tzinfo=UTC)
    build(settings, as_of=as_of, select=MODELS, data_tests=False).raise_for_failures()
    with duckdb.connect(str(settings.warehouse)) as connection:
        rows = connection.execute(
            "select account_id, stage, entered_at, rule_id, evidence_id, exited_at "
            "from stages.int_stage_intervals_built order by account_id, entered_at"
        ).fetchall()
    found = defaultdict(list)
    for account, *stay, exited_at in rows:
        found[account].append((Stay(*stay), exited_at))
    return found


@pytest.mark.slow
def test_intervals_follow_each_other(stays: dict[str, list[tuple[Stay, datetime | None]]]) -> None:
    assert len(stays) > ACCOUNTS * 0.8
    for account, intervals in stays.items():
        entered = [stay.entered_at for stay, _ in intervals]
        assert entered == sorted(set(entered)), account
        assert [end for _, end in intervals] == [*entered[1:], None], account


@pytest.mark.slow
def test_models_equal_a_plain_reading_of_the_rules(
    worlds: dict[str, tuple[str, list[Signal]]],
    stays: dict[str, list[tuple[Stay, datetime | None]]],
) -> None:
    for account, (motion, signals) in worlds.items():
        assert [stay for stay, _ in stays.get(account, [])] == play(signals, motion=motion), account


def _signals(draw: random.Random, motion: str, span: int) -> Iterator[Signal]:
    """Random signals of one account within `span` days; deals and orders share their evidence."""
    names = SIGNALS[motion].split()
    for number in range(draw.randint(0, 40)):
        name = draw.choice(names)
        at = BEGIN + timedelta(days=draw.randint(0, span), hours=draw.choice([0, 0, 9, 17]))
        shared = name.startswith(("opportunity", "purchase"))
        evidence = f"object_{draw.randint(1, 3)}_{name}" if not shared else ""
        yield Signal(
            at,
            "deal" if shared else "touchpoint",
            f"deal_{draw.randint(1, 4)}" if shared else f"{evidence}_{number}",
            name,
            draw.choice(["ann", "bob", "cem", None]),
        )


def _stand_in(warehouse: Path, worlds: dict[str, tuple[str, list[Signal]]]) -> None:
    """The two relations the stage models read, in place of the models that make them."""
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema identity")
        connection.execute("create schema stages")
        connection.execute(
            "create table identity.int_accounts_survived (account_id text, motion text)"
        )
        connection.execute(
            "create table stages.int_stage_signals_unioned (account_id text, person_id text, "
            "motion text, source_system text, signal text, value decimal(18, 2), "
            "occurred_at timestamp, evidence_type text, evidence_id text)"
        )
        connection.executemany(
            "insert into identity.int_accounts_survived values (?, ?)",
            [(account, motion) for account, (motion, _) in worlds.items()],
        )
        connection.executemany(
            "insert into stages.int_stage_signals_unioned "
            "values (?, ?, ?, 'files', ?, null, ?, ?, ?)",
            [
                (
                    account,
                    seen.person_id,
                    motion,
                    seen.signal,
                    seen.at,
                    seen.evidence_type,
                    seen.evidence_id,
                )
                for account, (motion, signals) in worlds.items()
                for seen in set(signals)
            ],
        )
