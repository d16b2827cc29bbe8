"""An erased person leaves raw data, and no file brings them back, however it spells them."""

from __future__ import annotations

import json
import os
import random
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.lib.asked_again import open_requests
from orchestration.lib.erasing.erase import begin_erasure
from orchestration.lib.erasing.finishing import finish_erasures
from orchestration.lib.erasing.tombstones import key_file, tombstone_file
from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import open_home
from orchestration.lib.settings import Settings
from tests.erasing.people import (
    ADDRESS,
    FILES,
    column,
    erased,
    files_with,
    land_all,
    tables_with,
)
from tests.fixtures.landing.homes import UNBALANCED, LandingHome, landing_home
from tests.laws.landing_processes import SERVER, exit_code, landing

SPELLINGS = ("mia@acme.com", "MIA@ACME.COM", "mia+other@acme.com", " Mia@Acme.com ")


@pytest.fixture
def home(settings: Settings) -> Iterator[LandingHome]:
    with landing_home(settings) as opened:
        yield opened


def test_a_person_goes_and_the_others_stay(home: LandingHome) -> None:
    land_all(home)
    assert tables_with(home.connection, ADDRESS.pattern)
    erased(home, "mia@acme.com")
    assert tables_with(home.connection, ADDRESS.pattern) == []
    assert column(home, "contacts", "contact_id") == ["con_tom"]
    assert column(home, "consents", "email") == ["tom@acme.com"]
    assert column(home, "web_events", "event_id") == ["evt_2"]
    assert column(home, "activities", "subject") == ["about tom", None]
    assert home.rows(
        "select referrer_email, code, referred_email from raw_files.referrals order by referral_id"
    ) == [
        (None, None, "tom@acme.com"),
        ("tom@acme.com", "BRING-2", None),
    ]


def test_revenue_stays_without_a_name(home: LandingHome) -> None:
    land_all(home)
    erased(home, "mia@acme.com")
    assert home.rows(
        "select order_id, email, discount_code, total from raw_files.orders order by 1"
    ) == [
        ("ord_1", None, None, "10"),
        ("ord_2", "tom@acme.com", None, "20"),
        ("ord_3", None, None, "30"),
    ]


def test_the_ledger_counts_rows_as_erased(home: LandingHome) -> None:
    land_all(home)
    erased(home, "mia@acme.com")
    ledger = home.rows(
        "select table_name, rows_in, rows_loaded, rows_quarantined, rows_erased"
        " from raw_ops.load_ledger order by 1"
    )
    assert ledger == [
        ("activities", 2, 2, 0, 0),
        ("consents", 3, 1, 0, 2),
        ("contacts", 3, 1, 0, 2),
        ("orders", 3, 3, 0, 0),
        ("referrals", 2, 2, 0, 0),
        ("web_events", 4, 1, 0, 3),
    ]
    asked = {one["key"] for one in open_requests(home.connection, home.settings)}
    assert asked == {f"files/{table}" for table in FILES}


def test_the_same_files_again_change_nothing(home: LandingHome) -> None:
    land_all(home)
    erased(home, "mia@acme.com")
    for table, text in FILES.items():
        report = home.land(f"files/{table}/again.csv", text)
        assert report.status == "repeated"
    assert tables_with(home.connection, ADDRESS.pattern) == []


def test_an_order_that_comes_again_is_known(home: LandingHome) -> None:
    """Its values are blanked before it is compared with what was loaded."""
    land_all(home)
    erased(home, "mia@acme.com")
    more = FILES["orders"] + "ord_4,con_tom,,,40,2026-01-01T00:00:00Z\n"
    report = home.land("files/orders/b.csv", more)
    assert (report.rows_loaded, report.rows_duplicate, report.rows_erased) == (1, 3, 0)
    assert tables_with(home.connection, ADDRESS.pattern) == []


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_brings_a_person_back(home: LandingHome, spelling: str) -> None:
    land_all(home)
    erased(home, "mia@acme.com")
    text = f"contact_id,email,first_name\ncon_new,{spelling},Mia\ncon_ann,ann@acme.com,Ann\n"
    report = home.land("files/contacts/new.csv", text)
    assert (report.rows_in, report.rows_loaded, report.rows_erased) == (2, 1, 1)
    lines = f"event_id,event_name,email,occurred_at\ne,view,{spelling},not a time\nx,y,{spelling}\n"
    report = home.land("files/web_events/new.csv", lines)
    assert (report.rows_in, report.rows_erased) == (2, 2)
    assert tables_with(home.connection, ADDRESS.pattern) == []


