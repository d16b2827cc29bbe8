-- one row per kind of pain and ticket, account, ended deal or stay: it waits, is silent, is lost
with

rules as (
    select * from {{ ref('pain_rules') }}
    where is_active
),

tickets as (
    select * from {{ ref('int_person_tickets_known') }}
),

rhythms as (
    select * from {{ ref('int_account_rhythms_measured') }}
),

stays as (
    select * from {{ ref('int_ladder_stays_numbered') }}
    where not is_outside
),

deals as (
    select * from {{ ref('int_deals_priced') }}
    where has_ended and ended_at < {{ as_of() }}
),

endings as (
    select * from {{ ref('int_closed_deals_described') }}
),

readings as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where content_type is not null and direction = 'inbound' and not is_bot
),

{{ hindrances() }}

select * from listed
