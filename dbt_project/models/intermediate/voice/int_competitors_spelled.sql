-- one row per competitor that a deal or a mention names: its words, and its name as deals spell it
with

spellings as (
    {% for model in ['int_opportunities_unified', 'int_mentions_unified'] -%}
    select
        competitor,
        {{ loop.index }} as trust
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

competitors as (
    select
        {{ words_of_text('competitor') }} as words,
        coalesce(min(case when trust = 1 then trim(competitor) end), min(trim(competitor))) as name
    from spellings
    group by {{ words_of_text('competitor') }}
)

select * from competitors
where trim(words) <> ''
