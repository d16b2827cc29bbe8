-- one row per known person and day of scoring: what they did, faded until then, and its grade
with

points as (
    select * from {{ ref('int_lead_points_decayed') }}
),

grades as (
    select * from {{ ref('lead_grades') }}
    where is_active and kind = 'engagement'
),

-- everybody is scored today; a day of the past has those who had done something by then
days as (
    select
        person_id,
        scored_on
    from points
    union
    select
        person_id,
        cast({{ as_of() }} as date) as scored_on
    from {{ ref('int_persons_placed') }}
),

summed as (
    select
        days.person_id,
        days.scored_on,
        cast(
            least(greatest(coalesce(sum(points.points), 0), 0), 100) as decimal(9, 2)
        ) as engagement,
        {{ ordered_list("points.rule_id || ' ' || cast(points.points as varchar(20))") }}
            as reasons,
        {{ ordered_list('case when points.points > 0 then points.rule_id end') }} as rules_met
    from days
    left join points
        on days.person_id = points.person_id
        and days.scored_on = points.scored_on
    group by days.person_id, days.scored_on
),

graded as (
    select
        summed.*,
        coalesce(grades.grade, '-') as engagement_grade,
        row_number() over (
            partition by summed.person_id, summed.scored_on
            order by grades.min_score desc nulls last, grades.grade_id asc
        ) as preference
    from summed
    left join grades
        on summed.engagement >= grades.min_score
),

chosen as (
    select
        *,
        cast(engagement - lag(engagement) over (
            partition by person_id
            order by scored_on
        ) as decimal(9, 2)) as engagement_change,
        row_number() over (
            partition by person_id
            order by scored_on desc
        ) = 1 as is_latest
    from graded
    where preference = 1
)

select * from chosen
