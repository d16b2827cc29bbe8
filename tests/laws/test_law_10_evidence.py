"""Law 10: every derived value names the rule and the evidence behind it.

Broken by: selecting a null rule_id, a rule id that no rule table has, evidence that is no record.
"""

from __future__ import annotations

import json

import pytest

from orchestration.lib.explain.membership import (
    PER_ACCOUNT,
    matching_rules,
    membership,
    read_clauses,
)
from orchestration.lib.rules import effective_rows, rule_tables
from tests.homes import Home

pytestmark = pytest.mark.slow
# mart, column, the rule tables whose ids it holds, which rows must have one
RULES = [
    ("marts.fct_sessions", "channel_rule_id", "channel_rules", "true"),
    ("marts.fct_sessions", "bot_rule_id", "bot_rules", "is_bot"),
    ("marts.fct_touchpoints", "channel_rule_id", "channel_rules touchpoint_types", "true"),
    ("marts.fct_touchpoint_records", "collapse_rule_id", "collapse_rules", "false"),
    ("marts.dim_campaigns", "channel_rule_id", "channel_rules touchpoint_types", "false"),
    ("marts.dim_identifiers", "blocked_rule_id", "blocked_values identity_rules", "is_blocked"),
    ("marts.fct_account_matches", "rule_id", "account_match_rules", "match_status = 'matched'"),
    ("marts.fct_stage_transitions", "rule_id", "stage_rules stage_movement_rules", "true"),
    ("marts.fct_person_lifecycle", "rule_id", "lifecycle_rules", "true"),
    ("marts.fct_journeys", "opening_rule_id", "journey_rules", "true"),
    ("marts.fct_journeys", "closing_rule_id", "journey_rules", "closed_at is not null"),
    ("marts.fct_conversions", "rule_id", "conversion_rules", "true"),
    ("marts.fct_icp_assessments", "rule_id", "icp_criteria", "met"),
    ("activation.sync_segment_members", "rule_id", "segment_rules", "stays_until is null"),
    (
        "activation.fct_send_eligibility",
        "rule_id",
        "eligibility_rules consent_rules frequency_rules sunset_rules conflict_rules",
        # where nothing was said there is no rule that accepted it, and none that keeps out of mails
        "(person_id, purpose, replace(channel, 'suppression', 'email')) not in"
        " (select (person_id, purpose, channel)"
        " from activation.fct_send_eligibility where reason = 'no_consent')",
    ),
]
# kind of evidence: where the record of that name lies
EVIDENCE = {
    "touchpoint": ("marts.fct_touchpoints", "touchpoint_id"),
    "opportunity": ("unified.int_opportunities_unified", "source_record_id"),
    "lead": ("unified.int_leads_unified", "source_record_id"),
    "lead_status_change": ("unified.int_lead_status_changes_unified", "source_record_id"),
    "subscription": ("unified.int_billing_subscriptions_unified", "source_record_id"),
    "order_item": ("unified.int_order_items_unified", "source_record_id"),
    "stage": ("marts.fct_stage_transitions", "transition_id"),
}
PROVEN = ("fct_stage_transitions", "fct_person_lifecycle", "fct_conversions")
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


@pytest.mark.parametrize(("mart", "column", "tables", "needed"), RULES)
def test_rule_is_named_and_exists(
    built_home: Home, mart: str, column: str, tables: str, needed: str
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
    known = {
        row.values.get(rule_tables()[table].id_column)
        for table in tables.split()
        for row in effective_rows(built_home.settings, rule_tables()[table])
    }
    assert unnamed == 0
    assert named
    assert named - known == set()


@pytest.mark.parametrize("mart", PROVEN)
def test_evidence_is_a_record_that_exists(built_home: Home, mart: str) -> None:
    with built_home.warehouse() as reader:
        reader.execute(f"attach '{built_home.settings.marts_build}' as built (read_only)")
        kinds = [
            kind
            for (kind,) in reader.execute(
                f"select distinct evidence_type from built.marts.{mart}"
            ).fetchall()
        ]
        missing = {}
        for kind in kinds:
            place, key = EVIDENCE[kind]
            place = f"built.{place}" if place.startswith("marts.") else place
            (missing[kind],) = reader.execute(
                f"select count(*) from built.marts.{mart} where evidence_type = ? "
                f"and coalesce(evidence_id, '') not in (select {key} from {place})",
                [kind],
            ).fetchone()
    assert len(missing) > 1
    assert missing == dict.fromkeys(kinds, 0)


@pytest.mark.parametrize("mart", PROVEN)
def test_evidence_is_a_touchpoint_of_its_own_account(built_home: Home, mart: str) -> None:
    with built_home.marts() as marts:
        (strangers,) = marts.execute(
            f"""
            select count(*)
            from marts.{mart} as derived
            inner join marts.fct_touchpoints as touchpoints
                on derived.evidence_id = touchpoints.touchpoint_id
            where derived.evidence_type = 'touchpoint'
                and touchpoints.account_id is distinct from derived.account_id
            """
        ).fetchone()
    assert strangers == 0


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


def test_clauses_told_of_a_person_hold_for_exactly_the_rules_that_matched(built_home: Home) -> None:
    with built_home.marts() as marts:
        segments = marts.execute(
            "select distinct segment_id, clauses, coalesce(motion, ''), entity "
            "from activation.rpt_segment_waterfall"
        ).fetchall()
        accounts = dict(
            marts.execute("select person_id, account_id from marts.dim_persons").fetchall()
        )
        people = marts.execute(
            "select person_id, coalesce(motion, ''), values_seen, clauses_met, segments "
            "from activation.fct_segment_evidence"
        ).fetchall()
    told = {
        (person_id, segment_id)
        for person_id, motion, seen, met, _ in people
        for segment_id, clauses, wanted, _ in segments
        if "" in (wanted, motion) or wanted == motion
        if matching_rules(
            read_clauses(clauses, {"values_seen": seen, "clauses_met": met, "motion": motion})
        )
    }
    matched = {
        (person_id, segment_id) for person_id, *_, own in people for segment_id in json.loads(own)
    }
    per_account = {segment_id for segment_id, *_, entity in segments if entity == PER_ACCOUNT}
    there = {(accounts[person_id], segment_id) for person_id, segment_id in matched}
    another = {
        (person_id, segment_id)
        for person_id, segment_id in told - matched
        if segment_id in per_account and (accounts[person_id], segment_id) in there
    }
    assert told - another == matched
    assert len(matched) > 100
    person_id, segment_id = min(another)
    with built_home.marts() as marts:
        story = membership(marts, segment_id, person_id)
    assert "one person per account, and has another" in story.summary["why not"]
