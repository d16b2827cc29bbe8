-- one row per move an account makes, in order; several may fall on one instant
{# the rounds of the play need a table of their own, which goes when the model is built #}
{{ config(post_hook="{{ drop_played_moves(this) }}") }}
{{ play_moves(touched(ref('int_stage_moves_possible'))) }}
