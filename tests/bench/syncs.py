"""What planning costs: `python -m tests.bench.syncs`, a million members unless told otherwise.

The first sync, nothing new, one in ten changed with some gone, and a resync; each plan runs in a
process of its own. Seconds are wall time, memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.lib.settings import Settings
from orchestration.lib.syncs.guards import read_guards
from orchestration.lib.syncs.ledger import open_ledger
from orchestration.lib.syncs.planning import Wish, plan_segment
from orchestration.lib.syncs.published import attach_version
from tests.bench.processes import Step, python
from tests.syncs.small_homes import SEGMENT, TOOL, publish

FIELDS = {
    **{"FNAME": "first_name", "STAGE": "stage", "ENTERED": "entered_at"},
    **{"TIER": "tier", "ORDERS": "order_count", "CITY": "city"},
}
AS_OF = datetime(2026, 7, 1)
ACCEPT_ALL = """
    update sync_changes set state = 'accepted' where state = 'planned';
    insert into acknowledged
    select destination, segment_id, email, person_id, purpose, channel, after, sha256(after),
        remote_id, plan_id, answered_at
    from sync_changes;
    update sync_plans set status = 'applied'
"""


def main() -> None:
    """Measure and print one line per plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    members = parser.parse_args().members
    with tempfile.TemporaryDirectory(prefix="touchline-syncs-") as folder:
        home = Path(folder)
        _publish(home / "first.duckdb", members=members, turn=0)
        _publish(home / "second.duckdb", members=members, turn=1)
        steps = [_planned("first sync", home, "first")]
        with open_ledger(Settings(home=home)) as ledger:
            ledger.execute(ACCEPT_ALL)
        steps.append(_planned("nothing new", home, "first"))
        steps.append(_planned("one in ten changed", home, "second"))
        steps.append(_planned("resync", home, "second", "--resync"))
    print(f"{members:,} members, {len(FIELDS)} fields")
    for step in steps:
        seconds = step.said.pop("seconds")
        said = ", ".join(f"{count:,} {name}" for name, count in step.said.items() if count)
        took = f"{seconds:6.1f} s {step.cpu_seconds:6.1f} s cpu {step.peak_mb:6,} MB"
        print(f"{step.name:20} {took}  {said}")


def plan(home: Path, version: str, *, is_resync: bool) -> dict[str, float]:
    """Plan once; returns the counts, and the seconds without starting Python."""
    settings = Settings(home=home)
    wish = Wish(
        destination=TOOL,
        segment_id=SEGMENT,
        fields=FIELDS,
        guards=read_guards(settings, TOOL, SEGMENT),
        is_resync=is_resync,
    )
    with open_ledger(settings) as ledger:
        began = time.monotonic()
        attached = attach_version(ledger, home / f"{version}.duckdb", run_id=version)
        found = plan_segment(ledger, wish, version=attached, now=AS_OF)
        seconds = time.monotonic() - began
    return {
        "seconds": seconds,
        **{"additions": found.additions, "updates": found.updates, "removals": found.removals},
        "unchanged": found.unchanged,
    }


def _planned(name: str, home: Path, version: str, *more: str) -> Step:
    return python(name, ["-m", "tests.bench.syncs", "plan", str(home), version, *more])


def _publish(path: Path, *, members: int, turn: int) -> None:
    """A version of so many members; at the second turn one in ten has another stage, one in a
    hundred is gone and as many are new."""
    publish(path, [])
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            f"""
            insert into activation.sync_segment_members
            select
                '{TOOL}', '{SEGMENT}', md5(i::varchar), 'person.' || i || '@acme-demo.com',
                'Ana' || i % 1000, if(i % 10 = 0, 'stage {turn}', 'awareness'),
                json_object('tier', 'A', 'order_count', i % 7, 'city', 'City ' || i % 5000),
                'marketing', 'email', timestamp '2026-06-01' + to_seconds(i), null
            from range({members}) as people(i)
            where i % 100 <> 7 or {turn} = 0;
            insert into activation.sync_segment_members
            select * replace (md5('n' || person_id) as person_id, 'new.' || email as email)
            from activation.sync_segment_members
            where {turn} = 1 and entered_at < timestamp '2026-06-01' + to_seconds({members} // 100);
            insert into activation.fct_send_eligibility
            select person_id, purpose, channel, true from activation.sync_segment_members;
            insert into marts.dim_identifiers
            select person_id, 'email', email from activation.sync_segment_members
            """
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["plan"]:
        facts = plan(Path(sys.argv[2]), sys.argv[3], is_resync="--resync" in sys.argv)
        print(json.dumps(facts))
    else:
        main()
