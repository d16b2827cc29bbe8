{# intervals of a key that do not begin where the one before ended, or that end before they begin #}
{% test no_gap_or_overlap(model, key, begin, end) %}
with

followed as (
    select
        {{ key }},
        {{ begin }},
        {{ end }},
        lead({{ begin }}) over (partition by {{ key }} order by {{ begin }}) as next_begin
    from {{ model }}
)

select *
from followed
where {{ begin }} >= {{ end }}
    or {{ end }} <> next_begin
    or (({{ end }} is null) <> (next_begin is null))
{% endtest %}
