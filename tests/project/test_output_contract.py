"""The columns that users of the marts may rely on; a mart may have more, never fewer."""

from __future__ import annotations

import pytest

from tests.project.conftest import Model

CONTRACT = {
    "dim_accounts": """
        account_id account_type motion name domain industry employee_band country owner
        parent_account_id current_stage current_stage_since icp_score icp_tier
        engagement_score person_count engaged_person_count is_single_threaded
        open_opportunity_amount won_amount first_touch_at last_touch_at
    """,
    "dim_persons": """
        person_id account_id is_known email email_status first_name last_name gender
        age_band phone city country language timezone title seniority department persona
        buying_role lifecycle recency_class frequency_class rfm_code order_count
        average_order_amount average_basket_items lifetime_value top_category top_product
        favourite_season preferred_channel preferred_device preferred_social_network
        uses_chat lead_score fit_grade engagement_grade may_be_mailed not_mailed_reason
        first_seen_at last_seen_at
    """,
    "dim_identifiers": """
        identifier_type issuer identifier_value person_id source_system first_seen_at
        last_seen_at joined_by is_blocked blocked_reason
    """,
    "fct_identity_edges": "",
    "fct_person_field_conflicts": "person_id field value other_value rule_id",
    "fct_person_aliases": "old_person_id new_person_id changed_at reason",
    "fct_account_matches": """
        person_id account_id valid_from valid_to match_status method confidence evidence
        is_chosen
    """,
    "fct_person_lifecycle": "person_id entered_at lifecycle rule_id evidence_type evidence_id",
    "dim_campaigns": "campaign_id",
    "dim_stages": "stage rank meaning",
    "dim_dates": "date",
    "dim_attribution_models": "model_id conversion_type lookback_days description",
    "fct_sessions": """
        session_id person_id account_id channel channel_rule_id source medium campaign
        landing_page device started_at ended_at page_views engaged_seconds is_engaged is_bot
        bot_rule_id
    """,
    "fct_touchpoints": """
        touchpoint_id occurred_at account_id person_id source_system touchpoint_type action
        purpose channel direction kind quantity campaign_id content device duration_seconds
        value journey_id journey_position days_since_previous stage_at_touch cost_amount
        is_bot
    """,
    "fct_touchpoint_records": """
        source_system source_table source_record_id touchpoint_id is_primary
        collapse_rule_id
    """,
    "fct_journeys": """
        journey_id account_id journey_type opened_at closed_at outcome days touchpoint_count
        channel_count person_count longest_gap_days first_channel last_channel amount
    """,
    "fct_stage_transitions": """
        transition_id account_id journey_id from_stage stage entered_at exited_at
        days_in_stage rule_id rule_version evidence_type evidence_id is_reentry is_skip
        is_regression
    """,
    "fct_conversions": """
        conversion_id conversion_type account_id person_id journey_id occurred_at amount
        rule_id
    """,
    "fct_attribution": "conversion_id model_id touchpoint_id credit credited_amount",
    "rpt_channel_spend": "channel month spend impressions clicks sessions",
    "rpt_channel_credits": """
        channel month model_id conversion_type credited_conversions credited_amount
    """,
    "rpt_channel_influence": """
        model_id conversion_type channel removal_effect share credited_conversions
        credited_amount last_touch_conversions conversions journeys null_journeys is_refused
        refusal_reason
    """,
    "rpt_campaign_performance": """
        campaign_id month model_id conversion_type spend credited_conversions
        credited_amount roas cost_per_conversion
    """,
    "rpt_ad_performance": """
        campaign_id ad_id month model_id conversion_type spend credited_conversions
        credited_amount roas cost_per_conversion
    """,
    "rpt_channel_performance": """
        channel month model_id conversion_type spend credited_conversions credited_amount
        roas cost_per_conversion payback_months
    """,
    "rpt_reported_sources": "told_channel measured_channel n share accounts won_amount",
    "fct_touchpoint_kpis": """
        kpi_id scope_type scope_id period_type period_start goal numerator denominator value
        target attainment
    """,
    "rpt_email_kpis": """
        message_id variant date campaign_id sent_count delivered_count bounced_hard_count
        bounced_soft_count opened_raw_count opened_machine_count opened_human_count
        clicked_raw_count clicked_machine_count clicked_human_count replied_count
        unsubscribed_count complained_count conversion_count revenue_amount
    """,
    "rpt_event_kpis": "campaign_id month invited_count registered_count attended_count",
    "rpt_social_kpis": "platform content_id month impressions interactions",
    "rpt_list_health": "purpose month joined left_count reachable inactive bounced growth",
    "rpt_page_kpis": "page_path month views sessions entrances exits engaged_seconds",
    "rpt_content_by_stage": """
        content_level content stage touches accounts n lift lift_low lift_high
    """,
    "rpt_benchmarks": """
        metric slice own_n own_median own_p90 published_value published_source published_on
    """,
    "rpt_experiment_results": """
        experiment_id variant metric n value value_low value_high lift is_conclusive
        needed_n
    """,
    "rpt_forecast": """
        opportunity_id owner win_probability expected_amount expected_close reasons
    """,
    "rpt_forecast_months": "period scope_type scope_value expected_amount won_amount target",
    "rpt_stalled_accounts": """
        account_id owner amount call_person_id days_silent usual_gap_days stage_overstay
        suggested_play call_rank why
    """,
    "rpt_waterfall": """
        cohort_month slice_type slice_value step rate rate_low rate_high median_days is_mature
    """,
    "rpt_pipeline_velocity": "quarter slice_type slice_value win_rate amount_per_day",
    "rpt_forecast_backtest": "slice_type slice_value predicted_share won_share brier_score",
    "rpt_funnel": """
        from_stage to_stage cohort_month slice_type slice_value entered_count
        converted_count waiting_count rate rate_low rate_high median_days p90_days is_mature
    """,
    "rpt_feedback": "stage touchpoint_type survey_type month n score nps csat verbatims",
    "rpt_retention": """
        cohort_month period motion active repeat_rate churned churn_reasons nrr grr
    """,
    "rpt_journey_map": """
        stage touchpoint_type company_goal customer_goal expectation question owner channels
        top_content kpi_id value target pain_signal next_action
    """,
    "rpt_paths": "path_id steps journeys conversions median_days",
    "rpt_win_loss": "outcome reason competitor quarter n amount sources",
    "rpt_pain_points": "finding_id what n rate base_rate rate_low rate_high cost example_journeys",
    "rpt_strengths": "finding_id what n rate base_rate rate_low rate_high cost example_journeys",
    "fct_icp_assessments": "account_id criterion_id met points",
    "dim_icp_profiles": "account_id score tier known_points missing",
    "fct_person_interests": "person_id category views carts chats orders last_at",
    "dim_personas": "persona rules n top_channels top_contents win_rate is_thin",
    "fct_lead_scores": "person_id scored_on fit engagement grade fit_reasons engagement_reasons",
    "rpt_buying_committees": "account_id role state known_count engaged_count coverage person_ids",
    "rpt_icp_lift": "attribute value n won lift is_thin is_finding",
    "fct_send_eligibility": "person_id purpose channel is_eligible reason all_reasons",
    "sync_segment_members": "destination segment_id person_id email row_hash entered_at",
    "sync_segment_changes": "destination segment_id person_id operation",
    "rpt_sync_runs": """
        plan_id destination segment_id run_id as_of status wanted_count added_count
        updated_count removed_count rejected_count dropped_count seconds stop_reason
        override_reason
    """,
    "rpt_segment_waterfall": "segment_id step reason count",
    "fct_segment_evidence": "person_id values_seen clauses_met segments outranked_by",
    "rpt_row_reconciliation": """
        source_system source_table batch_id source_file rows_in rows_loaded rows_duplicate
        rows_quarantined rows_erased
    """,
    "rpt_identity_coverage": "",
    "rpt_rule_coverage": "",
    "rpt_rule_effects": """
        run_id rule_table rule_id mart kind change rows_added rows_removed rows_changed
    """,
    "rpt_source_freshness": "",
}
DECIMALS = {"credit": "decimal(18,9)", "credited_amount": "decimal(18,2)", "rate": "decimal(9,6)"}


@pytest.mark.parametrize("mart", CONTRACT)
def test_mart_has_its_columns(models: dict[str, Model], mart: str) -> None:
    columns = models[mart].node.columns
    assert set(CONTRACT[mart].split()) - set(columns) == set()
    types = {name: (column.data_type or "").replace(" ", "") for name, column in columns.items()}
    assert {name: types[name] for name in DECIMALS if name in types} == {
        name: DECIMALS[name] for name in DECIMALS if name in types
    }
