{# one row per time zone: how many minutes its clocks are ahead of UTC half a day after as_of, so that a night in which
   they change ends by the new time. Asked of Python: engines fail at a name they do not know, and know different ones #}
{% macro local_clocks() -%}
    {%- set moment = modules.datetime.datetime.fromisoformat(as_of().split("'")[1]) + modules.datetime.timedelta(hours=12) -%}
    {%- set utc = modules.pytz.utc.localize(moment) -%}
    select * from (values
        {%- for zone in modules.pytz.all_timezones %}
        ('{{ zone | lower }}', {{ (utc.astimezone(modules.pytz.timezone(zone)).utcoffset().total_seconds() / 60) | int }})
        {{- ',' if not loop.last }}
        {%- endfor %}
    ) as clocks (timezone, minutes)
{%- endmacro %}
