"""Law 9 in landing: killed at any point, the next run finishes the work, and nothing twice.

Mutations that must fail here: no transaction around a file; the ledger row of a file committed
before its rows; a file known by its name alone.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home
from tests.laws.landing_processes import exit_code, landing

POINTS = (
    "ingest.after_stage",
    "ingest.before_load",
    "ingest.before_commit",
    "ingest.after_commit",
)
KILLS = 12
STATE = {
    "accounts": "select * exclude (_loaded_at) from raw_files.accounts",
    "contacts": "select * exclude (_loaded_at) from raw_files.contacts",
    "ledger": "select * exclude (loaded_at, seconds, file_modified_at) from raw_ops.load_ledger",
    "quarantine": "select * exclude (quarantined_at) from raw_ops.quarantine",
    "addresses": "select * from raw_ops.quarantined_addresses",
}

pytestmark = pytest.mark.slow


def fill(home: LandingHome) -> None:
    """Files of two tables, with rows to load, to repeat and to set aside, the first file too."""
    lines = "".join(f"{n},Name {n}\n" for n in range(90))
    home.put("files/accounts/a.csv", f"account_id,name\n{lines},nobody\n")
    home.put("files/accounts/b.csv", "account_id,name,extra\n1,Name 1,\n1,New,x\n,none,\nbad\n")
    home.put("files/contacts/c.csv", "contact_id,email\n1,a@x.io\n,b@x.io\n")
    home.put("files/contacts/d.csv", "email\nc@x.io\n")


def state(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Everything ingest wrote, in one order, without clocks."""
    with landing_home(settings) as home:
        return {name: sorted(home.rows(sql), key=repr) for name, sql in STATE.items()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """The state after a run that nobody disturbed."""
    settings = Settings(home=tmp_path_factory.mktemp("undisturbed"))
    with landing_home(settings) as home:
        fill(home)
        home.ingest()
    return state(settings)


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point(
    tmp_path: Path, expected: dict[str, list[tuple[object, ...]]], point: str
) -> None:
    settings = Settings(home=tmp_path)
    with landing_home(settings) as home:
        fill(home)
    assert exit_code(landing(settings, fail_at=point)) == -signal.SIGKILL
    assert exit_code(landing(settings)) == 0
    assert state(settings) == expected


def test_killed_at_any_moment(
    tmp_path: Path, expected: dict[str, list[tuple[object, ...]]]
) -> None:
    undisturbed, settings = (Settings(home=tmp_path / name) for name in ("undisturbed", "home"))
    for each in (undisturbed, settings):
        with landing_home(each) as home:
            fill(home)
    began = time.monotonic()
    assert exit_code(landing(undisturbed)) == 0
    whole = time.monotonic() - began
    killed = 0
    for kill in range(1, KILLS + 1):
        process = landing(settings)
        time.sleep(whole * kill / KILLS)
        process.kill()
        killed += exit_code(process) == -signal.SIGKILL
    assert killed > 2, "they had something left to do"
    assert exit_code(landing(settings)) == 0
    assert state(settings) == expected
