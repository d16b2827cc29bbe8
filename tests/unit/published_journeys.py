"""A published file with one company's journey, for tests of pictures and explanations."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.home import prepare_home
from orchestration.lib.publishing.versions import switch, version_path
from orchestration.lib.settings import Settings

RUN_ID = "20260701T000000000000Z"
CONTENT = """
create schema marts; create schema activation; create schema observability;
create table observability.publication as
    select timestamp '2026-07-01' as as_of, 'EUR' as reporting_currency;
create table marts.dim_accounts as
    select 'a1' as account_id, '<b>Bright & Co</b>' as name, 'company' as account_type,
        'b2b' as motion, 'bright-demo.com' as domain, 'retention' as current_stage;
create table marts.dim_persons as
    select 'p' || i as person_id, 'a1' as account_id, 'Ana ' || i as first_name,
        'Weiß' as last_name, 'ana' || i || '@bright-demo.com' as email, 'CTO' as title,
        null as seniority, i = 1 as may_be_mailed
    from range(1, 16) as numbers (i);
create table marts.fct_journeys as
    select 'j1' as journey_id, 'a1' as account_id, 'acquisition' as journey_type,
        timestamp '2026-01-01' as opened_at, timestamp '2026-06-01' as closed_at,
        'won' as outcome, 151.0 as days, 16 as touchpoint_count, 2 as channel_count,
        15 as person_count, 1000.00 as amount;
create table marts.fct_touchpoints as
    select 't' || i as touchpoint_id,
        timestamp '2026-01-01' + to_days((case when i > 8 then 40 + i else i end)::integer)
            as occurred_at,
        'p' || (1 + i % 15) as person_id, 'a1' as account_id, 'web_session' as touchpoint_type,
        'visited' as action, case when i % 2 = 0 then 'paid_search' else 'email' end as channel,
        'inbound' as direction, 'activity' as kind, 1 as quantity, null as campaign_id,
        '/pricing' as content, 'awareness' as stage_at_touch, i as journey_position,
        false as is_bot, 's1' as session_id
    from range(0, 16) as numbers (i);
create table marts.fct_sessions as
    select 's1' as session_id, 'paid_search' as channel, 'paid_search_by_gclid' as channel_rule_id;
create table marts.dim_stages as select 'awareness' as stage, 1 as rank;
create table marts.fct_stage_transitions as
    select 'x1' as transition_id, 'a1' as account_id, 'awareness' as stage,
        timestamp '2026-01-01' as entered_at, null::timestamp as exited_at,
        'awareness_b2b' as rule_id, 1 as rule_version, 'touchpoint' as evidence_type,
        't0' as evidence_id;
create table marts.fct_conversions as
    select 'c1' as conversion_id, 'a1' as account_id, 'won' as conversion_type,
        timestamp '2026-06-01' as occurred_at, 1000.00 as amount, 'won' as rule_id;
create table activation.rpt_segment_waterfall as
    select 'case_study' as segment_id, 'email_tool' as destination, 'matched' as step,
        'reached' as reason, 3 as "count", 'marketing' as purpose, 'email' as channel,
        'b2b' as motion, '["case_fit|1|stage|in|consideration|decision",'
        || '"case_fit|2|icp_tier|is|a","case_fit|3|content_read_30d|is_not|case_study"]' as clauses;
create table activation.rpt_sync_runs as
    select 'case_study' as segment_id, 'email_tool' as destination, 'applied' as status,
        timestamp '2026-06-30 04:00' as planned_at, 3 as wanted_count, 2 as added_count,
        1 as rejected_count;
create table activation.fct_segment_evidence as
    select *, '{}' as stays_until from (values
        ('p1', 'b2b', '{"icp_tier":"[\\"a\\"]","stage":"[\\"decision\\"]"}',
            '["case_fit|1","case_fit|2"]', '{"case_study":"exported"}', '{"case_study":""}'),
        ('p2', 'b2b', '{"icp_tier":"[\\"a\\"]","stage":"[\\"decision\\"]"}',
            '["case_fit|1","case_fit|2"]', '{"case_study":"unsubscribed_purpose"}',
            '{"case_study":""}'),
        ('p3', 'b2b', '{"icp_tier":"[\\"b\\"]","stage":"[\\"decision\\"]"}', '["case_fit|1"]',
            '{}', '{}'),
        ('p4', 'b2b', '{"icp_tier":"[\\"a\\"]","stage":"[\\"decision\\"]"}',
            '["case_fit|1","case_fit|2"]', '{"case_study":"outranked","welcome":"exported"}',
            '{"case_study":"welcome","welcome":""}'),
        ('p5', 'b2b', '{"content_read_30d":"[\\"case_study\\"]","icp_tier":"[\\"a\\"]"}',
            '["case_fit|2","case_fit|3"]', '{}', '{}'),
        ('p6', 'b2c', '{"icp_tier":"[\\"a\\"]","stage":"[\\"decision\\"]"}',
            '["case_fit|1","case_fit|2"]', '{}', '{}')
    ) as people (person_id, motion, values_seen, clauses_met, segments, outranked_by);
create table activation.sync_segment_members as
    select 'case_study' as segment_id, 'email_tool' as destination, 'p1' as person_id,
        'ana1@bright-demo.com' as email, timestamp '2026-06-01' as entered_at,
        'case_fit' as rule_id;
create table activation.fct_send_eligibility as
    select 'p' || i as person_id, 'marketing' as purpose, 'email' as channel,
        i <> 2 as is_eligible, case when i = 2 then 'unsubscribed_purpose' end as reason,
        case when i = 2 then '["frequency_cap","unsubscribed_purpose"]' else '[]' end
            as all_reasons, 'opt_in' as accepted_basis, 'opt_in_confirmed' as rule_id
    from range(1, 7) as numbers (i)
    where i <> 3;
"""


def published_home(home: Path) -> Settings:
    """Settings of a home whose readers see the journey."""
    settings = Settings(home=home)
    prepare_home(settings, say=lambda message: None)
    with duckdb.connect(str(version_path(settings, RUN_ID))) as connection:
        connection.execute(CONTENT)
    switch(settings, RUN_ID)
    return settings
