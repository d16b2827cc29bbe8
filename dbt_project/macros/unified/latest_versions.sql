{# body of a unified model: all systems, only what as_of knows, the latest version of each record.
   known_moments says when a row was true, `version_at` orders a record's versions; `later` names moments that
   may lie ahead of as_of and then are not known yet, with the columns that speak of them. In an increment the
   rows of new batches compete with the versions that won before. #}
{% macro latest_versions(kind, version_at=none, later={}) -%}
{%- set columns = kind_columns(kind) -%}
{%- set known_at = known_moments().get(kind) -%}
{%- set is_slice = is_increment() and way_of(model) == 'slice' -%}
{%- do note_waiting_batches(kind, [known_at] + later.keys() | list, fresh=is_slice) -%}
with

records as (
    {{ union_systems(kind, fresh=is_slice) }}
),

known_records as (
    select * from records
    {%- if known_at %}
    where {{ before_as_of(known_at) }}
    {%- endif %}
),
{%- if is_slice %}

competing as (
    select *, true as is_fresh from known_records
    union all
    select source_system, {{ columns | join(', ') }}, false as is_fresh
    from {{ this }}
    where (source_system, source_record_id) in (select source_system, source_record_id from records)
),
{%- endif %}

ranked as (
    select
        *,
        row_number() over (
            partition by source_system, source_record_id
            order by
                {% if version_at -%} {{ version_at }} desc nulls last, {% endif -%}
                _batch_id desc, _source_file desc, _source_row desc
                {{- ', is_fresh desc' if is_slice }}
        ) as version_rank
    from {{ 'competing' if is_slice else 'known_records' }}
),

latest as (
    select
        source_system,
        {%- for column in columns %}
        {%- set moments = [] %}
        {%- for moment, told in later.items() if column in told %}{% do moments.append(moment) %}{% endfor %}
        {% if moments -%}
            case when {{ before_as_of(moments[0]) }} then {{ column }} end as {{ column }}
        {%- else -%}
            {{ column }}
        {%- endif -%}
        {{ '' if loop.last else ',' }}
        {%- endfor %}
        {{- '' if columns else ' *' }}
    from ranked
    where version_rank = 1
)

select * from latest
{%- endmacro %}
