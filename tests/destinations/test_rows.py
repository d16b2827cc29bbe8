"""Rows of destinations: own rows override, and a row nobody can use is an error that names it."""

from __future__ import annotations

import pytest

from orchestration.cli.faking import HEADER
from orchestration.lib.destinations import rows
from orchestration.lib.destinations.contract import DestinationError
from orchestration.lib.destinations.rows import (
    fields_of,
    open_destination,
    read_destinations,
    read_fields,
    secret_of,
)
from orchestration.lib.row_files.flavours import FLAVOURS
from orchestration.lib.row_files.formats import FORMATS
from orchestration.lib.rules import check_rules, rule_tables
from orchestration.lib.running.steps import told_by_file
from orchestration.lib.settings import Settings

GOOD = {
    "destination": "email_tool",
    "kind": "mailchimp",
    "base_url": "https://us1.api.mailchimp.com/3.0/",
    "account": "abc123",
    "secret_name": "MAILCHIMP_KEY",
    "is_active": "true",
}
FIELDS = "rule_id,destination,segment_id,field,attribute,is_active,rule_version,note"


def own(settings: Settings, **cells: str) -> None:
    """One own row."""
    values = {**GOOD, **cells}
    row = ",".join(values.get(name, "") for name in HEADER.split(","))
    (settings.rules / "destinations.csv").write_text(f"{HEADER}\n{row}\n")


def test_shipped_rows_send_nothing_anywhere(settings: Settings) -> None:
    assert [row.kind for row in read_destinations(settings).values()] == ["file"]
    assert read_fields(settings)
    with pytest.raises(DestinationError, match="told by files"):
        open_destination(read_destinations(settings)["email_tool"], environment={})


def test_the_tables_are_declared_as_they_are_read() -> None:
    table = rule_tables()["destinations"]
    assert table.choices["kind"] == tuple(rows.KINDS)
    assert table.choices["new_member_status"] == rows.NEW_MEMBER_STATUSES
    assert table.choices["file_format"] == FORMATS
    assert table.choices["file_flavour"] == FLAVOURS
    assert list(table.types) == HEADER.split(",")


def test_a_tool_is_not_told_by_file(settings: Settings) -> None:
    assert told_by_file(settings) == ["email_tool", "exclusions", "owner_tasks"]
    own(settings)
    assert told_by_file(settings) == ["exclusions", "owner_tasks"]


def test_a_cell_names_several_destinations() -> None:
    assert rows.names_in(" crm | mail||crm|") == ["crm", "mail"]
    assert rows.names_in(None) == rows.names_in(" | ") == []


def test_an_own_row_overrides(settings: Settings) -> None:
    own(settings, batch_size="900", canary_share="0.1", is_automatic="TRUE")
    row = read_destinations(settings)["email_tool"]
    assert (row.kind, row.base_url) == ("mailchimp", "https://us1.api.mailchimp.com/3.0")
    assert (row.batch_size, row.requests_per_second, row.canary_share) == (500, 5.0, 0.1)
    assert row.new_member_status == "pending" and row.is_automatic
    own(settings, canary_share="")
    assert read_destinations(settings)["email_tool"].canary_share == 0.05
    own(settings, canary_share="0")
    assert read_destinations(settings)["email_tool"].canary_share == 0
    own(settings, is_active="false")
    assert read_destinations(settings) == {}
    assert check_rules(settings) == []


def test_what_files_are_like(settings: Settings) -> None:
    assert read_destinations(settings)["email_tool"].file_format == "csv"
    own(settings, kind="file", file_format="parquet", file_flavour="human")
    row = read_destinations(settings)["email_tool"]
    assert (row.file_format, row.file_flavour) == ("parquet", "human")
    own(settings, kind="file", file_format="xlsx")
    (problem,) = check_rules(settings)
    assert (problem.line, problem.row_id, problem.column) == (2, "email_tool", "file_format")
    assert problem.what == "'xlsx' is not known here."
    assert problem.remedy == "Use one of csv, jsonl, parquet."


