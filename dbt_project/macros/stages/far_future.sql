{# stands for "never" where moments are compared; no row leaves a model with it. In the condition of a left join it
   also keeps the join fast: DuckDB hashes comparisons of one side with the other, but tries every pair on an `or` #}
{% macro far_future() -%} cast('9999-12-31' as timestamp) {%- endmacro %}
