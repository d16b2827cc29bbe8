"""Declared tables: what the YAML may say, and what a suite does with a batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.lib.errors import ContractError
from orchestration.lib.landing import ensure_raw_tables
from orchestration.lib.raw_checks import declared_table, declared_tables
from orchestration.lib.raw_checks.specs import read_spec
from orchestration.lib.settings import Settings
from tests.fixtures.landing.homes import LandingHome, landing_home

CONSENTS = "email,status,changed_at\n"


@pytest.fixture
def home(settings: Settings) -> Iterator[LandingHome]:
    with landing_home(settings) as home:
        yield home


def test_the_standard_tables_are_declared() -> None:
    names = {spec.name for spec in declared_tables()}
    assert {"files/contacts", "files/web_events", "puffy/web_events", "olist/closed_deals"} <= names
    ad_days = declared_table("files", "ad_days")
    assert ad_days is not None
    assert ad_days.key == (
        "platform", "ad_account_id", "campaign_id", "adgroup_id", "ad_id", "country", "date",
    )  # fmt: skip
    assert [one.name for one in ad_days.required] == ["platform", "campaign_id", "date"]


@pytest.mark.parametrize(
    "text",
    [
        "columns: {a: words}",
        "columns: {a: text keen}",
        "columns: [a]",
        "nothing: {}",
        "columns: {a: text}\nunknown: 1",
        "columns: {a: text}\none_of: [[a, b]]",
        "columns: {a: text}\nexpectations: [{type: x, kwargs: {column: a}, severity: bad}]",
        "columns: {a: text",
    ],
)
def test_a_bad_declaration_is_one_clear_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "files" / "things.yml"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(ContractError) as caught:
        read_spec(path)
    assert caught.value.where == str(path)


def test_a_column_declared_later_is_added(home: LandingHome) -> None:
    ensure_raw_tables(home.connection)
    home.connection.execute("alter table raw_files.accounts drop column industry")
    ensure_raw_tables(home.connection)
    home.land("files/accounts/a.csv", "account_id,industry\n1,steel\n")
    assert home.rows("select industry from raw_files.accounts") == [("steel",)]


def test_one_of_several_columns_is_required(tmp_path: Path, home: LandingHome) -> None:
    path = tmp_path / "files" / "accounts.yml"
    path.parent.mkdir()
    path.write_text("columns: {account_id: text, name: text}\none_of: [[account_id, name]]\n")
    spec = read_spec(path)
    from orchestration.lib.landing import discover
    from orchestration.lib.landing.land_file import land_file

    ensure_raw_tables(home.connection)
    home.put("files/accounts/a.csv", "account_id,name,city\n1,,x\n,Acme,x\n,,x\n")
    home.put("files/accounts/b.csv", "city\nx\n")
    files = discover(home.settings, home.connection, still_seconds=0).pending
    reports = [land_file(home.connection, home.settings, spec, file) for file in files]
    assert (reports[0].rows_loaded, reports[0].rows_quarantined) == (2, 1)
    assert reports[1].reason == "required column is missing: account_id or name"


def test_a_batch_that_fails_a_critical_check_is_set_aside(home: LandingHome) -> None:
    rows = "".join(f"p{n}@x.io,whatever,2026-01-01\n" for n in range(200))
    report = home.land("files/consents/a.csv", CONSENTS + rows)
    assert (report.status, report.rows_in, report.rows_quarantined) == ("rejected", 200, 200)
    assert (report.reason or "").startswith("status: a status nobody knows")
    assert "100.00 % of 200 rows, such as whatever; export the words" in (report.reason or "")
    assert home.rows("select count(*) from raw_ops.quarantined_addresses") == [(200,)]
    assert home.rows(
        "select column_name from raw_ops.batch_checks where not success order by all"
    ) == [("status",)]


def test_a_batch_of_mostly_unusable_rows_is_set_aside(home: LandingHome) -> None:
    rows = "".join(f"p{n}@x.io,confirmed,{'x' if n > 80 else '2026-01-01'}\n" for n in range(200))
    report = home.land("files/consents/a.csv", CONSENTS + rows)
    assert report.status == "rejected"
    assert (report.reason or "").startswith("unusable_share: a file of which most rows")


def test_a_doubt_is_reported_and_the_batch_kept(home: LandingHome) -> None:
    rows = "".join(f"{n},Ann\n" for n in range(200))
    report = home.land("files/contacts/a.csv", f"contact_id,first_name\n{rows}")
    assert (report.status, report.rows_loaded) == ("loaded", 200)
    assert report.warnings == (
        "email.null_share: contacts without addresses join to nothing; found 1; "
        "look whether the column was renamed",
    )


def test_a_small_batch_is_judged_row_by_row(home: LandingHome) -> None:
    report = home.land("files/consents/a.csv", f"{CONSENTS}a@x.io,whatever,x\n")
    assert (report.status, report.rows_quarantined) == ("loaded", 1)
    assert home.rows("select count(*) from raw_ops.batch_checks") == [(0,)]
