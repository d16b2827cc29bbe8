{# the place of a follower among those that its rule believes for a field before the leader #}
{% macro believed_place(field) -%}
    case
            when {{ field }} is not null and {{ list_has('follower_leads', "'" ~ field ~ "'") }}
                then place
        end
{%- endmacro %}
