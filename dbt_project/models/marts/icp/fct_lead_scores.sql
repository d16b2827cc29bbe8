-- one row per known person and day of scoring: fit, engagement, grade and what they are made of
with

engagements as (
    select * from {{ ref('int_lead_engagements_graded') }}
),

fits as (
    select * from {{ ref('int_lead_fits_summed') }}
),

ready_grades as (
    select * from {{ ref('lead_grades') }}
    where is_active and kind = 'ready'
),

scored as (
    select
        engagements.person_id,
        engagements.scored_on,
        fits.account_id,
        fits.fit_grade,
        engagements.engagement_grade,
        fits.fit_grade || engagements.engagement_grade as grade,
        fits.missing,
        fits.reasons as fit_reasons,
        engagements.reasons as engagement_reasons,
        engagements.rules_met,
        fits.fit,
        engagements.engagement,
        engagements.engagement_change,
        engagements.is_latest
    from engagements
    inner join fits
        on engagements.person_id = fits.person_id
),

ready as (
    select distinct
        scored.person_id,
        scored.scored_on
    from scored
    inner join ready_grades
        on scored.grade = ready_grades.grade
        and (
            ready_grades.with_rule is null
            or position('"' || ready_grades.with_rule || '"' in scored.rules_met) > 0
        )
),

published as (
    select
        -- keys
        scored.person_id,
        scored.scored_on,
        scored.account_id,
        -- text
        scored.grade,
        scored.fit_grade,
        scored.engagement_grade,
        scored.missing,
        scored.fit_reasons,
        scored.engagement_reasons,
        -- numbers
        scored.fit,
        scored.engagement,
        scored.engagement_change,
        -- booleans
        ready.person_id is not null as is_mql_candidate,
        scored.is_latest
    from scored
    left join ready
        on scored.person_id = ready.person_id
        and scored.scored_on = ready.scored_on
)

select * from published
