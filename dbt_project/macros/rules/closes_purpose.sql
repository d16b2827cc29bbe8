{# whether a refusal speaks of a row of contact_purposes; a purpose or channel that it leaves open is any #}
{% macro closes_purpose(refusals, purposes) -%}
    coalesce({{ refusals }}.closed_purpose = coalesce({{ purposes }}.consent_purpose, {{ purposes }}.purpose), true)
        and coalesce({{ refusals }}.closed_channel = {{ purposes }}.channel, true)
        and coalesce({{ refusals }}.closed_brand, '') = coalesce(lower(trim({{ purposes }}.brand)), '')
{%- endmacro %}
