-- one row per answer of a customer on why they buy and motive that its words name
with

answers as (
    select
        statement_id,
        {{ words_of_text('verbatim') }} as words
    from {{ ref('int_answers_placed') }}
    where answer_source = 'survey'
        and answer_kind in ('interview', 'win_loss')
),

rule_words as (
    select
        motive,
        boundary,
        {{ list_entries('words') }} as word
    from {{ ref('motive_rules') }}
    where is_active
),

stated as (
    select distinct
        answers.statement_id,
        rule_words.motive
    from answers
    inner join rule_words
        on position(
            {{ bounded_word('rule_words.word', 'rule_words.boundary') }} in answers.words
        ) > 0
)

select * from stated
