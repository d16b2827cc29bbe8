-- one row per message, address and act of the person, and per message and address: the exposure
with

email_records as (
    select * from {{ touched(ref('int_email_records_grouped')) }}
),

shaped as (
    select
        {{ candidate_columns('email_records', {
            'type_id': 'email_records.type_id',
            'identifier_id': 'email_records.identifier_id',
            'campaign_id': 'email_records.campaign_id',
            'content': 'coalesce(email_records.url, email_records.subject)',
            'content_type': 'email_records.message_type',
            'goal': 'email_records.goal',
            'purpose': 'email_records.purpose',
            'occurred_at': 'email_records.occurred_at',
        }) }}
    from email_records
    where source_record_id = anchor_record_id
)

select * from shaped
