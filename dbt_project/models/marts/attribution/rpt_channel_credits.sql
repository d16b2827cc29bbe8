-- one row per channel, month of the conversion, attribution model and conversion type
with

credits as (
    {{ credit_sums(
        ref('fct_attribution'), {'channel': 'coalesce(credits.channel, ' ~ no_channel() ~ ')'}
    ) }}
)

select * from credits