BAD = [
    ({"kind": "pigeon"}, "kind 'pigeon'"),
    ({"base_url": ""}, "base_url is missing"),
    ({"account": ""}, "account is missing"),
    ({"secret_name": ""}, "secret_name is missing"),
    ({"base_url": "http://us1.api.mailchimp.com/3.0"}, "no https address"),
    ({"base_url": "https://a b.example"}, "no https address"),
    ({"base_url": "https://[::1"}, "no address"),
    ({"base_url": "https://u:p@us1.api.mailchimp.com"}, "more than an address"),
    ({"base_url": "https://us1.api.mailchimp.com?key=1"}, "more than an address"),
    ({"batch_size": "0"}, "batch_size '0'"),
    ({"batch_size": "2.5"}, "batch_size '2.5'"),
    ({"requests_per_second": "0"}, "requests_per_second '0'"),
    ({"timeout_seconds": "nan"}, "timeout_seconds 'nan'"),
    ({"canary_share": "1.5"}, "canary_share '1.5'"),
    ({"canary_share": "a tenth"}, "canary_share 'a tenth'"),
    ({"new_member_status": "subscribed"}, "nobody is ever subscribed"),
    ({"kind": "file", "file_format": "xlsx"}, "use one of csv, jsonl, parquet"),
    ({"kind": "file", "file_flavour": "pretty"}, "use one of machine, human"),
    ({"file_format": "jsonl"}, "only for kind file"),
]


@pytest.mark.parametrize(("cells", "said"), BAD)
def test_a_bad_row_is_named(settings: Settings, cells: dict[str, str], said: str) -> None:
    own(settings, **cells)
    with pytest.raises(DestinationError) as raised:
        read_destinations(settings)
    assert said in str(raised.value)
    assert "row email_tool" in raised.value.what and "line 2" in raised.value.where


@pytest.mark.parametrize(
    "secret",
    [
        "0123456789abcdef0123456789abcdef-us6",
        "0123456789abcdef0123456789abcdef",
        "pat-eu1-11111111-2222-3333",
        "AKIAIOSFODNN7EXAMPLE00",
    ],
)
def test_a_secret_in_the_row_is_refused_and_not_told(settings: Settings, secret: str) -> None:
    own(settings, secret_name=secret)
    with pytest.raises(DestinationError, match="no name of an environment variable") as raised:
        read_destinations(settings)
    assert secret not in str(raised.value)


def test_a_secret_comes_from_the_environment(settings: Settings) -> None:
    own(settings)
    row = read_destinations(settings)["email_tool"]
    assert secret_of(row, {"MAILCHIMP_KEY": " word\n"}) == "word"
    for bad in ({}, {"MAILCHIMP_KEY": ""}, {"MAILCHIMP_KEY": "two\nlines"}):
        with pytest.raises(DestinationError, match="MAILCHIMP_KEY"):
            secret_of(row, bad)


def test_a_field_of_a_segment_wins(settings: Settings) -> None:
    own_rows = [
        "a,email_tool,,FNAME,first_name,true,1,",
        "b,email_tool,win_back,FNAME,last_name,true,1,",
        "c,email_tool,win_back,DAYS,days_since_order_placed,true,1,",
        "d,email_tool,,CITY,stage,false,1,",
    ]
    (settings.rules / "destination_fields.csv").write_text("\n".join([FIELDS, *own_rows]))
    assert check_rules(settings) == []
    fields = read_fields(settings)
    assert fields_of(fields, "email_tool", "welcome_1") == {"FNAME": "first_name"}
    assert fields_of(fields, "email_tool", "win_back") == {
        "FNAME": "last_name",
        "DAYS": "days_since_order_placed",
    }


def test_a_field_twice_or_of_nothing_is_named(settings: Settings) -> None:
    path = settings.rules / "destination_fields.csv"
    twice = [f"{rule},email_tool,,FNAME,first_name,true,1," for rule in "ab"]
    path.write_text("\n".join([FIELDS, *twice]))
    with pytest.raises(DestinationError, match="row email_tool: the field FNAME is filled twice"):
        read_fields(settings)
    path.write_text(f"{FIELDS}\na,email_tool,,FNAME,shoe_size,true,1,\nb,email_tool,,X,,true,1,\n")
    assert "'shoe_size' is no attribute" in str(check_rules(settings)[0])
    with pytest.raises(DestinationError, match="attribute is missing"):
        read_fields(settings)
