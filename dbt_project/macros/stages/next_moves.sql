{# the earliest possible move of each account after its move of the round before #}
{% macro next_moves(moves, played, round) -%}
    select
        account_id,
        rule_id,
        rule_version,
        is_exit,
        from_stage,
        to_stage,
        to_position,
        step_order,
        is_lasting,
        possible_from,
        possible_until,
        evidence_type,
        evidence_id,
        cast({{ round }} as bigint) as round,
        moved_at
    from (
        select
            applicable.*,
            row_number() over (
                partition by account_id
                order by moved_at, step_order, evidence_type, evidence_id
            ) as preference
        from (
            select
                moves.*,
                last_moves.moved_at as last_moved_at,
                last_moves.step_order as last_step_order,
                case
                    when moves.is_lasting then greatest(moves.possible_from, last_moves.moved_at)
                    else moves.possible_from
                end as moved_at
            from {{ moves }} as moves
            inner join {{ played }} as last_moves
                on moves.account_id = last_moves.account_id
                and last_moves.round = {{ round - 1 }}
            where (moves.from_stage is null or moves.from_stage = last_moves.to_stage)
                and (moves.is_exit or moves.to_position > last_moves.to_position)
        ) as applicable
        where (possible_until is null or moved_at < possible_until)
            and (
                moved_at > last_moved_at
                or (moved_at = last_moved_at and step_order > last_step_order)
            )
    ) as ranked
    where preference = 1
{%- endmacro %}
