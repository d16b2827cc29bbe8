"""The text of a comparison: short whatever was changed, and safe inside a table."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.lib.rule_effects.basing import Base
from orchestration.lib.rule_effects.changes import RowChange, Unit
from orchestration.lib.rule_effects.counting import MartMoves, MoneyMove
from orchestration.lib.rule_effects.details import MartDetail, Transition
from orchestration.lib.rule_effects.diffing import Overlap, RuleDiff, UnitMoves
from orchestration.lib.rule_effects.telling import LONGEST, as_markdown
from orchestration.lib.rule_effects.trials import Moves
from orchestration.lib.rule_effects.wording import Example

BASE = Base(
    told="main",
    rules={},
    published=Path(),
    run_id="r",
    as_of=datetime(2026, 7, 1, tzinfo=UTC),
    rebuilt_because="files were landed since",
)
MARTS = ("marts.fct_sessions", "marts.fct_attribution", "marts.dim_dates", "marts.rpt_funnel")


def change(number: int, value: str = "b") -> RowChange:
    return RowChange(
        table="channel_rules",
        row_id=f"rule_{number}",
        key=(f"rule_{number}", "1"),
        kind="changed",
        before={"result": "a"},
        after={"result": value},
    )


def moved(mart: str) -> MartDetail:
    moves = MartMoves(
        mart=mart,
        rows_before=9,
        rows_after=9,
        added=0,
        removed=0,
        changed=1200,
        columns={"channel": 1200},
        money=(
            MoneyMove(
                column="credited_amount", within="u", risen=Decimal("10"), fallen=Decimal("2.5")
            ),
        ),
        accounts=3,
        persons=1,
    )
    one = Transition(column="channel", before="a|b", after=None, rows=1200, kind="changed")
    example = Example(label="x|y", told="channel `a` → b")
    return MartDetail(moves=moves, transitions=(one,), examples=(example,) * 10)


def told(units: int, *, rows: int = 1) -> RuleDiff:
    moves = Moves(accounts=3, persons=1, marts=tuple(moved(mart) for mart in MARTS))
    changes = [[change(100 * unit + row) for row in range(rows)] for unit in range(units)]
    return RuleDiff(
        base=BASE,
        changes=tuple(one for group in changes for one in group),
        units=tuple(UnitMoves(unit=Unit(changes=tuple(group)), alone=moves) for group in changes),
        total=moves,
        overlaps=(Overlap(mart=MARTS[0], shared=4, joint=3, undone=0),),
        models=5,
    )


@pytest.mark.parametrize(("units", "rows"), [(1, 1), (1, 90), (4, 3), (9, 2), (60, 1)])
def test_it_fits_a_pull_request(units: int, rows: int) -> None:
    text = as_markdown(told(units, rows=rows))
    assert text.count("\n") <= LONGEST
    assert "**3 accounts, 1 person; 1,200 sessions, 1,200 credits, 1,200 report rows.**" in text
    assert "moved by several changes, not to be told apart 4; moved only by several" in text
    assert "Both sides were built, because files were landed since." in text


def test_it_is_all_there_when_asked_for() -> None:
    text = as_markdown(told(9, rows=2), in_full=True)
    assert text.count("result: a → b") == 18
    assert text.count("| marts.dim_dates |") == 9
    assert text.count("x\\|y: channel 'a' → b") == 9 * len(MARTS) * 10


def test_a_table_keeps_its_columns() -> None:
    text = as_markdown(told(1))
    rows = [line for line in text.splitlines() if line.startswith("| marts.fct_sessions")]
    examples = ", ".join(["x\\|y"] * 10)
    assert rows == [
        "| marts.fct_sessions | 0 | 0 | 1,200 | channel a\\|b → empty (1,200) "
        f"| credited_amount +10.00 −2.50 (u) | {examples} |"
    ]


def test_amounts_end_the_text() -> None:
    assert "Amounts: marts.fct_sessions credited_amount +10.00 −2.50 (u);" in as_markdown(told(2))


def test_what_could_not_be_built_alone_is_said() -> None:
    diff = told(2)
    units = (UnitMoves(unit=diff.units[0].unit, alone=None), diff.units[1])
    text = as_markdown(RuleDiff(base=BASE, changes=diff.changes, units=units, total=diff.total))
    assert "Cannot be built without the other changes" in text
