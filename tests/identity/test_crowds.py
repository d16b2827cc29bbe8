"""What a crowd shares joins nobody, what one human collects does, and neither stops a build."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from orchestration.lib.settings import Settings
from tests.identity.homes import build_identity, land

CROWD = 100_000
DEVICES = 5_000
CONTACTS = ("contact_id", "email", "phone", "created_at", "updated_at")
LOGINS = ("event_id", "event_name", "occurred_at", "anonymous_id", "user_id", "email")
LATER = "2099-01-01 00:00:00"
GIANTS = "assert_no_person_is_a_giant"


def csv(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(",".join(row) for row in [columns, *rows])


def address(one: int) -> str:
    return f"p{one}@firm{one % 500}-demo.com"


def crowd() -> list[tuple[str, ...]]:
    """A hundred thousand contacts with one telephone number between them."""
    return [
        (f"c{one}", address(one), "+49 30 901820", "2026-01-05 09:00:00", "")
        for one in range(CROWD)
    ]


def at_the_kiosk() -> list[tuple[str, ...]]:
    """Each of them logs in on the same device."""
    return [
        (f"k{one}", "login", "2026-02-01 10:00:00", "kiosk", "", address(one))
        for one in range(CROWD)
    ]


def on_new_devices(who: str, count: int) -> list[tuple[str, ...]]:
    """Somebody logs in on one new device after another."""
    return [
        (f"{who}{one}", "login", "2026-02-02 10:00:00", f"{who}-{one}", who, f"{who}@acme-demo.com")
        for one in range(count)
    ]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("crowd"))
    ahead = [("unheard", "", "", LATER, ""), ("misdated", "", "", LATER, "2026-01-05 09:00:00")]
    events = at_the_kiosk() + on_new_devices("robot", DEVICES) + on_new_devices("traveller", 900)
    land(
        settings,
        {
            "contacts/1": csv(CONTACTS, [*crowd(), *ahead]),
            "web_events/1": csv(LOGINS, events),
        },
    )
    assert build_identity(settings, tests=[GIANTS]) == []
    return settings


def found(settings: Settings, query: str) -> list[tuple]:
    with duckdb.connect(str(settings.marts_build), read_only=True) as marts:
        return marts.execute(query).fetchall()


@pytest.mark.slow
def test_a_hundred_thousand_people_who_share_a_phone_and_a_device_stay_apart(
    home: Settings,
) -> None:
    persons = found(
        home,
        "select count(distinct person_id), count(*) from marts.dim_identifiers "
        "where identifier_type = 'contact_id' and identifier_value like 'c%'",
    )
    assert persons == [(CROWD, CROWD)]
    shared = found(
        home,
        "select identifier_value, blocked_rule_id from marts.dim_identifiers "
        "where is_blocked and identifier_value in ('+4930901820', 'kiosk') order by all",
    )
    assert shared == [("+4930901820", "phone_persons"), ("kiosk", "anonymous_id_persons")]


@pytest.mark.slow
def test_devices_of_one_human_are_one_person_and_those_of_a_machine_are_not(
    home: Settings,
) -> None:
    devices = found(
        home,
        "select split_part(identifier_value, '-', 1) as who, count(*), count(distinct person_id), "
        "min(blocked_rule_id) from marts.dim_identifiers "
        "where identifier_value like 'robot-%' or identifier_value like 'traveller-%' "
        "group by who order by who",
    )
    assert devices[1] == ("traveller", 900, 1, None)
    assert devices[0][1] == DEVICES
    assert devices[0][2:] == (DEVICES, "person_devices")


@pytest.mark.slow
def test_a_record_made_in_2099_is_heard_of_then_or_dated_by_its_change(home: Settings) -> None:
    ahead = found(
        home,
        "select identifier_value, first_seen_at from marts.dim_identifiers "
        "where identifier_value in ('unheard', 'misdated')",
    )
    assert ahead == [("misdated", datetime(2026, 1, 5, 9))]
