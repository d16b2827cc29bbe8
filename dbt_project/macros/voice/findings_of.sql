{# query: the findings of one side (pain or strength), and what was compared without being one.
   Expects the relation findings in scope. #}
{% macro findings_of(side) -%}
    select
        -- keys
        {{ surrogate_key(['kind', 'population', 'motion', 'slice_type', 'slice_value']) }} as finding_id,
        -- text
        kind,
        population as stage,
        motion,
        slice_type,
        slice_value,
        case when population = 'all' then '' else population || ', ' end
        -- the motion is named where there are several
        || case
            when min(motion) over (partition by kind, population)
                = max(motion) over (partition by kind, population) then ''
            else motion || ', '
        end
        || case when slice_type = 'all' then 'everywhere' else slice_type || ' ' || slice_value end
            as where_found,
        what,
        next_action,
        example_journeys,
        -- numbers
        cast(n as bigint) as n,
        cast(hits as bigint) as rate_numerator,
        cast(n as bigint) as rate_denominator,
        {{ ratio('hits', 'n') }} as rate,
        {{ wilson_bound('hits', 'n', -1) }} as rate_low,
        {{ wilson_bound('hits', 'n', 1) }} as rate_high,
        cast(rest_n as bigint) as base_n,
        base_rate,
        {{ lift('hits', 'n', 'base_rate', 'prior_cases') }} as lift,
        {{ lift_bound('hits', 'n', 'rest_hits', 'rest_n', -1) }} as rest_ratio_low,
        {{ lift_bound('hits', 'n', 'rest_hits', 'rest_n', 1) }} as rest_ratio_high,
        cast(distance as decimal(18, 6)) as distance,
        cast(distance_needed as decimal(18, 6)) as distance_needed,
        cast(test_count as bigint) as test_count,
        cast(coalesce(stake, 0) as decimal(18, 2)) as cost,
        -- booleans
        n < thin_below as is_thin,
        coalesce(is_test = 1 and hits >= min_hits and distance > distance_needed, false)
            as is_finding
    from findings
    where side = '{{ side }}'
{%- endmacro %}
