-- one row per build: the moment it speaks of
with

moment as (
    select {{ as_of() }} as as_of
)

select * from moment
