{# the place of a follower among those that its rule believes for a field before the leader #}
{% macro believed_place(field) -%}
    {%- set is_believed = list_has('follower_leads', "'" ~ field ~ "'") -%}
    case when {{ field }} is not null and {{ is_believed }} then place end
{%- endmacro %}
