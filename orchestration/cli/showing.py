"""A few questions to the published file that show what it is for, with their answers."""

from __future__ import annotations

from orchestration.cli.output import screen
from orchestration.cli.tables import print_table
from orchestration.lib.explain.reading import as_rows
from orchestration.lib.publishing import open_published
from orchestration.lib.settings import Settings

QUESTIONS = {
    "How long are won journeys, and how many people and touches do they take?": """
        select journey_type, count(*) as journeys, median(days)::integer as days,
            median(touchpoint_count)::integer as touches,
            median(person_count)::integer as people
        from marts.fct_journeys where outcome = 'won'
        group by all order by journeys desc limit 4""",
    "Where are the accounts now?": """
        select current_stage as stage, count(*) as accounts from marts.dim_accounts
        where current_stage is not null group by all order by accounts desc limit 8""",
    "Which channels are credited with won revenue, first touch against last?": """
        select channel,
            (sum(credited_amount) filter (model_id = 'first'))::bigint as first_touch,
            (sum(credited_amount) filter (model_id = 'last'))::bigint as last_touch
        from marts.rpt_channel_credits where conversion_type = 'won'
        group by channel order by first_touch desc nulls last, channel limit 6""",
    "Who is sent what, and why not the others?": """
        select segment_id as segment,
            max(count) filter (step = 'matched') as matched,
            max(count) filter (step = 'exported' and reason = 'reached') as sent,
            (sum(count) filter (reason <> 'reached'))::bigint as left_out,
            arg_max(reason, (count, reason)) filter (reason <> 'reached') as mostly_because
        from activation.rpt_segment_waterfall where step <> 'sent'
        group by all order by sent desc nulls last, segment limit 8""",
}


def show_answers(settings: Settings) -> None:
    """Print each question with its answer."""
    connection = open_published(settings)
    try:
        for question, query in QUESTIONS.items():
            screen.print(f"\n[italic]{question}[/italic]")
            print_table(as_rows(connection.execute(query)))
    finally:
        connection.close()
