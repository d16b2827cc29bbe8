-- one row per open deal: how likely it is to be won, what that is worth, when it may end
with

estimated as (
    select * from {{ ref('int_open_deals_estimated') }}
),

told as (
    select
        -- keys
        source_system,
        opportunity_id,
        account_id,
        -- text
        owner,
        team,
        opportunity_type,
        logged_stage as stage,
        case
            when totals_closed is null then 'not in any stage yet'
            when totals_closed < min_closed
                then cast(totals_closed as varchar(255)) || ' of '
                    || cast(min_closed as varchar(255)) || ' ended deals that a forecast needs'
            else cast(ages_won as varchar(255)) || ' won of ' || cast(ages_closed as varchar(255))
                || ' ended deals of this type that had been in this stage for '
                || cast(from_days as varchar(255)) || ' days'
        end as reasons,
        -- numbers
        amount,
        {{ days_between('created_at', 'forecast_at') }} as days_open,
        days_in_stage,
        cast(ages_won as bigint) as history_won_count,
        cast(ages_closed as bigint) as history_closed_count,
        win_probability,
        {{ wilson_bound('win_probability * weighted_count', 'weighted_count', -1) }}
            as probability_low,
        {{ wilson_bound('win_probability * weighted_count', 'weighted_count', 1) }}
            as probability_high,
        cast(probability as decimal(9, 6)) as crm_probability,
        expected_amount,
        -- booleans
        is_refused,
        is_thin,
        coalesce(close_date < {{ local_date('forecast_at') }}, false) as is_overdue,
        -- dates
        close_date,
        expected_close_low,
        expected_close,
        expected_close_high
    from estimated
)

select * from told
