"""The compiled models of the findings over a planted world in memory: from cases to findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.lib.building.project import SEEDS
from tests.compiles import compiled_models, table_anew
from tests.worlds.pains import AS_OF

CHAIN = (
    "int_hindrance_cases_listed",
    "int_stay_cases_listed",
    "int_customer_cases_listed",
    "int_mail_cases_listed",
    "int_onboarding_cases_listed",
    "int_cases_listed",
    "int_cases_described",
    "int_cases_sliced",
    "int_findings_counted",
    "int_findings_judged",
    "rpt_pain_points",
    "rpt_strengths",
)
RULES = ("pain_rules", "experience_bands", "statistics_settings", "statistics_bounds")
RECORD = "source_system varchar default 's', source_table varchar default 't'"
# table of the world: the relation it stands for, and its columns
INPUTS = {
    "accounts": (
        "identity.int_accounts_survived",
        "account_id varchar, motion varchar, industry varchar, employee_band varchar, "
        "owner varchar, country varchar",
    ),
    "classes": (
        "today.int_person_classes_matched",
        "person_id varchar, age_band varchar, frequency_class varchar",
    ),
    "personas": ("icp.int_person_personas_chosen", "person_id varchar, persona varchar"),
    "segments": ("today.int_segment_rules_matched", "person_id varchar, segment_id varchar"),
    "tickets": (
        "today.int_person_tickets_known",
        f"{RECORD}, source_record_id varchar, person_id varchar, account_id varchar, "
        "category varchar, priority varchar, created_at timestamp, solved_at timestamp",
    ),
    "rhythms": (
        "today.int_account_rhythms_measured",
        "account_id varchar, days_silent decimal(12,4), usual_gap_days decimal(12,4), "
        "last_act_at timestamp",
    ),
    "deals_ended": (
        "pipeline.int_deals_priced",
        f"{RECORD}, opportunity_id varchar, account_id varchar, has_ended boolean default true, "
        "is_won boolean, ended_at timestamp",
    ),
    "endings": (
        "voice.int_closed_deals_described",
        f"{RECORD}, opportunity_id varchar, competitor varchar",
    ),
    "placed_persons": ("today.int_persons_placed", "person_id varchar, account_id varchar"),
    "addresses": ("segments.int_person_addresses_listed", "person_id varchar, email varchar"),
    "first_channels": (
        "journeys.int_account_first_channels_chosen",
        "account_id varchar, first_channel varchar",
    ),
    "deals": (
        "core.int_account_deals_summed",
        "account_id varchar, open_opportunity_amount decimal(18,2)",
    ),
    "journeys": (
        "today.int_journeys_known",
        "journey_id varchar, account_id varchar, opened_at timestamp",
    ),
    "ladder": (
        "stages.int_stage_ladder_ranked",
        "motion varchar, stage varchar, position bigint, is_outside boolean default false",
    ),
    "steps_up": (
        "stages.int_stage_steps_ordered",
        "motion varchar, is_exit boolean default false, from_stage varchar, to_stage varchar, "
        "to_position bigint",
    ),
    "stays": (
        "today.int_ladder_stays_numbered",
        "account_id varchar, stage varchar, motion varchar, position bigint, is_outside boolean, "
        "observed_days decimal(12,4), entered_at timestamp, exited_at timestamp",
    ),
    "months": (
        "today.int_customer_months_listed",
        "account_id varchar, month date, cohort_month date, is_churned boolean, "
        "orders_so_far bigint default 0, running_count bigint",
    ),
    "mails": (
        "kpis.int_email_recipients_judged",
        "source_system varchar default 's', message_id varchar, email varchar, date date, "
        "delivered bigint default 1, message_type varchar default 'newsletter', "
        "unsubscribed bigint, complained bigint default 0",
    ),
    "steps": (
        "unified.int_product_events_unified",
        f"{RECORD}, event_id varchar, source_record_id varchar as (event_id), step varchar, "
        "number bigint, event_name varchar default 'onboarding_step', occurred_at timestamp, "
        "properties varchar as (to_json({'step': step, 'number': number}))",
    ),
    "records": (
        "touchpoints.int_touchpoint_records_collapsed",
        f"{RECORD}, event_id varchar, source_record_id varchar as (event_id), "
        "touchpoint_id varchar as (event_id)",
    ),
    "touchpoints": (
        "touchpoints.int_touchpoints_resolved",
        "touchpoint_id varchar, account_id varchar, person_id varchar, touchpoint_type varchar, "
        "occurred_at timestamp, is_bot boolean default false, "
        "counts_in_journey boolean default true, content_type varchar, "
        "direction varchar default 'inbound'",
    ),
    "answers": (
        "voice.int_answers_marked",
        "statement_id varchar, account_id varchar, person_id varchar, touchpoint_type varchar, "
        "stage_at_touch varchar, is_low bigint, answered_at timestamp",
    ),
}


@dataclass(frozen=True, repr=False)
class Findings:
    """A connection with the inputs as tables, and the statements that rebuild the models."""

    connection: Any
    statements: tuple[str, ...]
    scratch: Path

    def of(self, world: dict[str, list[dict[str, Any]]]) -> dict[tuple[str, str], dict[str, Any]]:
        """Rows of both marts that are findings on this world, by kind and where they lie."""
        for table, (relation, _) in INPUTS.items():
            self.connection.execute(f"delete from warehouse.{relation}")
            if table in world:
                file = self.scratch / f"{table}.json"
                file.write_text(json.dumps(world[table]), encoding="utf-8")
                self.connection.execute(
                    f"insert into warehouse.{relation} by name from read_json('{file}')"
                )
        for statement in self.statements:
            self.connection.execute(statement)
        found = self.connection.execute(
            "select * from marts_build.marts.rpt_pain_points where is_finding "
            "union all by name select * from marts_build.marts.rpt_strengths where is_finding"
        )
        names = [column[0] for column in found.description]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return {(row["kind"], row["where_found"]): row for row in rows}


@contextmanager
def findings_warehouse(home: Path) -> Iterator[Findings]:
    """The models of CHAIN as dbt compiles them; raises BuildError when it cannot."""
    nodes = compiled_models(home, *CHAIN, as_of=AS_OF)
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse; attach ':memory:' as marts_build")
        for name in ("rules", "today", "marts"):
            connection.execute(f"create schema if not exists warehouse.{name}")
        connection.execute("create schema marts_build.marts")
        for relation, columns in INPUTS.values():
            connection.execute(f"create schema if not exists warehouse.{relation.split('.')[0]}")
            connection.execute(f"create table warehouse.{relation} ({columns})")
        for table in RULES:
            file = SEEDS / "rules" / f"{table}.csv"
            connection.execute(f"create table warehouse.rules.{table} as from '{file}'")
        yield Findings(connection, tuple(table_anew(nodes[name]) for name in CHAIN), home)
