"""Rule rows: shipped rows are sound, own rows override by id, every bad row is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.rules import (
    RulesError,
    RuleTable,
    check_rules,
    effective_rows,
    require_sound_rules,
    rule_tables,
)
from orchestration.lib.rules import checks as checking
from orchestration.lib.rules.tables import DerivedAttributes, Reference
from orchestration.lib.settings import Settings

CLAUSE_TYPES = {
    "rule_id": "varchar",
    "clause": "bigint",
    "attribute": "varchar",
    "operator": "varchar",
    "value_text": "varchar",
    "value_number": "decimal(18, 6)",
    "value_date": "date",
    "result": "varchar",
    "is_active": "boolean",
}
SHIPPED = """rule_id,clause,attribute,operator,value_text,value_number,value_date,result,is_active
big,1,employee_count,at_least,,500,,enterprise,true
big,2,country,in,DE|FR,,,enterprise,true
small,1,employee_count,less_than,,50,,starter,true
"""


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RuleTable:
    """A small clause table and the list its results refer to, in place of the shipped ones."""
    shipped = tmp_path / "size_rules.csv"
    shipped.write_text(SHIPPED)
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("size,is_active\nenterprise,true\nstarter,true\n")
    table = RuleTable(
        name="size_rules",
        path=shipped,
        types=CLAUSE_TYPES,
        key=("rule_id", "clause"),
        references=(Reference(column="result", table="sizes", field="size"),),
        attributes=frozenset({"employee_count", "country"}),
    )
    listed = RuleTable(
        name="sizes",
        path=sizes,
        types={"size": "varchar", "is_active": "boolean"},
        key=("size",),
    )
    monkeypatch.setattr(checking, "rule_tables", lambda: {"size_rules": table, "sizes": listed})
    return table


def own(settings: Settings, text: str, name: str = "size_rules") -> None:
    (settings.rules / f"{name}.csv").write_text(text)


def test_shipped_rows_are_sound(settings: Settings) -> None:
    assert rule_tables()
    assert [str(problem) for problem in check_rules(settings)] == []


def test_every_rule_file_is_declared() -> None:
    tables = rule_tables()
    undeclared = {
        path.name for path in next(iter(tables.values())).path.parents[1].rglob("*.csv")
    } - {table.path.name for table in tables.values()}
    assert undeclared == set()
    assert [table.name for table in tables.values() if not table.path.exists()] == []


def test_own_row_replaces_all_clauses_of_its_id(settings: Settings, table: RuleTable) -> None:
    own(settings, "rule_id,clause,attribute,operator,value_number,result,is_active\n"
                  "big,1,employee_count,at_least,900,enterprise,true\n")  # fmt: skip
    held = {
        (row.values["rule_id"], row.values["value_number"])
        for row in effective_rows(settings, table)
    }
    assert held == {("small", "50"), ("big", "900")}
    assert check_rules(settings) == []


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("x,1,employee_count,at_leats,,5,,starter,true", "operator", "no operator"),
        ("x,1,employees,at_least,,5,,starter,true", "attribute", "no attribute"),
        ("x,1,employee_count,at_least,5,,,starter,true", "operator", "needs exactly one"),
        ("x,1,employee_count,is_missing,5,,,starter,true", "operator", "needs no value"),
        ("x,1,country,matches,(?=de),,,starter,true", "value_text", "no usable pattern"),
        ("x,1,country,matches,[DE],,,starter,true", "value_text", "no usable pattern"),
        ("x,1,employee_count,at_least,,many,,starter,true", "value_number", "is no number"),
        ("x,1,country,before,,,31.12.2025,starter,true", "value_date", "is no date"),
        ("x,one,country,is,DE,,,starter,true", "clause", "no whole number"),
        ("x,1,country,is,DE,,,starter,yes", "is_active", "true or false"),
        ("x,1,country,is,DE,,,starter,", "is_active", "empty"),
        (",1,country,is,DE,,,starter,true", "rule_id", "empty"),
        ("x,1,country,is,DE,,,huge,true", "result", "not in sizes"),
    ],
)
def test_bad_row_is_named(
    settings: Settings, table: RuleTable, row: str, column: str, what: str
) -> None:
    own(settings, SHIPPED.splitlines()[0] + "\n" + row + "\n")
    problems = check_rules(settings)
    assert [(problem.column, problem.line) for problem in problems] == [(column, 2)]
    assert what in problems[0].what
    assert problems[0].file == settings.rules / "size_rules.csv"
    with pytest.raises(RulesError, match="Row"):
        require_sound_rules(settings)


def test_repeated_key_and_unknown_column_and_unknown_file(
    settings: Settings, table: RuleTable
) -> None:
    header = SHIPPED.splitlines()[0]
    own(settings, f"{header}\nx,1,country,is,DE,,,starter,true\nx,1,country,is,FR,,,starter,true\n")
    assert {problem.what for problem in check_rules(settings)} == {"The key is not unique."}
    own(settings, f"{header},colour\nx,1,country,is,DE,,,starter,true,red\n")
    assert [problem.column for problem in check_rules(settings)] == ["colour"]
    own(settings, SHIPPED)
    own(settings, "a\n1\n", name="size_rulez")
    assert [problem.what for problem in check_rules(settings)] == ["No rule table has this name."]


def test_unreadable_file_is_one_clear_error(settings: Settings, table: RuleTable) -> None:
    (settings.rules / "size_rules.csv").write_bytes("rule_id\nÄ".encode("utf-16"))
    with pytest.raises(TouchlineError, match="cannot be read"):
        check_rules(settings)
    own(settings, "rule_id,clause\na,1,too many\n")
    with pytest.raises(TouchlineError, match="more cells"):
        check_rules(settings)


@pytest.fixture
def own_attributes(table: RuleTable, monkeypatch: pytest.MonkeyPatch) -> RuleTable:
    """The clause table again, which may also ask for what rows of two other tables make."""
    folder = table.path.parent
    (folder / "custom_attributes.csv").write_text(
        "custom_id,entity,attribute,value_type,is_active\n"
        "tier,account,contract_tier,text,true\n"
        "colour,person,favourite_colour,text,true\n"
        "old,account,old_tier,text,false\n"
    )
    (folder / "moments.csv").write_text("moment_id,moment,is_active\nhello,greeted,true\n")
    custom = RuleTable(
        name="custom_attributes",
        path=folder / "custom_attributes.csv",
        types=dict.fromkeys(("custom_id", "entity", "attribute", "value_type"), "varchar")
        | {"is_active": "boolean"},
        key=("custom_id",),
        choices={"entity": ("account", "person"), "value_type": ("text", "number")},
    )
    moments = RuleTable(
        name="moments",
        path=folder / "moments.csv",
        types={"moment_id": "varchar", "moment": "varchar", "is_active": "boolean"},
        key=("moment_id",),
    )
    asking = RuleTable(
        name=table.name,
        path=table.path,
        types=table.types,
        key=table.key,
        attributes=table.attributes,
        custom_entities=("account",),
        derived_attributes=(
            DerivedAttributes(table="moments", field="moment", prefixes=("days_since_",)),
        ),
    )
    tables = {"size_rules": asking, "custom_attributes": custom, "moments": moments}
    monkeypatch.setattr(checking, "rule_tables", lambda: tables)
    return asking


@pytest.mark.parametrize(
    ("attribute", "is_known"),
    [
        ("contract_tier", True),
        ("days_since_greeted", True),
        ("favourite_colour", False),
        ("old_tier", False),
        ("days_since_ignored", False),
    ],
)
def test_rows_make_attributes(
    settings: Settings, own_attributes: RuleTable, attribute: str, is_known: bool
) -> None:
    own(settings, f"{SHIPPED.splitlines()[0]}\nx,1,{attribute},is_present,,,,starter,true\n")
    assert [problem.column for problem in check_rules(settings)] == ["attribute"] * (not is_known)


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("x,account,country,text,true", "attribute", "has an attribute of this name"),
        ("x,company,region,text,true", "entity", "'company' is not known here"),
        ("x,account,region,money,true", "value_type", "'money' is not known here"),
    ],
)
def test_bad_own_attribute_is_named(
    settings: Settings, own_attributes: RuleTable, row: str, column: str, what: str
) -> None:
    own(
        settings,
        f"custom_id,entity,attribute,value_type,is_active\n{row}\n",
        name="custom_attributes",
    )
    problems = check_rules(settings)
    assert [(problem.column, problem.row_id) for problem in problems] == [(column, "x")]
    assert what in problems[0].what
