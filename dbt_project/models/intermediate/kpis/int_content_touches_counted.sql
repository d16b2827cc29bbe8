-- one row per content, stage and motion: stays it touched early, and how many moved up in time
with

stays as (
    select * from {{ ref('int_stays_followed') }}
),

touchpoints as (
    select * from {{ ref('int_touchpoints_resolved') }}
    where not is_bot and counts_in_journey and account_id is not null
),

-- both grains of content in one list
touches as (
    {% for level in ['content_type', 'content'] -%}
    select
        '{{ level }}' as content_level,
        {{ level }} as content,
        touchpoint_id,
        account_id,
        duration_seconds,
        occurred_at
    from touchpoints
    where {{ level }} is not null
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

placed as (
    select
        touches.*,
        stays.stay_id,
        stays.stage,
        stays.motion,
        stays.is_advanced,
        stays.is_followed and touches.occurred_at < stays.watched_from as is_early
    from touches
    inner join stays
        on touches.account_id = stays.account_id
        and touches.occurred_at >= stays.entered_at
        and (stays.exited_at is null or touches.occurred_at < stays.exited_at)
),

counted as (
    select
        content_level,
        content,
        stage,
        motion,
        count(*) as touches,
        count(distinct account_id) as accounts,
        sum(duration_seconds) as seconds,
        count(distinct case when is_early then stay_id end) as n,
        count(distinct case when is_early and is_advanced then stay_id end) as advanced
    from placed
    group by content_level, content, stage, motion
),

rates as (
    select
        stage,
        motion,
        count(*) as n,
        sum(case when is_advanced then 1 else 0 end) as advanced
    from stays
    where is_followed
    group by stage, motion
),

compared as (
    select
        counted.*,
        coalesce(rates.n, 0) - counted.n as rest_n,
        coalesce(rates.advanced, 0) - counted.advanced as rest_advanced,
        {{ ratio('rates.advanced', 'rates.n') }} as base_rate
    from counted
    left join rates
        on counted.stage = rates.stage
        and counted.motion = rates.motion
)

select * from compared
