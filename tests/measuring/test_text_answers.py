"""Text messages of a generated world: each is the touchpoint it was meant to be, and the rate of
their answers is the one of the truth."""

from __future__ import annotations

import duckdb

from orchestration.lib.measuring.truth import add_truth
from tests.homes import Home

TEXTS = """select touchpoint_type, kind, true_person_id as person, source_record_id,
        occurred_at::timestamptz as moment
    from truth_touchpoints where touchpoint_type like 'sms_%'"""


def test_every_text_is_a_touchpoint_of_its_person(built_home: Home) -> None:
    with built_home.marts() as marts:
        add_truth(marts, built_home.settings.truth)
        built = rows(
            marts,
            f"""select texts.touchpoint_type, marts.touchpoint_type, texts.kind, marts.kind,
                marts.channel, count(*) > 10, bool_and(marts.person_id is not null)
            from ({TEXTS}) as texts
            left join marts.fct_touchpoint_records using (source_record_id)
            left join marts.fct_touchpoints as marts using (touchpoint_id) group by all""",
        )
    assert built == [
        ("sms_received", "sms_received", "activity", "activity", "sms", True, True),
        ("sms_sent", "sms_sent", "exposure", "exposure", "sms", True, True),
    ]


def test_the_rate_of_answers_is_that_of_the_truth(built_home: Home) -> None:
    with built_home.marts() as marts:
        add_truth(marts, built_home.settings.truth)
        told = rows(
            marts,
            """select period_start, numerator::int, denominator::int, round(value, 4)::double
            from marts.fct_touchpoint_kpis where kpi_id = 'sms_answer_rate' and is_mature""",
        )
        true = rows(
            marts,
            f"""with texts as ({TEXTS}), judged as (
                select date_trunc('month', moment at time zone 'UTC')::date as month, exists (
                    from texts as answers where touchpoint_type = 'sms_received'
                        and person = sent.person and moment > sent.moment
                        and moment <= sent.moment + interval 1 day)::int as is_answered
                from texts as sent where touchpoint_type = 'sms_sent'
            ) select month, sum(is_answered)::int, count(*)::int, round(avg(is_answered), 4)
            from judged group by month""",
        )
    assert len(told) >= 6
    assert told == [row for row in true if row[0] in {month for month, *_ in told}]


def rows(marts: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    """The rows a query returns, in order."""
    return marts.execute(f"{query} order by all").fetchall()
