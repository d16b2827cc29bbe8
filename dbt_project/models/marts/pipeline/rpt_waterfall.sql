-- one row per month of start, slice and step of the waterfall: who came, who went on, how fast
{%- set slices = {
    'all': "'all'", 'motion': 'motion', 'lead_source': 'lead_source',
    'first_channel': 'first_channel', 'owner': 'owner',
} %}
{%- set cell = ['cohort_month', 'slice_type', 'slice_value', 'step'] %}
{%- set counts = {
    'started_count': 'is_start', 'skipped_count': 'is_skipped',
    'converted_count': 'is_converted', 'given_up_count': 'is_given_up',
} %}
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

accounts as (
    select * from {{ ref('int_accounts_survived') }}
),

first_channels as (
    select * from {{ ref('int_account_first_channels_chosen') }}
),

judged as (
    {{ settled_cases(ref('int_waterfall_steps_reached'), ['step']) }}
),

described as (
    select
        judged.*,
        placed.motion,
        lower(trim(persons.lead_source)) as lead_source,
        first_channels.first_channel,
        coalesce(judged.deal_owner, accounts.owner) as owner
    from judged
    left join placed
        on judged.person_id = placed.person_id
    left join persons
        on judged.person_id = persons.person_id
    left join accounts
        on placed.account_id = accounts.account_id
    left join first_channels
        on placed.account_id = first_channels.account_id
),

sliced as (
    {{ sliced('described', slices, unknown='unknown') }}
),

durations as (
    {{ kaplan_meier('sliced', cell, 'watched_days', 'is_converted') }}
),

counted as (
    select
        {{ cell | join(', ') }},
        next_step,
        step_rank,
        thin_below,
        count(*) as reached_count,
        count(next_step) as tried_count,
        {%- for name, condition in counts.items() %}
        sum(case when {{ condition }} then 1 else 0 end) as {{ name }},
        {%- endfor %}
        min(case when is_settled or next_step is null then 1 else 0 end) as least_settled
    from sliced
    group by {{ cell | join(', ') }}, next_step, step_rank, thin_below
),

rated as (
    select
        -- keys
        {%- for key in cell %}
        counted.{{ key }},
        {%- endfor %}
        -- text
        counted.next_step,
        -- numbers
        counted.step_rank,
        cast(counted.started_count as bigint) as started_count,
        cast(counted.reached_count as bigint) as reached_count,
        cast(counted.skipped_count as bigint) as skipped_count,
        cast(counted.given_up_count as bigint) as given_up_count,
        cast(counted.tried_count - counted.converted_count - counted.given_up_count as bigint)
            as waiting_count,
        cast(counted.converted_count as bigint) as rate_numerator,
        cast(counted.tried_count as bigint) as rate_denominator,
        {%- set shares = ['counted.converted_count', 'counted.tried_count'] %}
        {{ ratio(*shares) }} as rate,
        {{ wilson_bound(*shares, side=-1) }} as rate_low,
        {{ wilson_bound(*shares, side=1) }} as rate_high,
        cast(durations.median_days as decimal(12, 4)) as median_days,
        -- booleans
        counted.least_settled = 1 as is_mature,
        counted.reached_count < counted.thin_below as is_thin
    from counted
    left join durations
        on
        {%- for key in cell %}
        {{ 'and ' if not loop.first }}counted.{{ key }} = durations.{{ key }}
        {%- endfor %}
)

select * from rated
