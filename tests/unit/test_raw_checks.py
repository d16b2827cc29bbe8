"""Declared tables: what the YAML may say, and what a suite does with a batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.errors import ContractError
from orchestration.lib.landing import discover, ensure_raw_tables
from orchestration.lib.landing.land_file import land_file
from orchestration.lib.landing.read_file import read_file
from orchestration.lib.raw_checks import declared_table, declared_tables
from orchestration.lib.raw_checks.specs import read_spec
from tests.fixtures.landing.homes import LandingHome

CONSENTS = "email,status,changed_at\n"


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
    ensure_raw_tables(home.connection)
    home.put("files/accounts/a.csv", "account_id,name,city\n1,,x\n,Acme,x\n,,x\n")
    home.put("files/accounts/b.csv", "city\nx\n")
    files = discover(home.settings, home.connection, still_seconds=0).pending
    staged = [read_file(home.connection, home.settings, spec, file) for file in files]
    reports = [land_file(spec, one) for one in staged]
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


def test_each_of_two_checks_of_a_column_keeps_its_own_verdict(home: LandingHome) -> None:
    rows = "".join(f"g,{n},2026-01-01,{n},{n + 1},1.5,EUR\n" for n in range(200))
    header = "platform,campaign_id,date,impressions,clicks,spend,currency\n"
    report = home.land("files/ad_days/a.csv", header + rows)
    assert [one.partition(":")[0] for one in report.warnings] == ["impressions and clicks"]
    assert "100.00 % of 200 rows, such as 0.0 and 1.0, " in report.warnings[0]


@pytest.mark.parametrize(
    ("table", "header", "row", "doubt"),
    [
        ("opportunities", "opportunity_id,created_at,is_won,is_closed", "{n},2026-01-01,true,false",
         "is_won and is_closed: a deal that is won is closed"),
        ("opportunities", "opportunity_id,created_at,closed_at", "{n},2026-01-02,2026-01-01",
         "closed_at and created_at: no deal is closed"),
        ("ad_days", "platform,campaign_id,date,spend,currency", "g,{n},2026-01-01,2000000,EUR",
         "spend: negative spend"),
        ("orders", "order_id,ordered_at,total,currency", "{n},2026-01-01,9.5,euro",
         "currency: an unknown currency"),
        ("contacts", "contact_id,email", "{n},none@x.io",
         "email.distinct_share: an address that many contacts share"),
        ("activities", "activity_id,activity_type,occurred_at", "7,call,2026-01-01T00:{n}",
         "key_unique_share: rows of the same activity_id"),
        ("tickets", "ticket_id,created_at", "{n},2999-01-01",
         "created_at.future_share: what has not happened yet"),
        ("mentions", "mention_id,platform,posted_at,kind", "{n},x,2026-01-01,tweet",
         "kind: another word is kept"),
        ("products", "product_id,price", "{n},9.5 EUR",
         "price.castable_share: what is no number is read as nothing"),
        ("experiments", "experiment_id,email,variant,assigned_at", "a,p{n}@x.io,,2026-01-01",
         ""),
    ],
)  # fmt: skip
def test_what_vendors_get_wrong_is_told(
    home: LandingHome, table: str, header: str, row: str, doubt: str
) -> None:
    rows = "\n".join(row.format(n=n) for n in range(10, 60) for _ in range(2))
    report = home.land(f"files/{table}/a.csv", f"{header}\n{rows}\n")
    assert report.status == ("loaded" if doubt else "rejected")
    assert not doubt or any(one.startswith(doubt) for one in report.warnings), report.warnings
    told = home.rows("select count(*) from raw_ops.batch_checks where not success and remedy = ''")
    assert told == [(0,)]
