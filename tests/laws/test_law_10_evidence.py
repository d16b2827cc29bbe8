"""Law 10: every derived value names the rule and the evidence behind it.

Broken by: selecting a null rule_id, a rule id that no rule table has, evidence that is no record.
"""

from __future__ import annotations

import pytest

from orchestration.lib.rules import effective_rows, rule_tables
from tests.homes import Home

pytestmark = pytest.mark.slow
# mart, column, the rule table whose ids it holds, which rows must have one
RULES = [
    ("marts.fct_sessions", "channel_rule_id", "channel_rules", "true"),
    ("marts.fct_sessions", "bot_rule_id", "bot_rules", "is_bot"),
    ("marts.fct_stage_transitions", "rule_id", None, "true"),
    ("marts.fct_conversions", "rule_id", "conversion_rules", "true"),
    ("marts.fct_touchpoint_records", "collapse_rule_id", "collapse_rules", "false"),
]
# a record may belong to a touchpoint by its grain alone only within one table of one system
JOINED_WITHOUT_RULE = """
select count(*)
from marts.fct_touchpoint_records as records
inner join marts.fct_touchpoint_records as leaders
    on records.touchpoint_id = leaders.touchpoint_id and leaders.is_primary
where records.collapse_rule_id is null
    and (records.source_system, records.source_table)
        is distinct from (leaders.source_system, leaders.source_table)
"""


@pytest.mark.parametrize(("mart", "column", "table", "needed"), RULES)
def test_rule_is_named_and_exists(
    built_home: Home, mart: str, column: str, table: str | None, needed: str
) -> None:
    with built_home.marts() as marts:
        (unnamed,) = marts.execute(
            f"select count(*) from {mart} where ({needed}) and {column} is null"
        ).fetchone()
        named = {
            value
            for (value,) in marts.execute(
                f"select distinct {column} from {mart} where {column} is not null"
            ).fetchall()
        }
    tables = [rule_tables()[table]] if table else list(rule_tables().values())
    known = {
        row.values.get(each.id_column)
        for each in tables
        for row in effective_rows(built_home.settings, each)
    }
    assert unnamed == 0
    assert named
    assert named - known == set()


def test_evidence_of_a_transition_is_a_row_of_its_own_account(built_home: Home) -> None:
    with built_home.marts() as marts:
        kinds = dict(
            marts.execute(
                "select evidence_type, count(*) from marts.fct_stage_transitions group by 1"
            ).fetchall()
        )
        (strangers,) = marts.execute(
            """
            select count(*)
            from marts.fct_stage_transitions as transitions
            left join marts.fct_touchpoints as touchpoints
                on transitions.evidence_id = touchpoints.touchpoint_id
            where transitions.evidence_type = 'touchpoint'
                and touchpoints.account_id is distinct from transitions.account_id
            """
        ).fetchone()
        (without,) = marts.execute(
            "select count(*) from marts.fct_stage_transitions "
            "where evidence_type is null or evidence_id is null"
        ).fetchone()
    assert kinds.get("touchpoint", 0) > 0
    assert (strangers, without) == (0, 0)


def test_records_of_two_tables_are_one_touchpoint_by_a_rule_alone(built_home: Home) -> None:
    with built_home.marts() as marts:
        (joined,) = marts.execute(JOINED_WITHOUT_RULE).fetchone()
    assert joined == 0


def test_a_match_and_a_refusal_say_why(built_home: Home) -> None:
    with built_home.marts() as marts:
        (matches,) = marts.execute(
            "select count(*) from marts.fct_account_matches "
            "where match_status = 'matched' and (method is null or evidence is null)"
        ).fetchone()
        (refusals,) = marts.execute(
            "select count(*) from activation.fct_send_eligibility "
            "where not is_eligible and (reason is null or not contains(all_reasons, reason))"
        ).fetchone()
    assert (matches, refusals) == (0, 0)
