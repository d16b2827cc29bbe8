-- one row per person and measure that classes ask for: age, what they buy, pay and use, chat
{%- set measures = {
    'valued': ['recency', 'frequency', 'monetary', 'value_rank', 'orders_12m', 'order_span_days'],
    'subscribers': ['mrr_rank', 'subscribed_days', 'renewals'],
    'actors': ['chat_days', 'used_weeks'],
    'aged': ['age'],
} %}
with

placed as (
    select * from {{ ref('int_persons_placed') }}
),

valued as (
    {{ buyers_valued('placed') }}
),

payers as (
    select
        subscriptions.account_id,
        subscriptions.subscribed_days,
        deals.won_renewal_count as renewals,
        cume_dist() over (order by subscriptions.mrr desc nulls last) as mrr_rank
    from {{ ref('int_account_subscriptions_known') }} as subscriptions
    left join {{ ref('int_account_deals_summed') }} as deals
        on subscriptions.account_id = deals.account_id
    where subscriptions.is_subscribed
),

subscribers as (
    select
        placed.person_id,
        payers.*
    from payers
    inner join placed
        on payers.account_id = placed.account_id
),

actors as (
    select
        touchpoints.person_id,
        {{ days_between(
            "max(case when touchpoints.action = 'chatted' then touchpoints.occurred_at end)", as_of()
        ) }} as chat_days,
        count(distinct case
            when types.record_kind = 'product_events'
                and touchpoints.occurred_at >= {{ add_days(as_of(), -84) }}
                then floor({{ days_between('touchpoints.occurred_at', as_of()) }} / 7)
        end) as used_weeks
    from {{ ref('int_touchpoints_resolved') }} as touchpoints
    inner join {{ ref('touchpoint_types') }} as types
        on touchpoints.type_id = types.type_id
    where touchpoints.person_id is not null
        and not touchpoints.is_bot
        and (touchpoints.action = 'chatted' or types.record_kind = 'product_events')
    group by touchpoints.person_id
),

aged as (
    select
        person_id,
        extract(year from {{ as_of() }}) - extract(year from birth_date)
        - case
            when extract(month from birth_date) * 100 + extract(day from birth_date)
                > extract(month from {{ as_of() }}) * 100 + extract(day from {{ as_of() }})
                then 1
            else 0
        end as age
    from {{ ref('int_persons_survived') }}
    where birth_date is not null
),

listed as (
    {%- for relation, columns in measures.items() %}
    {%- for column in columns %}
    select
        person_id,
        '{{ column }}' as measure,
        cast({{ column }} as decimal(18, 6)) as value
    from {{ relation }}
    where {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from listed
