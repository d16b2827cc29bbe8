{# campaign tags and click ids of a web event: the column where the source has one, else the page's URL #}
{% macro url_tags(from_columns=true) -%}
    {%- for tag in [
        'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term',
        'gclid', 'gbraid', 'wbraid', 'msclkid', 'fbclid', 'li_fat_id', 'ttclid', 'irclickid'
    ] -%}
    {%- set in_url = "nullif(trim(" ~ url_query_value('page_url', tag) ~ "), '')" -%}
    {% if from_columns %}coalesce(nullif(trim({{ tag }}), ''), {{ in_url }}){% else %}{{ in_url }}{% endif %} as {{ tag }},
    {% endfor %}
{%- endmacro %}
