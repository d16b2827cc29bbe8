{# the one clock: the moment a build speaks of; given as var, else the start of the current local day #}
{% macro as_of() -%}
    {%- if var('as_of', none) -%}
        cast('{{ var("as_of") }}' as timestamp)
    {%- else -%}
        {%- set zone = modules.pytz.timezone(var('reporting_timezone')) -%}
        {%- set local = run_started_at.astimezone(zone) -%}
        {%- set midnight = zone.localize(modules.datetime.datetime(local.year, local.month, local.day)) -%}
        cast('{{ midnight.astimezone(modules.pytz.utc).strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp)
    {%- endif -%}
{%- endmacro %}

{# what is stamped at or after as_of is not yet known; only the unified layer asks #}
{% macro before_as_of(column) -%}
    ({{ column }} is null or {{ column }} < {{ as_of() }})
{%- endmacro %}
