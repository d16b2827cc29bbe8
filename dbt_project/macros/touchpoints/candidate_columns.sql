{# what a candidate touchpoint says besides where it comes from, and of which type it is #}
{% macro candidate_fields() -%}
    {{ return({
        'identifier_id': 'varchar(32)',
        'stated_account_id': 'varchar(32)',
        'campaign_id': 'varchar(255)',
        'session_id': 'varchar(32)',
        'product_id': 'varchar(255)',
        'transaction_id': 'varchar(255)',
        'click_id': 'varchar(65535)',
        'content': 'varchar(65535)',
        'content_type': 'varchar(255)',
        'category': 'varchar(255)',
        'sentiment': 'varchar(255)',
        'device': 'varchar(255)',
        'channel': 'varchar(255)',
        'goal': 'varchar(255)',
        'purpose': 'varchar(255)',
        'quantity': 'bigint',
        'duration_seconds': 'bigint',
        'score': 'decimal(18, 4)',
        'value': 'decimal(18, 2)',
        'is_engaged': 'boolean',
        'channel_rule_id': 'varchar(255)',
    }) }}
{%- endmacro %}

{# select list of a candidate touchpoint, the same for every kind of record: `columns` says what of
   candidate_fields the `record` knows, beside occurred_at; the rest is empty. `anchor` is the column
   of the record's id. #}
{% macro candidate_columns(record, columns, anchor='source_record_id') -%}
    {%- set place = [record ~ '.source_system', record ~ '.source_table', record ~ '.' ~ anchor] -%}
    {{ surrogate_key(place) }} as candidate_id,
        {{ record }}.source_system,
        {{ record }}.source_table,
        {{ record }}.{{ anchor }} as source_record_id,
        {{ columns.get('type_id', 'types.type_id') }} as type_id,
        {%- for field, type in candidate_fields().items() %}
        {%- if field in columns %}
        {{ columns[field] }} as {{ field }},
        {%- elif field == 'quantity' %}
        cast(1 as bigint) as quantity,
        {%- else %}
        cast(null as {{ type }}) as {{ field }},
        {%- endif %}
        {%- endfor %}
        {{ columns.get('is_bot', 'false') }} as is_bot,
        {{ columns['occurred_at'] }} as occurred_at
{%- endmacro %}

{# the account a record states, as its system knows it #}
{% macro stated_account(record) -%}
    case
        when {{ record }}.account_id is not null
            then {{ account_key(record ~ '.source_system', record ~ '.account_id') }}
    end
{%- endmacro %}
