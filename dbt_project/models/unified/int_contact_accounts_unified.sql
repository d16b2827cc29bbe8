-- one row per contact, account that a version of it named, and moment from which it did
with

versions as (
    {{ union_systems('contacts') }}
),

known_versions as (
    select
        *,
        coalesce(updated_at, created_at) as stated_at
    from versions
    where account_id is not null and {{ before_as_of(known_moments()['contacts']) }}
),

-- a CRM that overwrites the account in place still told of the old one
ordered as (
    select
        *,
        row_number() over in_order as version_number,
        lag(account_id) over in_order as previous_account_id
    from known_versions
    window in_order as (
        partition by source_system, source_record_id
        order by stated_at nulls first, _batch_id, _source_file, _source_row
    )
),

named as (
    select
        source_system,
        source_record_id,
        contact_id,
        account_id,
        version_number = 1 as is_first,
        case when version_number = 1 then coalesce(created_at, stated_at) else stated_at end
            as stated_from
    from ordered
    where version_number = 1 or account_id <> previous_account_id
)

select * from named
