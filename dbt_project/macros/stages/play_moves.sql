{# body of a model: the moves accounts really make, played in rounds: each round takes every account that moved
   in the round before to its earliest next possible move. Rules that lead up apply in any lower stage (or in
   `from_stage` where given), rules that lead out only in `from_stage`. A lasting move (a silence) that was
   possible before the account came to its stage is made on arrival. Moves of an account are ordered by
   (moved_at, step_order), which strictly increases, so that the play ends.
   `moves`: relation of int_stage_moves_possible's shape. Returns the moves, columns as there and
   round, moved_at. Leaves a scratch table: see drop_played_moves. #}
{% macro play_moves(moves, max_rounds=2000) -%}
    {%- if is_idle() -%}
        {{ return('select *, cast(0 as bigint) as round, possible_from as moved_at from ' ~ moves ~ ' where 1 = 0') }}
    {%- endif -%}
    {%- set played = played_moves(this) -%}
    {%- do run_query('drop table if exists ' ~ played) -%}
    {%- do run_query('create table ' ~ played ~ ' as ' ~ start_of_play(moves)) -%}
    {%- set state = namespace(moved=true) -%}
    {%- for round in range(1, max_rounds + 1) if state.moved -%}
        {%- do run_query('insert into ' ~ played ~ ' ' ~ next_moves(moves, played, round)) -%}
        {%- set state.moved = run_query(
            'select count(*) from ' ~ played ~ ' where round = ' ~ round
        ).rows[0][0] > 0 -%}
    {%- endfor -%}
    {%- if state.moved -%}
        {{ exceptions.raise_compiler_error(
            'An account still moves after ' ~ max_rounds ~ ' stage moves. Look at rules of stage_movement_rules '
            ~ 'that lead down and rules of stage_rules that lead up on the same signal.'
        ) }}
    {%- endif -%}
select * from {{ played }} where round > 0
{%- endmacro %}

{# post-hook of a model that plays moves #}
{% macro drop_played_moves(relation) -%}
    drop table if exists {{ played_moves(relation) }}
{%- endmacro %}

{% macro played_moves(relation) -%}
    {{ return(relation.schema ~ '.' ~ relation.identifier ~ '__played') }}
{%- endmacro %}

{# every account before its first move: in no stage, below all #}
{% macro start_of_play(moves) -%}
    select
        *,
        cast(0 as bigint) as round,
        cast('0001-01-01' as timestamp) as moved_at
    from {{ moves }}
    where 1 = 0
    union all
    select distinct
        account_id,
        cast(null as varchar(255)),
        cast(null as bigint),
        false,
        cast(null as varchar(255)),
        cast(null as varchar(255)),
        -1,
        cast(0 as bigint),
        false,
        cast(null as timestamp),
        cast(null as timestamp),
        cast(null as varchar(255)),
        cast(null as varchar(255)),
        cast(0 as bigint),
        cast('0001-01-01' as timestamp)
    from {{ moves }}
    where not is_exit
{%- endmacro %}
