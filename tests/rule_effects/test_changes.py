"""Which rule rows differ, which of them belong together, and how that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rule_effects.changes import (
    Row,
    RowChange,
    changes_between,
    units_of,
    with_changes,
)
from orchestration.lib.rule_effects.keeping import keep_rules, kept_rules, rules_at, rules_now
from orchestration.lib.rules.tables import Reference, RuleTable
from orchestration.lib.settings import Settings

TYPES = {"rule_id": "varchar", "clause": "bigint", "stage": "varchar", "note": "varchar"}
STAGES = RuleTable(name="stages", path=Path(), types={"stage": "varchar"}, key=("stage",))
RULES = RuleTable(
    name="rules",
    path=Path(),
    types=TYPES,
    key=("rule_id", "clause"),
    references=(Reference(column="stage", table="stages", field="stage"),),
)
TABLES = {"stages": STAGES, "rules": RULES}


def rule(rule_id: str, clause: str = "1", stage: str = "aware", note: str | None = None) -> Row:
    return {"rule_id": rule_id, "clause": clause, "stage": stage, "note": note}


def between(before: list[Row], after: list[Row]) -> list[RowChange]:
    return changes_between({"rules": before}, {"rules": after}, TABLES)


def test_order_and_empty_cells_are_no_change() -> None:
    assert between([rule("a"), rule("b")], [rule("b"), {**rule("a"), "note": None}]) == []
    assert between([rule("a")], [{"rule_id": "a", "clause": "1", "stage": "aware"}]) == []


def test_rows_are_added_removed_and_changed() -> None:
    found = between([rule("a"), rule("b")], [rule("b", stage="keen"), rule("c")])
    assert [(change.row_id, change.kind) for change in found] == [
        ("a", "removed"),
        ("b", "changed"),
        ("c", "added"),
    ]
    assert [change.told for change in found] == [
        "stage: aware",
        "stage: aware → keen",
        "stage: aware",
    ]


def test_a_remark_is_told_where_nothing_else_changed() -> None:
    (remark,) = between([rule("a")], [rule("a", note="why")])
    assert remark.told == "note: empty → why"
    (both,) = between([rule("a")], [rule("a", stage="keen", note="why")])
    assert both.told == "stage: aware → keen"


def test_clauses_of_a_rule_and_rows_that_name_each_other_are_one_unit() -> None:
    before = {"stages": [{"stage": "aware"}], "rules": [rule("a", "1"), rule("a", "2"), rule("z")]}
    after = {
        "stages": [{"stage": "aware"}, {"stage": "new"}],
        "rules": [
            rule("a", "1", "keen"),
            rule("a", "2", "keen"),
            rule("z", stage="keen"),
            rule("n", stage="new"),
        ],
    }
    units = units_of(changes_between(before, after, TABLES), TABLES)
    assert [unit.name for unit in units] == ["rules · a", "rules · n; stages · new", "rules · z"]
    assert units[1].tables == {"rules", "stages"}


def test_all_changes_made_give_the_other_rules() -> None:
    before = {"stages": [], "rules": [rule("a"), rule("b")]}
    after = {"stages": [{"stage": "new"}], "rules": [rule("b", stage="keen"), rule("c")]}
    changes = changes_between(before, after, TABLES)
    made = with_changes(before, changes, TABLES)
    assert changes_between(made, after, TABLES) == []
    assert changes_between(with_changes(before, [], TABLES), before, TABLES) == []


def test_kept_rules_are_what_held_then(settings: Settings) -> None:
    first = keep_rules(settings)
    assert keep_rules(settings) == first
    (settings.rules / "channels.csv").write_text("channel,name,is_active\nforum,Forum,true\n")
    second = keep_rules(settings)
    assert second != first
    assert kept_rules(settings, second) == rules_now(settings)
    assert not any(row["channel"] == "forum" for row in kept_rules(settings, first)["channels"])


def test_damaged_or_missing_kept_rules_are_said(settings: Settings) -> None:
    rules_id = keep_rules(settings)
    file = settings.state / "rules" / f"{rules_id}.json.gz"
    file.write_bytes(file.read_bytes()[:100])
    for name in (rules_id, "0000"):
        with pytest.raises(TouchlineError, match="cannot be read"):
            kept_rules(settings, name)


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=stolen", "", "a b", "HEAD\0"])
def test_a_revision_that_git_does_not_know_is_said(settings: Settings, revision: str) -> None:
    with pytest.raises(TouchlineError, match="git cannot give the rules"):
        rules_at(settings, revision)
    assert not Path("stolen").exists()


def test_rules_of_a_revision_have_the_own_rows_on_top(settings: Settings) -> None:
    (settings.rules / "channels.csv").write_text("channel,name,is_active\nforum,Forum,true\n")
    found = rules_at(settings, "HEAD")
    assert any(row["channel"] == "forum" for row in found["channels"])
    assert len(found["channels"]) > 20
