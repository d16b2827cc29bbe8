-- one row per channel, month of the conversion, attribution model and conversion type
with

credits as (
    {{ credit_sums('channel', 'coalesce(credits.channel, ' ~ no_channel() ~ ')') }}
)

select * from credits
