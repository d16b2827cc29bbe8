-- one row per review, post or comment about us, whoever wrote it
with

mentions as (
    select * from {{ ref('int_mentions_unified') }}
),

types as (
    select * from {{ ref('int_touchpoint_types_matched') }}
    where grain = 'own'
),

shaped as (
    select
        {{ candidate_columns('mentions', {
            'identifier_id': first_identifier('mentions', ['email'], {'email': 'author_email'}),
            'stated_account_id': stated_account('mentions'),
            'content': 'mentions.platform',
            'content_type': 'mentions.kind',
            'sentiment': 'mentions.sentiment',
            'score': 'mentions.rating',
            'occurred_at': 'mentions.posted_at',
        }) }}
    from mentions
    inner join types
        on {{ is_type_of('mentions', 'mentions') }}
)

select * from shaped
