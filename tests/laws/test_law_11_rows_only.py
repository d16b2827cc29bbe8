"""Law 11: a stage, a criterion, a KPI, a channel rule, a segment are rows of `<home>/rules` alone.

Broken by: a literal list of stages, channels, criteria, KPIs or segments in a model or in Python.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.rules import check_rules
from tests.homes import Home

pytestmark = pytest.mark.slow
OWN_RULES = {
    "stage_definitions": (
        "stage,rank,is_outside,meaning,is_active,rule_version\n"
        "evaluation,25,false,Somebody wrote or talked to us.,true,1\n"
    ),
    "stage_rules": (
        "rule_id,stage,signal,count_of,min_count,delay_days,priority,is_active,rule_version\n"
        "evaluation_any,evaluation,form_submitted,signals,1,0,5,true,1\n"
    ),
    "icp_criteria": (
        "rule_id,criterion_id,clause,attribute,operator,value_text,points,is_exclusion,priority,"
        "motion,is_active,rule_version\n"
        "com_address,has_com_address,1,domain,ends_with,.com,30,false,10,b2b,true,1\n"
        "stated_tier,has_contract,1,tier_in_crm,is_present,,40,false,10,b2b,true,1\n"
    ),
    "custom_attributes": (
        "custom_id,system,source_table,source_column,entity,attribute,value_type,is_active,"
        "rule_version\n"
        "tier_in_crm,files,accounts,CONTRACT_TIER__C,account,tier_in_crm,text,true,1\n"
        "colour_in_crm,,contacts,favourite_colour__c,person,colour_in_crm,text,true,1\n"
    ),
    "moment_rules": (
        "rule_id,moment,touchpoint_type,is_ended_by,is_active,rule_version\n"
        "visited,visited,session,false,true,1\n"
    ),
    "kpi_definitions": (
        "kpi_id,touchpoint,goal,numerator_measure,denominator_measure,starts_from,unit,"
        "is_higher_better,scope_type,period_type,is_active,rule_version\n"
        "sales_per_visit,website,conversion,order_conversions,sessions,denominator,orders,"
        "true,all,month,true,1\n"
    ),
    "kpi_targets": (
        "target_id,kpi_id,target,owner,is_active,rule_version\n"
        "sales_per_visit,sales_per_visit,0.02,Shop,true,1\n"
    ),
    "channels": (
        "channel,name,is_direct,is_paid,is_active,rule_version\nforum,Forum,false,false,true,1\n"
    ),
    "channel_rules": (
        "rule_id,scope,clause,attribute,operator,result,priority,is_active,rule_version\n"
        "everything_else,landing,1,source,is_present,forum,1,true,1\n"
    ),
    "segment_definitions": (
        "segment_id,name,purpose,channel,destination,destination_kind,priority,owner,stage,"
        "call_to_action,is_exclusive,is_active,rule_version\n"
        "all_known,Everybody,marketing,email,print_shop,file,99,Marketing,,Read,false,true,1\n"
        "own_fields,Blue,marketing,email,paint_shop,file,99,Marketing,,Paint,false,true,1\n"
    ),
    "segment_rules": (
        "rule_id,scope,clause,attribute,operator,result,priority,is_active,rule_version\n"
        "all_known,segment,1,days_since_act,is_present,all_known,1,true,1\n"
        "own_fields,segment,1,colour_in_crm,is_present,own_fields,1,true,1\n"
        "own_fields,segment,2,days_since_visited,is_present,own_fields,1,true,1\n"
    ),
}
QUESTIONS = {
    "stage": "select count(*) from marts.fct_stage_transitions where stage = 'evaluation'",
    "stage in the dimension": "select count(*) from marts.dim_stages where stage = 'evaluation'",
    "criterion": "select count(*) from marts.fct_icp_assessments "
    "where criterion_id = 'has_com_address' and points = 30",
    "criterion over an own field": "select count(*) from marts.fct_icp_assessments "
    "where criterion_id = 'has_contract' and points = 40",
    "own field on the identity card": "select count(*) from marts.dim_persons "
    "where custom_attributes like '%colour_in_crm%'",
    "segment over an own field and an own moment": "select count(*) from "
    "activation.rpt_segment_waterfall where segment_id = 'own_fields' and count > 0",
    "kpi": "select count(*) from marts.fct_touchpoint_kpis "
    "where kpi_id = 'sales_per_visit' and target = 0.02 and attainment is not null",
    "channel": "select count(*) from marts.fct_sessions "
    "where channel = 'forum' and channel_rule_id = 'everything_else'",
    "channel of touchpoints": "select count(*) from marts.fct_touchpoints where channel = 'forum'",
    "segment": "select count(*) from activation.sync_segment_members "
    "where segment_id = 'all_known' and destination = 'print_shop'",
    "segment's waterfall": "select count(*) from activation.rpt_segment_waterfall "
    "where segment_id = 'all_known'",
}


@pytest.fixture(scope="module")
def ruled_home(built_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small world built once more with the own rows."""
    home = built_home.copy_to(tmp_path_factory.mktemp("rules") / "home")
    home.add_rules(OWN_RULES)
    assert [str(problem) for problem in check_rules(home.settings)] == []
    home.build()
    return home


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_alone_add_it(built_home: Home, ruled_home: Home, question: str) -> None:
    with ruled_home.marts() as marts:
        (with_rows,) = marts.execute(QUESTIONS[question]).fetchone()
    with built_home.marts() as marts:
        (without,) = marts.execute(QUESTIONS[question]).fetchone()
    assert (with_rows > 0, without) == (True, 0)


def test_shipped_rows_still_hold(built_home: Home, ruled_home: Home, tmp_path: Path) -> None:
    counts = "select rule_id, count(*) from marts.fct_conversions group by 1 order by 1"
    with built_home.marts() as before, ruled_home.marts() as after:
        assert before.execute(counts).fetchall() == after.execute(counts).fetchall()
