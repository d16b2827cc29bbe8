-- one row per page, mailing or job title that no rule knows: how much it was used
with

web_events as (
    select * from {{ ref('int_web_events_judged') }}
    where is_page_view and page_path is not null and not is_bot
),

pages as (
    select * from {{ ref('int_pages_classified') }}
),

email_events as (
    select * from {{ ref('int_email_events_judged') }}
),

messages as (
    select
        *,
        coalesce(campaign_name, subject, message_id) as content
    from {{ ref('int_messages_classified') }}
    where not is_classified
),

persons as (
    select * from {{ ref('int_persons_survived') }}
),

titles as (
    select * from {{ ref('int_titles_classified') }}
),

unclassified as (
    select
        'page' as content_kind,
        web_events.source_system,
        web_events.page_path as content,
        count(*) as use_count,
        min(web_events.occurred_at) as first_used_at,
        max(web_events.occurred_at) as last_used_at,
        min(pages.page_rule_id) as rule_id
    from web_events
    left join pages
        on web_events.page_path = pages.page_path
    where not coalesce(pages.is_classified, false)
    group by web_events.source_system, web_events.page_path
    union all
    select
        'mailing' as content_kind,
        messages.source_system,
        messages.content,
        count(distinct email_events.email) as use_count,
        min(email_events.occurred_at) as first_used_at,
        max(email_events.occurred_at) as last_used_at,
        min(messages.message_rule_id) as rule_id
    from messages
    left join email_events
        on messages.source_system = email_events.source_system
        and messages.message_id = email_events.message_id
    group by messages.source_system, messages.content
    union all
    select
        'title' as content_kind,
        'all' as source_system,
        persons.title as content,
        count(*) as use_count,
        min(persons.first_seen_at) as first_used_at,
        max(persons.last_seen_at) as last_used_at,
        min(titles.department_rule_id) as rule_id
    from persons
    left join titles
        on persons.title = titles.title
    where persons.title is not null and titles.seniority is null
    group by persons.title
)

select * from unclassified
