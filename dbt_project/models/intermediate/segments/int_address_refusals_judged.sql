-- one row per statement that closes an address, rule that says so and brand it closes
with

statements as (
    select * from {{ ref('int_address_statements_unioned') }}
),

rules as (
    select * from {{ ref('eligibility_rules') }}
    where is_active
),

statuses as (
    select * from {{ ref('consent_statuses') }}
    where lifts_refusal
),

sources as (
    select * from {{ ref('consent_sources') }}
    where is_own_act
),

purposes as (
    select distinct coalesce(consent_purpose, purpose) as purpose
    from {{ ref('contact_purposes') }}
),

channels as (
    select distinct channel from {{ ref('contact_purposes') }}
),

-- null stands for purposes without a brand, which any refusal closes
brands as (
    select lower(trim(brand)) as brand
    from {{ ref('contact_purposes') }}
    union
    select cast(null as varchar(255)) as brand
),

own_acts as (
    {{ latest_own_acts('statements', 'statuses', 'sources') }}
),

own_acts_for_brands as (
    select
        own_acts.email,
        own_acts.purpose,
        own_acts.channel,
        brands.brand as closed_brand,
        max(own_acts.confirmed_at) as confirmed_at
    from own_acts
    inner join brands
        on coalesce(own_acts.brand = brands.brand, true)
    group by own_acts.email, own_acts.purpose, own_acts.channel, brands.brand
),

refusals as (
    select
        statements.*,
        brands.brand as closed_brand,
        rules.rule_id,
        rules.rule_version,
        rules.is_liftable,
        case
            when purposes.purpose is not null
                then coalesce(rules.purpose_reason, rules.overall_reason)
            else rules.overall_reason
        end as reason,
        -- null closes all: a purpose or channel that is unnamed or unknown may mean any
        case when rules.purpose_reason is not null then purposes.purpose end as closed_purpose,
        case
            when statements.channel is null or rules.closes_all_channels then rules.channel
            else channels.channel
        end as closed_channel
    from statements
    inner join rules
        on statements.evidence_type = rules.evidence_type
        and statements.status = rules.status
    left join purposes
        on statements.purpose = purposes.purpose
    left join channels
        on statements.channel = channels.channel
    left join brands as known_brands
        on rules.purpose_reason is not null and statements.brand = known_brands.brand
    -- an unnamed or unknown brand may be any; what closes every purpose closes every brand
    inner join brands
        on coalesce(known_brands.brand = brands.brand, true)
    where
        coalesce(position(rules.detail_contains in coalesce(statements.detail, '')) > 0, true)
        and coalesce(coalesce(statements.detail, '') <> rules.detail_except, true)
),

judged as (
    select
        -- keys
        refusals.evidence_type,
        refusals.evidence_id,
        refusals.rule_id,
        refusals.identifier_id,
        -- text
        refusals.email,
        {{ untagged_email('refusals.email') }} as mailbox,
        refusals.reason,
        refusals.closed_purpose,
        refusals.closed_channel,
        refusals.closed_brand,
        -- numbers
        refusals.rule_version,
        -- booleans
        coalesce(
            refusals.is_liftable
            and refusals.stated_at < case
                when refusals.brand is null then own_acts_for_brands.confirmed_at
                else own_acts.confirmed_at
            end, false
        ) as is_lifted,
        -- timestamps
        refusals.stated_at
    from refusals
    left join own_acts_for_brands
        on refusals.email = own_acts_for_brands.email
        and refusals.purpose = own_acts_for_brands.purpose
        and refusals.closed_channel = own_acts_for_brands.channel
        and coalesce(refusals.closed_brand, '') = coalesce(own_acts_for_brands.closed_brand, '')
    left join own_acts
        on refusals.email = own_acts.email
        and refusals.purpose = own_acts.purpose
        and refusals.closed_channel = own_acts.channel
        and refusals.brand = own_acts.brand
)

select * from judged
