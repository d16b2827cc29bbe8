"""A file that is taken out again leaves the raw tables as if it had never come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.revoking import chosen_batches, land_again, restore, revoke
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import UNBALANCED, LandingHome, landing_home

HEADER = "account_id,name,updated_at\n"
WRONG = f"{HEADER}1,Wrong,2026-02-01\n2,Two,2026-01-01\n,nobody,2026-01-01\n"
FILES = {
    "files/accounts/a.csv": f"{HEADER}1,One,2026-01-01\n",
    "files/accounts/b.csv": WRONG,
    "files/accounts/c.csv": f"{HEADER}2,Two,2026-01-01\n1,Wrong,2026-02-01\n3,Three,2026-01-01\n",
    "files/accounts/d.csv": f"{HEADER}1,One,2026-01-01\n2,Two,2026-01-01\n4,Four,2026-01-01\n",
}
RAW = "select account_id, name, _source_file, _source_row from raw_files.accounts order by all"
COUNTS = (
    "select source_file, rows_in, rows_loaded, rows_duplicate, rows_quarantined"
    " from raw_ops.load_ledger where status = 'loaded' order by source_file"
)
REFUSED = "select email from raw_ops.quarantined_addresses order by email"


@pytest.fixture
def home(settings: Settings) -> Iterator[LandingHome]:
    with landing_home(settings) as home:
        yield home


def land_all(home: LandingHome, *, without: str = "") -> None:
    """Land the files one after the other."""
    for name, text in FILES.items():
        if name != without:
            home.land(name, text)


def take_out(home: LandingHome, *names: str, keep_evidence: bool = True) -> list[dict]:
    """Revoke batches or files; the books must balance after it."""
    batches = chosen_batches(home.connection, names, statuses=("loaded", "rejected", "repeated"))
    counts = revoke(
        home.connection, home.settings, batches, reason="wrong", keep_evidence=keep_evidence
    )
    assert home.rows("from raw_ops.load_ledger where " + UNBALANCED) == []
    return counts


@pytest.mark.parametrize("wrong", FILES)
def test_as_if_it_had_never_come(home: LandingHome, tmp_path: Path, wrong: str) -> None:
    land_all(home)
    take_out(home, wrong)
    with landing_home(Settings(home=tmp_path / "other")) as other:
        land_all(other, without=wrong)
        assert home.rows(RAW) == other.rows(RAW)
        assert home.rows(COUNTS) == other.rows(COUNTS)
        assert home.reasons() == other.reasons()


def test_a_repeated_row_comes_to_life(home: LandingHome) -> None:
    land_all(home)
    (counts,) = take_out(home, "2")
    assert (counts["rows_deleted"], counts["rows_revived"]) == (2, 2)
    assert ("1", "Wrong", "files/accounts/c.csv", 3) in home.rows(RAW)


def test_what_is_taken_out_does_not_come_back_by_itself(home: LandingHome) -> None:
    land_all(home)
    take_out(home, "landing/files/accounts/b.csv")
    before = home.rows(RAW)
    report = home.land("files/accounts/z.csv", WRONG)
    assert (report.status, report.rows_in, report.rows_erased) == ("revoked", 3, 3)
    assert home.rows(RAW) == before


def test_copies_of_the_same_content_go_with_it(home: LandingHome) -> None:
    home.land("files/accounts/b.csv", WRONG)
    home.land("files/accounts/copy.csv", WRONG)
    take_out(home, "files/accounts/copy.csv")
    assert home.rows(RAW) == []
    assert home.rows("select distinct status from raw_ops.load_ledger") == [("revoked",)]


def test_a_rebuilt_warehouse_obeys_the_decision(home: LandingHome) -> None:
    land_all(home)
    take_out(home, "2")
    before = home.rows(RAW)
    home.connection.execute("drop schema raw_ops cascade; drop schema raw_files cascade")
    home.ingest()
    assert home.rows(RAW) == before


def test_it_comes_back_when_restored(home: LandingHome) -> None:
    land_all(home)
    take_out(home, "2")
    batches = chosen_batches(home.connection, ["2"], statuses=("revoked",))
    assert restore(home.connection, home.settings, batches, reason="it was right") == [
        "files/accounts/b.csv"
    ]
    (report,) = home.ingest().files
    assert (report.status, report.rows_in, report.rows_quarantined) == ("loaded", 3, 1)


def test_without_a_later_file_that_is_needed_nothing_happens(home: LandingHome) -> None:
    land_all(home)
    (home.settings.landing / "files/accounts/c.csv").unlink()
    before = home.rows(RAW)
    with pytest.raises(TouchlineError, match="read again"):
        take_out(home, "2")
    assert home.rows(RAW) == before


def test_refusals_stay_unless_asked(home: LandingHome) -> None:
    header = "email,status,changed_at\n"
    rows = "no@x.io,unsubscribed,2026-01-01\nyes@x.io,confirmed,2026-01-01\nodd@x.io,?,2026-01-01\n"
    home.land("files/consents/a.csv", f"{header}{rows},broken@x.io,\n")
    take_out(home, "1")
    assert home.rows(REFUSED) == [("broken@x.io",), ("no@x.io",), ("odd@x.io",)]
    home.land("files/consents/b.csv", f"{header}no@x.io,unsubscribed,2026-01-02\n")
    take_out(home, "2", keep_evidence=False)
    assert len(home.rows(REFUSED)) == 3


def test_a_file_set_aside_is_judged_again(home: LandingHome) -> None:
    home.land("files/accounts/a.csv", "name\nOne\n")
    rejected = chosen_batches(home.connection, ["1"], statuses=("rejected",))
    land_again(home.connection, home.settings, rejected, reason="contract changed")
    (report,) = home.ingest().files
    assert (report.status, report.batch_id) == ("rejected", f"{2:012d}")
    assert home.rows("select batch_id from raw_ops.quarantine") == [(report.batch_id,)]


def test_a_name_that_means_nothing_is_told(home: LandingHome) -> None:
    home.ingest()
    with pytest.raises(TouchlineError, match="no batch or file"):
        chosen_batches(home.connection, ["x.csv"], statuses=("loaded",))
