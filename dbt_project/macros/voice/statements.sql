{# query: what customers said or showed, of surveys, mentions, rated tickets and activities with a sentiment.
   Expects the relations surveys, mentions, tickets and activities in scope. `statement_id` is the record's own. #}
{% macro statements() -%}
    {%- set kinds = {
        'survey': ['surveys', {'answer_kind': 'survey_type', 'score': 'score', 'verbatim': 'answer',
                   'answered_at': 'submitted_at'}, none],
        'mention': ['mentions', {'answer_kind': 'kind', 'sentiment': 'sentiment', 'competitor': 'competitor',
                    'score': 'rating', 'verbatim': 'mention_text', 'answered_at': 'posted_at'}, none],
        'ticket': ['tickets', {'answer_kind': "'rating'", 'score': 'satisfaction',
                   'answered_at': 'coalesce(solved_at, created_at)'}, 'satisfaction is not null'],
        'conversation': ['activities', {'answer_kind': 'activity_type', 'sentiment': 'sentiment',
                     'answered_at': 'occurred_at'}, 'sentiment is not null'],
    } -%}
    {%- for source, (relation, says, condition) in kinds.items() %}
    select
        {{ surrogate_key(['source_system', 'source_table', 'source_record_id']) }} as statement_id,
        source_system,
        source_table,
        source_record_id,
        '{{ source }}' as answer_source,
        coalesce({{ says['answer_kind'] }}, 'other') as answer_kind,
        {%- for text in ('sentiment', 'competitor', 'verbatim') %}
        cast({{ says.get(text, 'null') }} as varchar(65535)) as {{ text }},
        {%- endfor %}
        cast({{ says.get('score', 'null') }} as decimal(18, 4)) as score,
        {{ says['answered_at'] }} as answered_at
    from {{ relation }}
    {%- if condition %}
    where {{ condition }}
    {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
