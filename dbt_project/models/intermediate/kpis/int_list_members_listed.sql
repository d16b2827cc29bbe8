-- one row per address, purpose and month at whose end it was on the list: does it still stir
with

moves as (
    select
        *,
        lead(moved_at) over (partition by email, purpose order by moved_at, is_join) as left_at
    from {{ ref('int_list_moves_listed') }}
),

identifiers as (
    select * from {{ ref('int_identity_clusters_resolved') }}
),

active_months as (
    select * from {{ ref('int_active_months_listed') }}
),

rules as (
    select * from {{ ref('list_rules') }}
    where is_active
),

known as (
    select cast(date_trunc('month', max(last_date)) as date) as last_month
    from {{ ref('int_dates_spanned') }}
),

spells as (
    select
        moves.email,
        moves.purpose,
        identifiers.person_id,
        {{ local_month('moves.moved_at') }} as joined_month,
        {{ local_month('moves.left_at') }} as left_month,
        known.last_month
    from moves
    cross join known
    left join identifiers
        on moves.identifier_id = identifiers.identifier_id
    where moves.is_join and {{ local_month('moves.moved_at') }} <= known.last_month
),

months as (
    select
        *,
        {{ date_series('joined_month', 'last_month', step='1 month') }} as month
    from spells
),

members as (
    select
        email,
        purpose,
        person_id,
        month,
        12 * year(month) + month(month) as month_number,
        12 * year(joined_month) + month(joined_month) as joined_number
    from months
    where left_month is null or left_month > month
),

stirred as (
    select
        members.*,
        max(active_months.month_number) over (
            partition by members.email, members.purpose, members.person_id, members.joined_number
            order by members.month_number
            rows between unbounded preceding and current row
        ) as last_active_number
    from members
    left join active_months
        on members.person_id = active_months.person_id
        and members.month_number = active_months.month_number
),

judged as (
    select
        stirred.email,
        stirred.purpose,
        stirred.month,
        min(
            stirred.month_number - coalesce(stirred.last_active_number, stirred.joined_number)
        ) >= min(rules.inactive_months) as is_inactive
    from stirred
    cross join rules
    group by stirred.email, stirred.purpose, stirred.month
)

select * from judged
