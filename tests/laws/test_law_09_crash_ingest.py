"""Law 9 in landing: killed at any point, the next run finishes the work, and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home

POINTS = (
    "ingest.after_stage",
    "ingest.before_load",
    "ingest.before_commit",
    "ingest.after_commit",
)
ROOT = Path(__file__).parents[2]
INGEST = """
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.settings import load_settings
settings = load_settings()
with open_home(settings) as connection:
    ingest(settings, connection, still_seconds=0)
"""
STATE = {
    "accounts": "select * exclude (_loaded_at) from raw_files.accounts",
    "contacts": "select * exclude (_loaded_at) from raw_files.contacts",
    "ledger": "select * exclude (loaded_at, seconds, file_modified_at) from raw_ops.load_ledger",
    "quarantine": "select * exclude (quarantined_at) from raw_ops.quarantine",
    "addresses": "select * from raw_ops.quarantined_addresses",
}

pytestmark = pytest.mark.slow


def fill(home: LandingHome) -> None:
    """Files of two tables, with rows to load, to repeat and to set aside."""
    lines = "".join(f"{n},Name {n}\n" for n in range(90))
    home.put("files/accounts/a.csv", f"account_id,name\n{lines}")
    home.put("files/accounts/b.csv", "account_id,name,extra\n1,Name 1,\n1,New,x\n,none,\nbad\n")
    home.put("files/contacts/c.csv", "contact_id,email\n1,a@x.io\n,b@x.io\n")
    home.put("files/contacts/d.csv", "email\nc@x.io\n")


def state(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Everything ingest wrote, in one order, without clocks."""
    with landing_home(settings) as home:
        return {name: sorted(home.rows(sql), key=repr) for name, sql in STATE.items()}


def run(settings: Settings, **environment: str) -> subprocess.Popen[bytes]:
    """An ingest in a process of its own."""
    variables = {"TOUCHLINE_HOME": str(settings.home), "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen([sys.executable, "-c", INGEST], env=os.environ | variables)


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
    assert run(settings, TOUCHLINE_FAIL_AT=point).wait() == -signal.SIGKILL
    assert run(settings).wait() == 0
    assert state(settings) == expected


def test_killed_at_any_moment(
    tmp_path: Path, expected: dict[str, list[tuple[object, ...]]]
) -> None:
    settings = Settings(home=tmp_path)
    with landing_home(settings) as home:
        fill(home)
    for twentieths in range(4, 16):
        process = run(settings)
        time.sleep(twentieths / 20)
        process.kill()
        process.wait()
    assert run(settings).wait() == 0
    assert state(settings) == expected
