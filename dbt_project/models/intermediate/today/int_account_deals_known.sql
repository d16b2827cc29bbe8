-- one row per account with open deals: what is at stake, and how long its slowest deal stands still
with

deals as (
    select * from {{ ref('int_open_deals_estimated') }}
),

stays as (
    select * from {{ ref('int_deal_stays_recalled') }}
    where is_current and has_ended and is_won and stage is not null
),

acts as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where direction = 'inbound' and earns_credit and not is_bot
),

statistics as (
    select * from {{ ref('statistics_settings') }}
    where setting_id = 'default'
),

usual_stays as (
    select
        stage,
        count(*) as stay_count,
        {{ percentile('days_in_stage', 0.75) }} as usual_days
    from stays
    group by stage
),

-- whoever of the account did something since its first open deal was created
engaged as (
    select
        deals.account_id,
        count(distinct acts.person_id) as engaged_persons
    from deals
    inner join acts
        on deals.account_id = acts.account_id
        and deals.created_at <= acts.occurred_at
    group by deals.account_id
),

summed as (
    select
        deals.account_id,
        {{ max_by('deals.owner', 'coalesce(deals.amount, 0)', tie='deals.owner') }} as owner,
        cast(sum(deals.amount) as decimal(18, 2)) as amount,
        cast(sum(deals.expected_amount) as decimal(18, 2)) as expected_amount,
        max(
            case
                when usual_stays.stay_count >= statistics.thin_below
                    then cast(deals.days_in_stage - usual_stays.usual_days as decimal(12, 4))
            end
        ) as overstay_days,
        max({{ days_between('cast(deals.close_date as timestamp)', as_of()) }}) as overdue_days,
        coalesce(max(engaged.engaged_persons), 0) as engaged_persons
    from deals
    cross join statistics
    left join engaged
        on deals.account_id = engaged.account_id
    left join usual_stays
        on deals.logged_stage = usual_stays.stage
    group by deals.account_id
)

select * from summed
