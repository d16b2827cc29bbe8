-- countries whose calendar of holidays ends within a year: who goes by it would be greeted no more
-- do: write the calendar anew (`make lists`), or add the days as own rows of holidays.csv
{{ config(severity='warn') }}
select country_code, max(day) as last_day
from {{ ref('holidays') }}
where is_active
group by country_code
having max(day) < {{ local_date(as_of()) }} + interval '365' day
