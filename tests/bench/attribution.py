"""`python -m tests.bench.attribution`: all models in one pass against building the paths alone.

Journeys are made inside DuckDB; the compiled models run on them as a build runs them. Seconds are
of work on all threads, which other programs of the machine do not change; what to read is the
ratio.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import duckdb

from orchestration.lib.rules import rule_tables
from tests.attribution.synthetic import fill_journeys
from tests.laws.credits_warehouse import CHAIN, Warehouse, compiled_warehouse
from tests.macros.engines import macros_on, on_duckdb

TOUCHES_PER_OWNER = 5
OWNERS_PER_CONVERSION = 5
# what DuckDB takes to find and order the touchpoints of every conversion, whatever they earn
PATHS_ALONE = """
create or replace table warehouse.bare_paths as
select
    conversion_id,
    touchpoints.touchpoint_id,
    channel,
    touchpoints.occurred_at,
    row_number() over path as position_in_path,
    count(*) over (partition by conversion_id) as path_length
from warehouse.attribution.int_conversions_unioned as conversions
inner join warehouse.touchpoints.int_touchpoints_resolved as touchpoints
    on conversions.path_owner_id = touchpoints.account_id
    and touchpoints.occurred_at <= conversions.occurred_at
    and touchpoints.occurred_at >= conversions.occurred_at - interval 730 days
where
    conversions.conversion_type = 'won'
    and touchpoints.earns_credit
    and not touchpoints.is_bot
    and touchpoints.direction = 'inbound'
    and touchpoints.kind <> 'exposure'
window path as (
    partition by conversion_id order by touchpoints.occurred_at, touchpoints.touchpoint_id
)
"""

# several credits a touchpoint: no way of computing them can be faster than this
CREDITS_ALONE = """
create or replace table warehouse.bare_credits as
select * from warehouse.attribution.int_credits_weighted
"""

# the same paths, and what owners without a conversion did
JOURNEYS = """
create table graph.touches as
select
    'markov' as model_id,
    'removal_effect' as method,
    'won' as conversion_type,
    coalesce(paths.conversion_id, touchpoints.account_id) as journey_id,
    touchpoints.touchpoint_id,
    touchpoints.channel,
    touchpoints.occurred_at,
    cast(null as decimal(18, 2)) as amount,
    paths.conversion_id is not null as is_converted
from warehouse.touchpoints.int_touchpoints_resolved as touchpoints
left join warehouse.attribution.int_conversion_paths_built as paths
    on touchpoints.touchpoint_id = paths.touchpoint_id
"""


def main() -> None:
    """Fill, time each part, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--millions", type=float, default=5, help="touchpoints, in millions")
    owners = round(parser.parse_args().millions * 1_000_000 / TOUCHES_PER_OWNER)
    with tempfile.TemporaryDirectory() as home, compiled_warehouse(Path(home)) as warehouse:
        fill(warehouse, owners)
        alone = timed(warehouse.connection, "paths alone", PATHS_ALONE)
        parts = [
            timed(warehouse.connection, name, statement)
            for name, statement in zip(CHAIN, warehouse.statements, strict=True)
        ]
        connection = warehouse.connection
        floor = timed(connection, "their credits, only written", CREDITS_ALONE)
        for name, taken in (
            ("models of paths, one pass", sum(parts)),
            ("the writing of it", floor),
        ):
            print(f"{name:32}{taken:8.2f} s, {taken / alone:.1f} x")
        connection.execute("create schema graph")
        connection.execute(JOURNEYS)
        macros = macros_on(on_duckdb(connection))
        sets = ["model_id", "method", "conversion_type", "is_converted"]
        counted = macros["channel_steps"]("graph.touches", of=sets)
        steps = f"create table graph.steps as {counted}"
        timed(connection, "markov: steps counted", steps)
        started = time.process_time()
        connection.execute(macros["channel_removals"]("graph.steps"))
        print(f"{'markov: solved':32}{time.process_time() - started:8.2f} s")
        credits = "from warehouse.attribution.int_credits_weighted"
        for name, count in connection.execute(
            f"select model_id, count(*) {credits} group by all order by all"
        ).fetchall():
            print(f"{name:32}{count:10,} credits")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


def fill(warehouse: Warehouse, owners: int) -> None:
    """Journeys, and the shipped models of deals."""
    fill_journeys(
        warehouse,
        owners=owners,
        touches=TOUCHES_PER_OWNER,
        converts_every=OWNERS_PER_CONVERSION,
    )
    for name in ("attribution_models", "attribution_lookbacks", "attribution_weights"):
        warehouse.connection.execute(
            f"insert into warehouse.rules.{name} by name "
            f"select * from read_csv('{rule_tables()[name].path}')"
        )
    warehouse.connection.execute(
        "delete from warehouse.rules.attribution_lookbacks where conversion_type <> 'won'"
    )


def timed(connection: duckdb.DuckDBPyConnection, name: str, statement: str) -> float:
    """Runs a statement; seconds of work it took, printed."""
    started = time.process_time()
    connection.execute(statement)
    taken = time.process_time() - started
    print(f"{name:32}{taken:8.2f} s", flush=True)
    return taken


if __name__ == "__main__":
    main()
