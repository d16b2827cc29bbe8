"""Where to look for what: the evidence of accounts, persons, touchpoints and segments."""

from __future__ import annotations

from orchestration.lib.explain.reading import Question
from orchestration.lib.explain.segment_questions import SEGMENT

SUMMARY = {
    "account": Question(
        title="account",
        table="marts.dim_accounts",
        key="account_id",
        columns=(
            "account_id", "name", "account_type", "motion", "domain", "country", "owner",
            "current_stage", "current_stage_since", "icp_tier", "icp_score", "person_count",
            "engaged_person_count", "open_opportunity_amount", "won_amount", "first_touch_at",
            "last_touch_at",
        ),
    ),
    "person": Question(
        title="person",
        table="marts.dim_persons",
        key="person_id",
        columns=(
            "person_id", "first_name", "last_name", "email", "email_status", "account_id", "title",
            "seniority", "persona", "country", "lifecycle", "recency_class", "preferred_channel",
            "may_be_mailed", "not_mailed_reason", "first_seen_at", "last_seen_at",
        ),
    ),
    "touchpoint": Question(
        title="touchpoint",
        table="marts.fct_touchpoints",
        key="touchpoint_id",
        columns=(
            "touchpoint_id", "occurred_at", "touchpoint_type", "action", "channel",
            "channel_rule_id", "direction", "kind", "purpose", "campaign_id", "content", "device",
            "account_id", "person_id", "source_system", "journey_id", "journey_position",
            "stage_at_touch", "is_bot", "session_id",
        ),
    ),
}  # fmt: skip

EVIDENCE = {
    "account": (
        Question(
            title="stages: which rule moved it, and on what evidence",
            table="marts.fct_stage_transitions",
            key="account_id",
            columns=(
                "stage", "entered_at", "rule_id", "evidence_type", "evidence_id", "exited_at",
                "from_stage", "rule_version", "is_reentry", "is_skip", "is_regression",
            ),
            order=("entered_at",),
        ),
        Question(
            title="journeys",
            table="marts.fct_journeys",
            key="account_id",
            columns=(
                "journey_type", "opened_at", "closed_at", "outcome", "touchpoint_count", "amount",
                "days", "person_count", "first_channel", "last_channel", "channel_count",
                "opening_rule_id", "closing_rule_id",
            ),
            order=("opened_at",),
        ),
        Question(
            title="people: where each of them stands",
            table="marts.fct_person_lifecycle",
            key="account_id",
            columns=(
                "person_id", "lifecycle", "entered_at", "rule_id", "evidence_type", "evidence_id",
                "exited_at",
            ),
            order=("entered_at", "person_id"),
        ),
        Question(
            title="people: why they belong to it, or not",
            table="marts.fct_account_matches",
            key="account_id",
            columns=(
                "person_id", "rule_id", "valid_from", "is_chosen", "evidence", "confidence",
                "valid_to", "match_status", "method",
            ),
            order=("valid_from", "person_id", "valid_to", "is_chosen", "rule_id"),
        ),
        Question(
            title="accounts of a CRM that count for it",
            table="marts.fct_account_aliases",
            key="account_id",
            columns=(
                "source_record_id", "name", "rule_id", "evidence", "differing_fields", "confidence",
                "is_contradictory", "source_system", "old_account_id",
            ),
            order=("source_system", "source_record_id"),
        ),
        Question(
            title="fit: criterion by criterion",
            table="marts.fct_icp_assessments",
            key="account_id",
            columns=("criterion_id", "rule_id", "met", "is_met", "points", "value_seen",
                     "attribute"),
            order=("criterion_id", "rule_id", "attribute"),
        ),
        Question(
            title="conversions",
            table="marts.fct_conversions",
            key="account_id",
            columns=("occurred_at", "conversion_type", "amount", "rule_id", "evidence_type",
                     "evidence_id", "conversion_id"),
            order=("occurred_at",),
        ),
    ),
    "person": (
        Question(
            title="identifiers: what was joined to this person, and by what",
            table="marts.dim_identifiers",
            key="person_id",
            columns=(
                "identifier_type", "identifier_value", "joined_by", "source_system",
                "first_seen_at", "last_seen_at", "issuer", "is_blocked", "blocked_reason",
                "blocked_rule_id", "misdated_rule_id",
            ),
            order=("first_seen_at", "identifier_type", "issuer", "identifier_value"),
        ),
        Question(
            title="fields on which records disagree: what survives, and by which rule",
            table="marts.fct_person_field_conflicts",
            key="person_id",
            columns=(
                "field", "value", "rule_id", "other_value", "source_system", "source_record_id",
                "other_source_system", "other_source_record_id", "other_updated_at",
            ),
            order=("field", "other_source_system", "other_source_record_id"),
        ),
        Question(
            title="accounts: candidates and the chosen one",
            table="marts.fct_account_matches",
            key="person_id",
            columns=(
                "account_id", "rule_id", "valid_from", "is_chosen", "evidence", "confidence",
                "valid_to", "match_status", "method",
            ),
            order=("valid_from", "account_id", "valid_to", "is_chosen", "rule_id"),
        ),
        Question(
            title="lifecycle: which rule moved this person, and on what evidence",
            table="marts.fct_person_lifecycle",
            key="person_id",
            columns=(
                "lifecycle", "entered_at", "rule_id", "evidence_type", "evidence_id", "exited_at",
                "previous_lifecycle", "is_recycle", "rule_version", "account_id",
            ),
            order=("entered_at",),
        ),
        Question(
            title="segments this person is sent to",
            table="activation.sync_segment_members",
            key="person_id",
            columns=("segment_id", "destination", "entered_at", "email"),
        ),
        Question(
            title="may this person be contacted",
            table="activation.fct_send_eligibility",
            key="person_id",
            columns=("purpose", "channel", "is_eligible", "reason", "all_reasons"),
        ),
    ),
    "touchpoint": (
        Question(
            title="records it is made of, and the rule that joined them",
            table="marts.fct_touchpoint_records",
            key="touchpoint_id",
            columns=("source_system", "source_table", "source_record_id", "is_primary",
                     "collapse_rule_id"),
        ),
        Question(
            title="credit it earned",
            table="marts.fct_attribution",
            key="touchpoint_id",
            columns=("conversion_id", "model_id", "credit", "credited_amount"),
            order=("model_id",),
        ),
    ),
    "segment": SEGMENT,
}  # fmt: skip

SESSION_OF_TOUCHPOINT = Question(
    title="the visit: which rule chose the channel",
    table="marts.fct_sessions",
    key="session_id",
    columns=(
        "channel", "channel_rule_id", "source", "medium", "campaign", "started_at", "landing_page",
        "page_views", "is_engaged", "is_bot", "bot_rule_id",
    ),
)  # fmt: skip
