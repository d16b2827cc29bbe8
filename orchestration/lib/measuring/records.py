"""Measures of records: what is one touchpoint, one visit, by which channel, and whose doing."""

from __future__ import annotations

from orchestration.lib.measuring.measures import Measure, compared

# records that are or belong to a touchpoint, with what was meant and what was built
_RECORDS = """
    records as (
        select source_table, source_record_id, marts.touchpoint_id, truth.true_touchpoint_id,
            coalesce(truth.touchpoint_type, '') as true_type, truth.channel as true_channel,
            source_table || '|' || source_record_id as record,
            truth.occurred_at || '|' || source_record_id as place
        from marts.fct_touchpoint_records as marts
        full join truth_touchpoints as truth using (source_table, source_record_id)
    )"""
_BUILT = """
    built as (
        select records.*, touchpoints.channel, touchpoints.kind, touchpoints.is_bot
        from records inner join marts.fct_touchpoints as touchpoints using (touchpoint_id)
    )"""
# what one table saw of a touchpoint: a record, or many of a visit or a message, by the first
_SIGHTED = """
        select {touchpoint}, coalesce(min_by(record, place), min(record)) as record
        from records where {touchpoint} is not null
        group by {touchpoint}, if(source_table in ('web_events', 'email_events'),
            source_table || '|' || true_type, record)"""


def _pairs(touchpoint: str) -> str:
    sighted = _SIGHTED.format(touchpoint=touchpoint)
    return f"""with sighted as ({sighted})
        select one.record, other.record as other_record
        from sighted as one inner join sighted as other using ({touchpoint})
        where one.record < other.record"""


def _visits(touchpoint: str) -> str:
    return f"""select md5(string_agg(record, ',' order by record)) as visit from records
        where source_table = 'web_events' and true_type = 'session' group by {touchpoint}"""


DUPLICATES = Measure(
    name="duplicates",
    counts="pairs of records by which two tables, or one twice, hold the same touchpoint",
    precision_goal=0.99,
    recall_goal=0.98,
    query=compared(f"""{_RECORDS},
    truths as ({_pairs("true_touchpoint_id")}),
    claims as ({_pairs("touchpoint_id")})"""),
)

VISITS = Measure(
    name="visits",
    counts="visits of people with exactly the events that belong to them",
    precision_goal=0.99,
    recall_goal=0.99,
    query=compared(f"""{_RECORDS},
    truths as ({_visits("true_touchpoint_id")}),
    claims as ({_visits("touchpoint_id")})"""),
)

CHANNELS = Measure(
    name="channels",
    counts="records of touchpoints with the channel that was meant",
    precision_goal=0.99,
    recall_goal=0.99,
    query=compared(f"""{_RECORDS}, {_BUILT},
    truths as (select record, true_channel as channel from records where true_channel is not null),
    claims as (select record, channel from built where true_channel is not null)"""),
)

BOTS = Measure(
    name="bots",
    counts="web events of bots",
    precision_goal=0.99,
    recall_goal=0.99,
    query=compared(f"""{_RECORDS}, {_BUILT},
    truths as (select event_id from truth_bots
        where event_id in (select source_record_id from built)),
    claims as (select source_record_id as event_id from built
        where is_bot and source_table = 'web_events')"""),
)


def _by_machines(event_type: str, true_type: str) -> str:
    return compared(f"""{_RECORDS}, {_BUILT},
    acts as (
        select source_record_id, kind, truth.event_id is not null as is_machine
        from built left join truth_machine_opens as truth
            on built.source_record_id = truth.event_id
        where source_table = 'email_events'
            and (truth.event_type = '{event_type}' or true_type = '{true_type}')
    ),
    truths as (select source_record_id from acts where is_machine),
    claims as (select source_record_id from acts where kind = 'exposure')""")


MACHINE_OPENS = Measure(
    name="machine opens",
    counts="opens of mails that a machine made, of all opens",
    precision_goal=0.99,
    recall_goal=0.99,
    query=_by_machines("opened", "email_open"),
)

MACHINE_CLICKS = Measure(
    name="machine clicks",
    counts="clicks in mails that a machine made, of all clicks",
    precision_goal=0.99,
    recall_goal=0.99,
    query=_by_machines("clicked", "email_click"),
)
