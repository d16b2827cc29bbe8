-- one row per account with a decided deal and attribute that is looked at: its value, won or not
with

accounts as (
    select * from {{ ref('int_accounts_survived') }}
    where not is_deleted
),

deals as (
    select * from {{ ref('int_account_deals_summed') }}
),

scores as (
    select * from {{ ref('int_icp_scores_summed') }}
),

bands as (
    select * from {{ ref('icp_lift_attributes') }}
    where is_active
),

attributes as (
    select
        entity_id,
        attribute,
        value_text,
        value_number
    from {{ ref('int_account_attributes_listed') }}
    union all
    select
        account_id as entity_id,
        'first_channel' as attribute,
        first_channel as value_text,
        cast(null as decimal(18, 4)) as value_number
    from {{ ref('int_account_first_channels_chosen') }}
),

asked as (
    select distinct attribute from bands
),

banded as (
    select
        attributes.entity_id,
        attributes.attribute,
        min(coalesce(bands.band, lower(attributes.value_text))) as value
    from attributes
    inner join bands
        on attributes.attribute = bands.attribute
        and (
            bands.band is null
            or (
                attributes.value_number >= coalesce(bands.from_value, attributes.value_number)
                and attributes.value_number
                < coalesce(bands.below_value, attributes.value_number + 1)
            )
        )
    group by attributes.entity_id, attributes.attribute
),

listed as (
    select
        -- keys
        accounts.account_id,
        asked.attribute,
        -- text
        accounts.motion,
        banded.value,
        -- numbers
        coalesce(deals.closed_opportunity_count, 0) > 0 as is_decided,
        coalesce(deals.won_opportunity_count, 0) > 0 as is_won,
        coalesce(scores.is_excluded, false) as is_excluded
    from accounts
    cross join asked
    left join deals
        on accounts.account_id = deals.account_id
    left join scores
        on accounts.account_id = scores.account_id
    left join banded
        on accounts.account_id = banded.entity_id
        and asked.attribute = banded.attribute
    where accounts.account_type = 'company'
)

select * from listed
