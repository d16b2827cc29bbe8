-- one row per known person: how well they fit, of what is known, and what is not known
with

rules as (
    select * from {{ ref('lead_score_rules') }}
    where is_active and kind = 'fit'
),

grades as (
    select * from {{ ref('lead_grades') }}
    where is_active and kind = 'fit'
),

thresholds as (
    select max(min_score) as least_known
    from {{ ref('lead_grades') }}
    where is_active and kind = 'known'
),

placed as (
    select * from {{ ref('int_persons_placed') }}
),

icp_scores as (
    select * from {{ ref('int_icp_scores_summed') }}
),

personas as (
    select * from {{ ref('int_person_personas_chosen') }}
),

persons as (
    select
        placed.person_id,
        placed.account_id,
        placed.motion,
        icp_scores.icp_score,
        personas.buying_role
    from placed
    left join icp_scores
        on placed.account_id = icp_scores.account_id
    left join personas
        on placed.person_id = personas.person_id
),

parts as (
    select
        persons.person_id,
        persons.account_id,
        rules.signal,
        max(rules.max_points) as possible,
        max(
            case
                when rules.signal = 'icp_score'
                    then {{ ratio('rules.points * persons.icp_score', '100', 'decimal(9, 2)') }}
                when {{ list_has('rules.value', 'persons.buying_role') }} then rules.points
            end
        ) as earned
    from persons
    inner join rules
        on rules.motion is null or persons.motion = rules.motion
    group by persons.person_id, persons.account_id, rules.signal
),

summed as (
    select
        person_id,
        account_id,
        sum(earned) as earned,
        sum(case when earned is not null then possible end) as known,
        {{ ordered_list('case when earned is null then signal end') }} as missing,
        {{ ordered_list("signal || ' ' || cast(earned as varchar(20))") }} as reasons
    from parts
    group by person_id, account_id
),

fitted as (
    select
        summed.person_id,
        summed.account_id,
        summed.missing,
        summed.reasons,
        case
            when summed.known >= thresholds.least_known
                then {{ ratio('100 * summed.earned', 'summed.known', 'decimal(9, 2)') }}
        end as fit
    from summed
    cross join thresholds
),

graded as (
    select
        fitted.*,
        coalesce(grades.grade, '-') as fit_grade,
        row_number() over (
            partition by fitted.person_id
            order by grades.min_score desc nulls last, grades.grade_id asc
        ) as preference
    from fitted
    left join grades
        on fitted.fit >= grades.min_score
),

chosen as (
    select * from graded
    where preference = 1
)

select * from chosen
