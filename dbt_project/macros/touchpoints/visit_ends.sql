{# condition: an event that no silence precedes begins a visit all the same. Somebody else logs in; by
   setting a day or a campaign begins; what lasts longer than anybody can is cut into equal parts #}
{% macro begins_another_visit() -%}
    (user_id <> previous_user_id and previous_user_at >= silence_ended_at)
        or {{ visit_part('occurred_at') }} <> {{ visit_part('previous_at') }}
        {%- if var('session_ends_at_midnight') %}
        or {{ local_date('occurred_at') }} <> {{ local_date('previous_at') }}
        {%- endif %}
        {%- if var('session_ends_at_new_campaign') %}
        or campaign_tags
        <> coalesce(case when previous_tags_at >= silence_ended_at then previous_tags end, '')
        {%- endif %}
{%- endmacro %}

{# which part of a visit without silence a moment lies in, from 0 on #}
{% macro visit_part(moment) -%}
    floor({{ seconds_between('silence_ended_at', moment) }} / ({{ var('session_max_hours') }} * 3600.0))
{%- endmacro %}

{# when an event said something in this column #}
{% macro moment_of(column) -%} case when {{ column }} is not null then occurred_at end {%- endmacro %}

{# the tags by which an event says that a campaign brought it; null where it says nothing, or where a
   new campaign begins no visit #}
{% macro campaign_tags() -%}
    {%- if var('session_ends_at_new_campaign') -%}
    case
        when coalesce(utm_source, utm_medium, utm_campaign) is not null
            then {{ surrogate_key(
                ['lower(utm_source)', 'lower(utm_medium)', 'lower(utm_campaign)']
            ) }}
    end
    {%- else -%}
    cast(null as varchar(32))
    {%- endif -%}
{%- endmacro %}
