{# body of a model: what would be lost without a channel, one row per model, conversion type and channel.
   A Markov chain of order 1: Q are the steps from channel to channel, N = (I - Q)^-1 the visits to expect, by doubling:
   N' = N + Q N, Q' = Q Q, until no step is left; p = N r the chance of a conversion from a channel on. The removal
   effect is N[start, c] / N[c, c] * p[c] / p[start], which equals taking the channel out and solving anew.
   In whole 1e-15ths, because a sum of doubles depends on its order.
   `steps`: int_channel_steps_counted. Leaves scratch tables: see drop_removals_scratch. #}
{% macro channel_removals(steps, max_rounds=24) -%}
    {%- if is_idle() -%}
        {{ return(no_removals(steps)) }}
    {%- endif -%}
    {%- set scratch = removals_scratch(this) -%}
    {%- do replace_table(scratch ~ 'parts', step_parts(steps)) -%}
    {%- do replace_table(scratch ~ 'steps_0', inner_steps(scratch ~ 'parts')) -%}
    {%- do replace_table(scratch ~ 'visits_0', own_visits(scratch ~ 'parts')) -%}
    {%- set state = namespace(rounds=0) -%}
    {%- for round in range(max_rounds) if has_rows(scratch ~ 'steps_' ~ state.rounds) -%}
        {%- set q, n = scratch ~ 'steps_' ~ round, scratch ~ 'visits_' ~ round -%}
        {%- do replace_table(scratch ~ 'visits_' ~ (round + 1), added(n, chained(q, n))) -%}
        {%- do replace_table(scratch ~ 'steps_' ~ (round + 1), chained(q, q)) -%}
        {%- do run_query('drop table ' ~ q) -%}
        {%- do run_query('drop table ' ~ n) -%}
        {%- set state.rounds = round + 1 -%}
    {%- endfor -%}
    {%- do run_query('drop table ' ~ scratch ~ 'steps_' ~ state.rounds) -%}
    {%- do replace_table(scratch ~ 'visits', 'select * from ' ~ scratch ~ 'visits_' ~ state.rounds) -%}
    {%- do run_query('drop table ' ~ scratch ~ 'visits_' ~ state.rounds) -%}
    {{ return(removal_effects(scratch ~ 'parts', scratch ~ 'visits')) }}
{%- endmacro %}

{# post-hook of the model: its scratch is only needed until it is built #}
{% macro drop_removals_scratch(relation, table) -%}
    drop table if exists {{ removals_scratch(relation) }}{{ table }}
{%- endmacro %}

{% macro removals_scratch(relation) -%}
    {{ return(relation.schema ~ '.' ~ relation.identifier ~ '__') }}
{%- endmacro %}
