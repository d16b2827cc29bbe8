-- one row per conversion, model and credited touchpoint; without any, one row without a touchpoint
{{ config(post_hook="{{ drop_kept_steps(this) }}") }}
{%- set look = ['conversion_id', 'window_opened_at', 'ignored_channels', 'weighted_as'] -%}
{%- set sketch = [
    'conversion_type', 'motion', 'window_kind', 'path_length', 'anchor_position', 'second_anchor_position',
] -%}

{# what is lost without a channel is told of channels, not of a conversion #}
{%- set models -%}
select
    *,
    half_life_days is null and weighted_as = '' and conversions_weight = 0 and method = 'weights'
        as is_typical
from ({{ models_by_kind('windows') }}) as by_kind
where method <> 'removal_effect'
{%- endset -%}

{%- set credits -%}
select * from typical
union all
select * from single
{%- endset -%}

{%- set weighted -%}
select
    conversion_id,
    model_id,
    touchpoint_id,
    channel,
    campaign_id,
    cast(cast(credit_billionths as decimal(10, 0)) * 0.000000001 as decimal(18, 9)) as credit,
    cast(cast(cents as decimal(18, 0)) * 0.01 as decimal(18, 2)) as credited_amount
from credits
{%- endset -%}

{{ in_steps(
    kept=['models', 'paths', 'sketched', 'sketches', 'typical_credits', 'single_billionths'],
    steps=[
        ('windows', 'select * from ' ~ touched(ref('int_conversion_windows_opened'))),
        ('touchpoints_of_conversions', 'select * from ' ~ touched(ref('int_conversion_paths_built'))),
        ('conversions', 'select * from ' ~ touched(ref('int_conversions_unioned'))),
        ('weights', 'select * from ' ~ ref('attribution_weights') ~ ' where is_active'),
        ('models', models),
        ('looks', distinct_keys('windows', look, 'look_key')),
        ('seen', seen_touchpoints('looks', 'touchpoints_of_conversions', 'weights')),
        ('paths', path_positions('seen')),
        ('looking', looking_windows('windows', 'looks', 'conversions', look)),
        ('sketched', path_sketches('looking', 'paths')),
        ('sketches', distinct_keys('sketched', sketch, 'sketch_key')),
        ('typical_credits', typical_credits('sketches', 'models', 'paths')),
        ('typical', credits_by_sketch('sketched', 'sketches', 'typical_credits', 'paths', sketch)),
        ('modelled', modelled_paths('sketched', 'models')),
        ('single_billionths', path_billionths('modelled', 'paths', 'conversions')),
        ('single', credits_by_path('modelled', 'single_billionths', 'paths')),
        ('credits', credits),
        ('weighted', weighted),
    ],
) }}
