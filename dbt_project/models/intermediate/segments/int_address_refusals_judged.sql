-- one row per statement that closes an address and rule that says so, and whether it was lifted
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
    select distinct purpose from {{ ref('contact_purposes') }}
),

channels as (
    select distinct channel from {{ ref('contact_purposes') }}
),

own_acts as (
    select
        statements.email,
        statements.purpose,
        statements.channel,
        statements.brand,
        max(statements.stated_at) as confirmed_at
    from statements
    inner join statuses
        on statements.status = statuses.status
        and statements.lawful_basis = statuses.lawful_basis
    inner join sources
        on statements.source = sources.source
    group by statements.email, statements.purpose, statements.channel, statements.brand
),

own_acts_of_any_brand as (
    select
        email,
        purpose,
        channel,
        max(confirmed_at) as confirmed_at
    from own_acts
    group by email, purpose, channel
),

refusals as (
    select
        statements.*,
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
            when statements.channel is null then rules.channel
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
        -- numbers
        refusals.rule_version,
        -- booleans
        coalesce(
            refusals.is_liftable
            and refusals.stated_at < case
                when refusals.brand is null then own_acts_of_any_brand.confirmed_at
                else own_acts.confirmed_at
            end, false
        ) as is_lifted,
        -- timestamps
        refusals.stated_at
    from refusals
    left join own_acts_of_any_brand
        on refusals.email = own_acts_of_any_brand.email
        and refusals.purpose = own_acts_of_any_brand.purpose
        and refusals.closed_channel = own_acts_of_any_brand.channel
    left join own_acts
        on refusals.email = own_acts.email
        and refusals.purpose = own_acts.purpose
        and refusals.closed_channel = own_acts.channel
        and refusals.brand = own_acts.brand
)

select * from judged
