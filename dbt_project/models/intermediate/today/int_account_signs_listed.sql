-- one row per account and sign that somebody may have to act: how strong it is
{%- set signs_of_deals = ['overstay_days', 'overdue_days', 'engaged_persons'] %}
with

deals as (
    select * from {{ ref('int_account_deals_known') }}
),

rhythms as (
    select * from {{ ref('int_account_rhythms_measured') }}
),

tickets as (
    select * from {{ ref('int_person_tickets_known') }}
    where not is_solved
),

subscriptions as (
    select * from {{ ref('int_account_subscriptions_known') }}
    where is_subscribed and days_until_renewal is not null
),

icp_scores as (
    select * from {{ ref('int_icp_scores_summed') }}
    where icp_score is not null and not is_excluded
),

summed_deals as (
    select * from {{ ref('int_account_deals_summed') }}
),

listed as (
    {%- for sign in signs_of_deals %}
    select
        account_id,
        '{{ sign }}' as sign,
        cast({{ sign }} as decimal(18, 4)) as strength
    from deals
    where {{ sign }} is not null
    union all
    {%- endfor %}
    select
        deals.account_id,
        'silence' as sign,
        {{ ratio('rhythms.days_silent', 'rhythms.usual_gap_days', 'decimal(18, 4)') }} as strength
    from deals
    inner join rhythms
        on deals.account_id = rhythms.account_id
    union all
    select
        deals.account_id,
        'open_tickets' as sign,
        cast(count(*) as decimal(18, 4)) as strength
    from deals
    inner join tickets
        on deals.account_id = tickets.account_id
    group by deals.account_id
    union all
    select
        account_id,
        'days_until_renewal' as sign,
        cast(days_until_renewal as decimal(18, 4)) as strength
    from subscriptions
    union all
    select
        icp_scores.account_id,
        'fit_without_deal' as sign,
        cast(icp_scores.icp_score as decimal(18, 4)) as strength
    from icp_scores
    left join summed_deals
        on icp_scores.account_id = summed_deals.account_id
    where coalesce(summed_deals.open_opportunity_count + summed_deals.won_opportunity_count, 0) = 0
)

select * from listed
