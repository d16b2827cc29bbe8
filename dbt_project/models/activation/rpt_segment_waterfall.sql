-- one row per segment, step and reason: how many persons reach the step, or drop out before it
with

fates as (
    select * from {{ ref('int_segment_fates_counted') }}
),

definitions as (
    select * from {{ ref('segment_definitions') }}
    where is_active
),

rules as (
    select * from {{ ref('segment_rules') }}
    where is_active
),

-- that a rule is for one motion is told as its clause 0
asked as (
    select
        rules.result as segment_id,
        {{ described_clause('rules') }} as clause
    from rules
    union all
    select
        result as segment_id,
        rule_id || '|0|motion|is|' || motion as clause
    from rules
    where motion is not null
),

clauses as (
    select
        segment_id,
        {{ ordered_list('clause') }} as clauses
    from asked
    group by segment_id
),

steps as (
    {%- for step in ['matched', 'with_address', 'eligible', 'chosen', 'exported', 'sent'] %}
    select
        {{ loop.index }} as step_rank,
        '{{ step }}' as step
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
),

reached as (
    select
        definitions.segment_id,
        steps.step_rank,
        steps.step,
        cast(null as varchar(255)) as reason,
        coalesce(sum(fates.person_count), 0) as person_count
    from definitions
    cross join steps
    left join fates
        on definitions.segment_id = fates.segment_id
        and steps.step_rank < fates.fails_at
    group by definitions.segment_id, steps.step_rank, steps.step
),

dropped as (
    select
        fates.segment_id,
        steps.step_rank,
        steps.step,
        fates.reason,
        fates.person_count
    from fates
    inner join steps
        on fates.fails_at = steps.step_rank
),

waterfall as (
    select * from reached
    union all
    select * from dropped
),

labelled as (
    select
        definitions.destination,
        waterfall.segment_id,
        cast(waterfall.step_rank as bigint) as step_rank,
        waterfall.step,
        coalesce(waterfall.reason, 'reached') as reason,
        cast(waterfall.person_count as bigint) as count,
        definitions.purpose,
        definitions.channel,
        definitions.motion,
        coalesce(definitions.entity, 'person') as entity,
        definitions.journey_step,
        coalesce(clauses.clauses, '[]') as clauses
    from waterfall
    inner join definitions
        on waterfall.segment_id = definitions.segment_id
    left join clauses
        on waterfall.segment_id = clauses.segment_id
)

select * from labelled
