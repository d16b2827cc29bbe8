"""Raw rows go by rule: record by record, counted by batch, and never back by themselves."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.lib.asked_again import open_requests
from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import open_home, run_lock
from orchestration.lib.retention import Expired, compact, expired, prune
from orchestration.lib.revoking import chosen_batches, revoke
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import UNBALANCED, LandingHome, landing_home
from tests.laws.landing_processes import SERVER, exit_code, landing

HEADER = "rule_id,layer,raw_table,moment,keep_days,is_active\n"
NOW = datetime.now(UTC)


@pytest.fixture
def home(settings: Settings) -> Iterator[LandingHome]:
    with landing_home(settings) as opened:
        yield opened


def keep(settings: Settings, table: str, moment: str, days: int) -> None:
    """One rule of how long rows of a table are kept."""
    text = f"{HEADER}rows_of_it,raw,{table},{moment},{days},true\n"
    (settings.rules / "retention_rules.csv").write_text(text)


def pruned(home: LandingHome) -> list[Expired]:
    """Prune by the rules of the home; what went."""
    found = expired(home.connection, home.settings)
    prune(home.connection, home.settings, found)
    assert home.rows(f"from raw_ops.load_ledger where {UNBALANCED}") == []
    return found


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


def events(*rows: tuple[str, float]) -> str:
    """A file of web events: id and how many days ago."""
    lines = [f"{event},page_view,{days_ago(days)}" for event, days in rows]
    return "event_id,event_name,occurred_at\n" + "\n".join(lines) + "\n"


def ids(home: LandingHome, table: str = "web_events", column: str = "event_id") -> list[str]:
    return [key for (key,) in home.rows(f"select {column} from raw_files.{table} order by 1")]


def test_old_rows_go_and_the_ledger_counts_them(home: LandingHome) -> None:
    keep(home.settings, "*/web_events", "occurred_at", 400)
    home.land("files/web_events/a.csv", events(("old", 900), ("young", 3)))
    home.land("files/web_events/b.csv", events(("older", 2000)))
    (found,) = pruned(home)
    assert found.rows == 2
    assert ids(home) == ["young"]
    ledger = home.rows(
        "select rows_in, rows_loaded, rows_erased from raw_ops.load_ledger order by batch_id"
    )
    assert ledger == [(2, 1, 1), (1, 0, 1)]
    requests = open_requests(home.connection, home.settings)
    assert [(one["kind"], one["key"]) for one in requests] == [("table", "files/web_events")]
    assert pruned(home) == []


def test_shipped_rules_keep_every_row(home: LandingHome) -> None:
    home.land("files/web_events/a.csv", events(("old", 9000)))
    assert pruned(home) == []


def test_a_record_goes_whole_or_not_at_all(home: LandingHome) -> None:
    """An order that was corrected lately keeps its old row: without it nothing older would rise."""
    keep(home.settings, "files/orders", "updated_at", 400)
    head = "order_id,status,ordered_at,updated_at\n"
    home.land("files/orders/a.csv", f"{head}1,paid,{days_ago(900)},{days_ago(900)}\n"
              f"2,paid,{days_ago(900)},{days_ago(900)}\n")  # fmt: skip
    home.land("files/orders/b.csv", f"{head}1,cancelled,{days_ago(900)},{days_ago(9)}\n")
    assert pruned(home)[0].rows == 1
    assert ids(home, "orders", "order_id") == ["1", "1"]


def test_who_refused_stays_on_record(home: LandingHome) -> None:
    keep(home.settings, "files/*", "occurred_at", 400)
    acts = ("opened", "unsubscribed", "complained", "clicked", "bounced")
    lines = "".join(f"{act},m1,a@x.io,{act},{days_ago(900)}\n" for act in acts)
    home.land(
        "files/email_events/a.csv", f"event_id,message_id,email,event_type,occurred_at\n{lines}"
    )
    pruned(home)
    left = ids(home, "email_events", "event_type")
    assert {"unsubscribed", "complained"} <= set(left)
    assert not {"opened", "clicked"} & set(left)


def test_what_went_does_not_come_back_by_another_file(home: LandingHome) -> None:
    keep(home.settings, "files/web_events", "occurred_at", 400)
    home.land("files/web_events/a.csv", events(("old", 900), ("young", 3)))
    pruned(home)
    report = home.land("files/web_events/all.csv", events(("old", 900), ("young", 3), ("new", 1)))
    assert (report.rows_loaded, report.rows_duplicate, report.rows_erased) == (1, 1, 1)
    assert ids(home) == ["new", "young"]
    # somebody thinks better of it
    keep(home.settings, "files/web_events", "occurred_at", 4000)
    report = home.land("files/web_events/again.csv", events(("old", 900), ("young", 3), ("x", 1)))
    assert report.rows_loaded == 2


def test_a_new_warehouse_obeys_what_was_decided(settings: Settings) -> None:
    keep(settings, "files/web_events", "occurred_at", 400)
    with landing_home(settings) as home:
        home.land("files/web_events/a.csv", events(("old", 900), ("young", 3)))
        pruned(home)
    settings.warehouse.unlink()
    with landing_home(settings) as home:
        home.ingest()
        assert ids(home) == ["young"]


def test_taking_a_file_out_brings_back_what_others_repeat_but_nothing_old(
    home: LandingHome,
) -> None:
    keep(home.settings, "files/web_events", "occurred_at", 400)
    home.land("files/web_events/a.csv", events(("old", 900), ("young", 3)))
    home.land("files/web_events/b.csv", events(("old", 900), ("young", 3), ("new", 1)))
    pruned(home)
    batches = chosen_batches(home.connection, ["1"], statuses=("loaded",))
    revoke(home.connection, home.settings, batches, reason="wrong export")
    assert home.rows(f"from raw_ops.load_ledger where {UNBALANCED}") == []
    assert ids(home) == ["new", "young"]
    assert pruned(home) == []


@pytest.mark.parametrize("table", ["files/nothing", "files/accounts", ""])
def test_a_rule_about_no_table_is_told(home: LandingHome, table: str) -> None:
    keep(home.settings, table, "occurred_at", 400)
    with pytest.raises(TouchlineError, match="no raw table is named"):
        expired(home.connection, home.settings)


@pytest.mark.parametrize("seed", range(12))
def test_random_tables_keep_what_the_rule_keeps(home: LandingHome, seed: int) -> None:
    """Held against the rule said once more in Python; a second pruning finds nothing."""
    draw = random.Random(seed)
    limit = draw.choice((100, 500))
    keep(home.settings, draw.choice(("files/orders", "*/orders")), "updated_at", limit)
    told: list[tuple[str, float]] = []
    for number in range(draw.randrange(1, 5)):
        rows = [(f"o{draw.randrange(12)}", draw.uniform(1, 1000)) for _ in range(9)]
        told += rows
        lines = "".join(f"{order},paid,{days_ago(days)},{days_ago(days)}\n" for order, days in rows)
        home.land(f"files/orders/{number}.csv", f"order_id,status,ordered_at,updated_at\n{lines}")
    loaded = ids(home, "orders", "order_id")
    youngest = {order: min(days for key, days in told if key == order) for order, _ in told}
    pruned(home)
    assert ids(home, "orders", "order_id") == [one for one in loaded if youngest[one] < limit]
    assert pruned(home) == []
    counted = home.rows("select coalesce(sum(rows_erased), 0) from raw_ops.load_ledger")
    assert counted == home.rows("select coalesce(sum(rows_pruned), 0) from raw_ops.pruned_rows")


def test_compaction_gives_the_room_back(settings: Settings) -> None:
    keep(settings, "files/web_events", "occurred_at", 400)
    with landing_home(settings) as home:
        home.land("files/web_events/a.csv", events(("young", 3)))
        home.connection.execute(
            f"""
            insert into raw_files.web_events by name
            select
                range::varchar as event_id, hash(range)::varchar as user_id,
                if(range < 300000, '{days_ago(900)}', '{days_ago(3)}') as occurred_at,
                md5(range::varchar)::uuid as _key_hash, '000000000001' as _batch_id
            from range(400000);
            checkpoint
            """
        )
        before = settings.warehouse.stat().st_size
        (found,) = expired(home.connection, settings)
        assert found.rows == 300_000
        prune(home.connection, settings, [found])
    with run_lock(settings):
        compact(settings)
    assert settings.warehouse.stat().st_size < before / 2


def prune_dying(home: Path, fail_at: str) -> None:
    """Prune; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    settings = Settings(home=home)
    with open_home(settings) as connection:
        prune(connection, settings, expired(connection, settings))


@pytest.mark.slow
@pytest.mark.parametrize(
    "point", ["prune.after_record", "prune.before_commit", "prune.after_commit"]
)
def test_killed_while_it_prunes(settings: Settings, point: str) -> None:
    """The next ingest finishes it."""
    keep(settings, "files/web_events", "occurred_at", 400)
    with landing_home(settings) as home:
        home.land("files/web_events/a.csv", events(("old", 900), ("young", 3)))
    process = SERVER.Process(target=prune_dying, args=(settings.home, point))
    process.start()
    assert exit_code(process) == -signal.SIGKILL
    assert exit_code(landing(settings)) == 0
    with landing_home(settings) as home:
        assert ids(home) == ["young"]
        assert home.rows("select sum(rows_erased) from raw_ops.load_ledger") == [(1,)]
        assert len(open_requests(home.connection, settings)) == 1