def test_without_the_rule_that_joins_tags_a_tag_is_another_person(home: LandingHome) -> None:
    rules = home.settings.rules / "identity_rules.csv"
    rules.write_text("rule_id,is_active\nplus_tag,false\nprovider_spelling,false\n")
    land_all(home)
    erased(home, "mia@acme.com")
    assert column(home, "consents", "email") == ["mia+shop@acme.com", "tom@acme.com"]


def test_a_new_warehouse_made_of_landing_files_knows_of_it(settings: Settings) -> None:
    with landing_home(settings) as home:
        land_all(home)
        erased(home, "mia@acme.com")
    settings.warehouse.unlink()
    with landing_home(settings) as home:
        home.ingest()
        assert tables_with(home.connection, ADDRESS.pattern) == []
        assert column(home, "contacts", "contact_id") == ["con_tom"]


def test_no_file_of_the_home_names_the_person(settings: Settings) -> None:
    with landing_home(settings) as home:
        land_all(home)
        erased(home, "mia@acme.com")
    assert files_with(settings.state, "mia|con_mia") == []
    for path in (tombstone_file(settings), key_file(settings)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_hashes_without_their_key_stop_the_landing(home: LandingHome) -> None:
    land_all(home)
    erased(home, "mia@acme.com")
    key_file(home.settings).unlink()
    with pytest.raises(TouchlineError, match="key of the tombstones"):
        home.ingest()


@pytest.mark.parametrize("reason", ["", "for mia@acme.com", "MIA@ACME.COM asked"])
def test_a_reason_that_names_the_person_is_refused(home: LandingHome, reason: str) -> None:
    land_all(home)
    with pytest.raises(TouchlineError, match="reason"):
        begin_erasure(home.connection, home.settings, "mia@acme.com", reason=reason)
    assert not tombstone_file(home.settings).exists()


@pytest.mark.parametrize("seed", range(10))
def test_whoever_is_erased_the_others_keep_their_rows(home: LandingHome, seed: int) -> None:
    """Random people, tables and spellings, in any order of landing and erasing."""
    draw = random.Random(seed)
    people = [f"p{number}@site{number % 2}.io" for number in range(5)]
    expected: dict[str, list[str]] = {person: [] for person in people}
    gone: set[str] = set()
    for file in range(4):
        lines = []
        for number in range(8):
            person, event = draw.choice(people), f"{file}_{number}"
            local, _, domain = person.partition("@")
            tag = draw.choice(("", "+a", "+b"))
            lines.append(f"{event},v,{draw.choice((str, str.upper))(f'{local}{tag}@{domain}')},")
            expected[person].append(event)
        text = "".join(f"{line}2026-01-01\n" for line in lines)
        report = home.land(
            f"files/web_events/{file}.csv", f"event_id,event_name,email,occurred_at\n{text}"
        )
        assert report.rows_in == 8
        if draw.random() < 0.5:
            gone.add(person := draw.choice(people))
            erased(home, person)
    kept = sorted(event for person in people if person not in gone for event in expected[person])
    assert column(home, "web_events", "event_id") == kept


def erase_dying(home: Path, fail_at: str) -> None:
    """Erase; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    settings = Settings(home=home)
    with open_home(settings) as connection:
        begin_erasure(connection, settings, "mia@acme.com", reason="request 17")
        finish_erasures(connection, settings)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["after_tombstone", "before_commit", "after_commit"])
def test_killed_while_it_erases(settings: Settings, point: str) -> None:
    """The next ingest finishes it, and counts each row once."""
    with landing_home(settings) as home:
        land_all(home)
    process = SERVER.Process(target=erase_dying, args=(settings.home, f"erase.{point}"))
    process.start()
    assert exit_code(process) == -signal.SIGKILL
    assert exit_code(landing(settings)) == 0
    with landing_home(settings) as home:
        assert tables_with(home.connection, ADDRESS.pattern) == []
        assert home.rows(f"from raw_ops.load_ledger where {UNBALANCED}") == []
        assert home.rows("select sum(rows_erased) from raw_ops.load_ledger") == [(7,)]


@pytest.mark.slow
def test_killed_before_the_tombstone_nothing_is_decided(settings: Settings) -> None:
    with landing_home(settings) as home:
        land_all(home)
    process = SERVER.Process(target=erase_dying, args=(settings.home, "erase.after_decision"))
    process.start()
    assert exit_code(process) == -signal.SIGKILL
    with landing_home(settings) as home:
        assert finish_erasures(home.connection, settings) == []
        assert column(home, "contacts", "contact_id") == ["con_mia", "con_mia", "con_tom"]
    records = (settings.state / "erasures.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in records] == ["begun"]
