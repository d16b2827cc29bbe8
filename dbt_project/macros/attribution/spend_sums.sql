{# sums over rows of int_spend_dated: money that counts, how much of it is for media, what is left out and why #}
{% macro spend_sums() -%}
    cast(coalesce(sum(case when not is_doubled then amount end), 0) as decimal(18, 2)) as spend,
    cast(coalesce(
        sum(case when not is_doubled and cost_kind = 'media' then amount end), 0
    ) as decimal(18, 2)) as media_spend,
    cast(coalesce(sum(case when is_doubled then amount end), 0) as decimal(18, 2)) as doubled_cost,
    cast(coalesce(sum(impressions), 0) as bigint) as impressions,
    cast(coalesce(sum(clicks), 0) as bigint) as clicks,
    cast(coalesce(sum(platform_conversions), 0) as decimal(18, 4)) as platform_conversions,
    cast(sum(case when is_unconverted then 1 else 0 end) as bigint) as unconverted_count
{%- endmacro %}
