-- one row per kind of finding and stay in a stage: it stalled, went silent, fell back or moved up
with

stays as (
    select * from {{ ref('int_ladder_stays_numbered') }}
),

{{ ladder_stays() }},

usual as (
    {{ kaplan_meier('ladder_stays', ['stage', 'motion'], 'stay_days', 'is_advance') }}
),

movers as (
    select
        stage,
        motion,
        {{ percentile('stay_days', 0.9) }} as p90_days
    from ladder_stays
    where is_advance
    group by stage, motion
),

judged as (
    select
        ladder_stays.*,
        coalesce(usual.p90_days, movers.p90_days) as usual_days
    from ladder_stays
    inner join movers
        on ladder_stays.stage = movers.stage
        and ladder_stays.motion = movers.motion
    left join usual
        on ladder_stays.stage = usual.stage
        and ladder_stays.motion = usual.motion
),

{%- set kinds = {
    'stall': ['observed_days > usual_days', 'stay_days > usual_days'],
    'advance': ['observed_days > usual_days', 'is_advance and stay_days <= usual_days'],
    'drop': ['next_position is not null', 'next_position = 0'],
    'regression': ['next_position is not null', 'next_position > 0 and next_position < position'],
} %}

listed as (
    {%- for kind, (population, hit) in kinds.items() %}
    select
        '{{ kind }}' as kind,
        account_id,
        stage,
        case when {{ hit }} then 1 else 0 end as is_hit,
        entered_at as happened_at
    from judged
    where {{ population }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from listed
