-- one row per statement of a customer and competitor that it names: by whom told, when
with

statements as (
    select
        *,
        {{ words_of_text("coalesce(verbatim, '') || ' ' || coalesce(competitor, '')") }} as words
    from {{ ref('int_answers_placed') }}
),

spellings as (
    {% for model in ['int_opportunities_unified', 'int_mentions_unified'] -%}
    select
        competitor,
        {{ loop.index }} as trust
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- a name is spelled as the CRM does, where it knows it
competitors as (
    select
        {{ words_of_text('competitor') }} as words,
        coalesce(min(case when trust = 1 then trim(competitor) end), min(trim(competitor))) as name
    from spellings
    group by {{ words_of_text('competitor') }}
),

found as (
    select
        statements.statement_id,
        statements.source_system,
        'named' as outcome,
        'unknown' as reason,
        competitors.name as competitor,
        cast(date_trunc('quarter', {{ local_date('statements.answered_at') }}) as date) as quarter,
        cast(null as decimal(18, 2)) as value
    from statements
    inner join competitors
        on position(competitors.words in statements.words) > 0
    where trim(competitors.words) <> ''
)

select * from found
