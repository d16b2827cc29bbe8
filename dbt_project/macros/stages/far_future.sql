{# stands for "never" where moments are compared; no row leaves a model with it #}
{% macro far_future() -%} cast('9999-12-31' as timestamp) {%- endmacro %}
