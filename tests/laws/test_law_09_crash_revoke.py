"""Law 9 in revoking: killed at any point, the next ingest carries the decision out.

Mutations that must fail here: no decision before the rows go; no transaction around a table; an
ingest that does not look for decisions.
"""

from __future__ import annotations

import os
import signal
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from orchestration.lib.home import open_home
from orchestration.lib.revoking import chosen_batches, restore, revoke
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import landing_home
from tests.laws.landing_processes import SERVER, exit_code, landing
from tests.laws.test_law_09_crash_ingest import STATE

pytestmark = pytest.mark.slow


def take_out(home: Path, fail_at: str) -> None:
    """Revoke the first batch; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    settings = Settings(home=home)
    with open_home(settings) as connection:
        batches = chosen_batches(connection, ["1"], statuses=("loaded",))
        revoke(connection, settings, batches, reason="wrong")


def let_in(home: Path, fail_at: str) -> None:
    """Restore the first batch; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    settings = Settings(home=home)
    with open_home(settings) as connection:
        batches = chosen_batches(connection, ["1"], statuses=("revoked",))
        restore(connection, settings, batches, reason="right")


def prepared(home: Path) -> Settings:
    """A home in which the second file repeats a row of the first."""
    settings = Settings(home=home)
    with landing_home(settings) as opened:
        opened.land("files/accounts/a.csv", "account_id,name\n1,One\n2,Two\n,nobody\n")
        opened.land("files/accounts/b.csv", "account_id,name\n1,One\n3,Three\n")
        opened.land("files/contacts/c.csv", "contact_id,email\n1,a@x.io\n")
    return settings


def ended(process: ForkServerProcess) -> int | None:
    """How a process ended that is begun here."""
    process.start()
    return exit_code(process)


def state(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Everything landing and revoking wrote, without clocks."""
    with landing_home(settings) as home:
        return {name: sorted(home.rows(sql), key=repr) for name, sql in STATE.items()}


@pytest.mark.parametrize(
    "point", ["revoke.after_decision", "revoke.before_commit", "revoke.after_commit"]
)
def test_killed_while_it_takes_out(tmp_path: Path, point: str) -> None:
    undisturbed, settings = (prepared(tmp_path / name) for name in ("undisturbed", "home"))
    take_out(undisturbed.home, "")
    process = SERVER.Process(target=take_out, args=(settings.home, point))
    assert ended(process) == -signal.SIGKILL
    assert exit_code(landing(settings)) == 0
    assert state(settings) == state(undisturbed)


def test_killed_while_it_lets_in(tmp_path: Path) -> None:
    undisturbed, settings = (prepared(tmp_path / name) for name in ("undisturbed", "home"))
    for each in (undisturbed, settings):
        take_out(each.home, "")
    let_in(undisturbed.home, "")
    process = SERVER.Process(target=let_in, args=(settings.home, "restore.after_decision"))
    assert ended(process) == -signal.SIGKILL
    for each in (undisturbed, settings):
        assert exit_code(landing(each)) == 0
    ledger = "select * from raw_files.accounts order by _batch_id, _source_row"
    with landing_home(settings) as home, landing_home(undisturbed) as other:
        assert len(home.rows(ledger)) == len(other.rows(ledger)) == 3
