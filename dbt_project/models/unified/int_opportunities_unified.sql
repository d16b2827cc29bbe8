-- one row per deal: its latest version known at as_of
{# a closing date may be a plan: of a deal marked as won before it, the last change says when #}
{% set ended_at -%}
case
    when is_closed or is_won then coalesce(closed_at, least(cast(close_date as timestamp), updated_at))
end
{%- endset %}
{{ latest_versions(
    'opportunities',
    version_at='updated_at',
    later={ended_at: [
        'stage', 'probability', 'closed_at', 'is_closed', 'is_won', 'lost_reason', 'competitor'
    ]},
) }}
