{# what holds a share of its own in a model of weights, in the order of a path, as `first touch + lead`.
   An aggregate over rows of attribution_models; the share is beside each name, so that no two models of one
   name can be taken for each other #}
{% macro anchor_names() -%}
    substr(
        concat(
            {%- for weight, name in [
                ('first_weight', "'first touch'"), ('anchor_weight', 'max(anchor_type)'),
                ('second_anchor_weight', 'max(second_anchor_type)'), ('last_weight', "'last touch'"),
                ('conversions_weight', "'conversions'"), ('others_weight', "'others'"),
            ] %}
            case
                when max({{ weight }}) > 0 then concat(
                    ' + ', {{ name }}, ' ',
                    cast(cast(100 * max({{ weight }}) as decimal(9, 1)) as varchar(40)), ' %'
                )
                else ''
            end
            {%- if not loop.last %},{% endif %}
            {%- endfor %}
        ),
        4
    )
{%- endmacro %}
