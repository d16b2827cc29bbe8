-- one row per channel that people name and channel measured first: how many, what they bought
with

sources as (
    select * from {{ ref('int_told_sources_channeled') }}
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

first_channels as (
    select * from {{ ref('int_account_first_channels_chosen') }}
),

deals as (
    select * from {{ ref('int_account_deals_summed') }}
),

compared as (
    select
        sources.person_id,
        sources.told_source,
        placed.account_id,
        coalesce(sources.told_channel, 'unknown') as told_channel,
        coalesce(first_channels.first_channel, {{ no_channel() }}) as measured_channel
    from sources
    left join placed
        on sources.person_id = placed.person_id
    left join first_channels
        on placed.account_id = first_channels.account_id
),

-- an account counts once, whoever of its people say the same
ranked as (
    select
        *,
        count(*) over (partition by told_channel, measured_channel, told_source) as sayers,
        row_number() over (
            partition by told_channel, measured_channel, account_id
            order by person_id, told_source
        ) as account_place
    from compared
),

counted as (
    select
        ranked.told_channel,
        ranked.measured_channel,
        -- what only one person says is nobody else's business
        {{ ordered_list('case when ranked.sayers > 1 then ranked.told_source end') }} as told_as,
        count(distinct ranked.person_id) as n,
        count(distinct ranked.account_id) as accounts,
        count(distinct case when deals.won_opportunity_count > 0 then ranked.account_id end)
            as won_accounts,
        sum(case when ranked.account_place = 1 then deals.won_amount end) as won_amount
    from ranked
    left join deals
        on ranked.account_id = deals.account_id
    group by ranked.told_channel, ranked.measured_channel
),

shared as (
    select
        *,
        sum(n) over (partition by told_channel) as of_told
    from counted
),

published as (
    select
        told_channel,
        measured_channel,
        told_as,
        cast(n as bigint) as n,
        cast(n as bigint) as share_numerator,
        cast(of_told as bigint) as share_denominator,
        {{ ratio('n', 'of_told') }} as share,
        {{ wilson_bound('n', 'of_told', -1) }} as share_low,
        {{ wilson_bound('n', 'of_told', 1) }} as share_high,
        cast(accounts as bigint) as accounts,
        cast(won_accounts as bigint) as won_accounts,
        cast(won_amount as decimal(18, 2)) as won_amount,
        told_channel = measured_channel as is_same
    from shared
)

select * from published
