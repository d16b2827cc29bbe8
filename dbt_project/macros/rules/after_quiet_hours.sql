{# the first moment (UTC) from a given one on that is outside the quiet hours of a clock, which is so many minutes
   ahead of UTC; hours without a number are never quiet #}
{% macro after_quiet_hours(moment, clock_minutes, from_hour, until_hour) -%}
    {%- set local = add_minutes(moment, clock_minutes) -%}
    {%- set seconds = '(extract(hour from ' ~ local ~ ') * 3600 + extract(minute from ' ~ local ~ ') * 60 + extract(second from ' ~ local ~ '))' -%}
    case
        when
            case
                when {{ from_hour }} <= {{ until_hour }}
                    then {{ seconds }} >= {{ from_hour }} * 3600 and {{ seconds }} < {{ until_hour }} * 3600
                else {{ seconds }} >= {{ from_hour }} * 3600 or {{ seconds }} < {{ until_hour }} * 3600
            end
            then {{ add_seconds(moment, 'mod(' ~ until_hour ~ ' * 3600 - ' ~ seconds ~ ' + 86400, 86400)') }}
        else {{ moment }}
    end
{%- endmacro %}
