"""What the overview asks of the published marts."""

from __future__ import annotations

import duckdb

from orchestration.lib.explain.reading import Row, as_rows

QUESTIONS = {
    "funnel": """
        with
        ladder as (
            select stage, row_number() over (order by min(rank), stage) as place
            from marts.dim_stages where not is_outside group by stage
        ),
        stays as (
            select stage, median(days_in_stage) as median_days
            from marts.fct_stage_transitions where exited_at is not null group by stage
        )
        select from_stage, to_stage, sum(entered_count)::bigint as entered,
            sum(converted_count)::bigint as converted, sum(waiting_count)::bigint as waiting,
            any_value(stays.median_days) as median_days
        from marts.rpt_funnel
        inner join ladder as lower on lower.stage = from_stage
        inner join ladder as upper on upper.stage = to_stage and upper.place = lower.place + 1
        left join stays on stays.stage = from_stage
        where slice_type = 'all'
        group by from_stage, to_stage, lower.place
        order by lower.place""",
    "channels": """
        select channel,
            sum(spend) filter (model_id = 'linear') as spend,
            sum(credited_amount) filter (model_id = 'first') as first,
            sum(credited_amount) filter (model_id = 'linear') as linear,
            sum(credited_amount) filter (model_id = 'last') as last
        from marts.rpt_channel_performance
        where conversion_type = 'new_customer' and model_id in ('first', 'linear', 'last')
        group by channel
        having greatest(spend, first, linear, last) > 0
        order by linear desc nulls last, spend desc nulls last, channel
        limit 12""",
    "pains": """
        select where_found, what, n, rate, rate_low, rate_high, base_rate, next_action
        from marts.rpt_pain_points where is_finding
        order by distance desc, finding_id limit 6""",
    "strengths": """
        select where_found, what, n, rate, rate_low, rate_high, base_rate, next_action
        from marts.rpt_strengths where is_finding
        order by distance desc, finding_id limit 6""",
    "forecast": """
        select period, won_amount, expected_amount, target
        from marts.rpt_forecast_months
        where scope_type = 'all' and greatest(won_amount, expected_amount, target) > 0
        order by period desc limit 12""",
    "segments": """
        select segment_id, max(count) filter (step = 'matched') as matched,
            max(count) filter (step = 'exported' and reason = 'reached') as reached,
            arg_max(reason, (count, reason)) filter (reason <> 'reached') as mostly_because
        from activation.rpt_segment_waterfall where step <> 'sent'
        group by segment_id
        having matched > 0
        order by matched desc, segment_id limit 14""",
}
VERSION = """
    select reporting_currency as currency, as_of,
        (select count(*) from marts.dim_accounts) as accounts,
        (select count(*) from marts.dim_persons where is_known) as persons,
        (select count(*) from marts.fct_touchpoints) as touchpoints,
        (select count(*) from marts.fct_journeys) as journeys
    from observability.publication
"""


def read_answers(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """The rows of each question, and `version`: one row on the whole."""
    return {
        name: as_rows(connection.execute(query))
        for name, query in (QUESTIONS | {"version": VERSION}).items()
    }
