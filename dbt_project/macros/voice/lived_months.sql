{# CTEs: what each customer bought, paid and did in each whole month, last of them `listed`.
   Expects those of customer_months and the relations subscriptions, accounts and stays_outside in scope. #}
{% macro lived_months() -%}
subscribed as (
    select
        months.account_id,
        months.month,
        sum(case when subscriptions.start_month = months.cohort_month then 1 else 0 end) as first_count,
        sum(case when subscriptions.start_month = months.cohort_month then mrr end) as start_mrr,
        sum(case when coalesce(end_month > months.month, true) then 1 else 0 end) as running_count,
        sum(case when coalesce(end_month > months.month, true) then mrr end) as mrr,
        sum(case when mrr is null then 1 else 0 end) as unpriced_count,
        {{ max_by('case when end_month <= months.month then end_reason end', 'ended_at', tie='end_reason') }} as end_reason
    from months
    inner join subscriptions
        on months.account_id = subscriptions.account_id
        and months.month >= subscriptions.start_month
    group by months.account_id, months.month
),

gone as (
    select
        months.account_id,
        months.month,
        max(stays_outside.rule_id) as rule_id
    from months
    inner join stays_outside
        on months.account_id = stays_outside.account_id
        and {{ local_month('stays_outside.entered_at') }} <= months.month
        and coalesce({{ local_month('stays_outside.exited_at') }} > months.month, true)
    group by months.account_id, months.month
),

listed as (
    select
        months.account_id,
        accounts.account_type,
        accounts.motion,
        months.cohort_month,
        months.month,
        {{ months_between('months.cohort_month', 'months.month') }} as period,
        coalesce(order_months.order_count, 0) as order_count,
        coalesce(sum(order_months.order_count) over (
            partition by months.account_id order by months.month
            rows between unbounded preceding and current row
        ), 0) as orders_so_far,
        case when order_months.order_count is null then 0 else order_months.order_amount end as order_amount,
        coalesce(subscribed.running_count, 0) as running_count,
        case when subscribed.unpriced_count = 0 and subscribed.first_count > 0 then subscribed.start_mrr end
            as start_mrr,
        coalesce(subscribed.mrr, 0) as mrr,
        coalesce(subscribed.unpriced_count, 0) > 0 as is_unpriced,
        gone.rule_id is not null as is_churned,
        case when gone.rule_id is not null then coalesce(subscribed.end_reason, gone.rule_id) end
            as churn_reason
    from months
    inner join accounts
        on months.account_id = accounts.account_id
    left join order_months
        on months.account_id = order_months.account_id
        and months.month = order_months.month
    left join subscribed
        on months.account_id = subscribed.account_id
        and months.month = subscribed.month
    left join gone
        on months.account_id = gone.account_id
        and months.month = gone.month
    where months.month < months.last_month
)
{%- endmacro %}
