-- one row per moment of a billed subscription: it started, ended, was or is due to be renewed
with

subscriptions as (
    select * from {{ ref('int_billing_subscriptions_unified') }}
),

terms as (
    select * from {{ ref('int_billing_terms_unified') }}
),

moments as (
    {%- for fact, moment in [('billing_started', 'started_at'), ('billing_ended', 'ended_at')] %}
    select
        source_system,
        subscription_id,
        '{{ fact }}' as fact,
        {{ moment }} as occurred_at,
        'subscription' as evidence_type,
        subscription_id as evidence_id
    from subscriptions
    where {{ moment }} is not null
    union all
    {%- endfor %}
    {%- for fact, is_it in [
        ('renewal_due', 'true'), ('billing_renewed', 'next_renews_at is not null'),
    ] %}
    select
        source_system,
        subscription_id,
        '{{ fact }}' as fact,
        renews_at as occurred_at,
        'subscription_term' as evidence_type,
        term_id as evidence_id
    from terms
    where {{ is_it }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from moments
