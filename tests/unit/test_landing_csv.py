"""CSV as it really comes: what is kept, what is set aside, and why."""

from __future__ import annotations

import gzip

import pyarrow as pa
import pytest

from tests.fixtures.landing.homes import LandingHome

CONTACTS = "files/contacts/c.csv"
NAMES = "select contact_id, first_name from raw_files.contacts order by _source_row"


@pytest.mark.parametrize(
    "content",
    [
        b"contact_id,first_name\n1,M\xc3\xbcller\n2,Bo\n",
        b"\xef\xbb\xbfcontact_id,first_name\r\n1,M\xc3\xbcller\r\n2,Bo\r\n",
        b"contact_id;first_name\n1;M\xc3\xbcller\n2;Bo",
        b"contact_id\tfirst_name\n1\tM\xc3\xbcller\n2\tBo\n",
        b"contact_id|first_name\n\n1|M\xc3\xbcller\n\n2|Bo\n",
        b"\n \ncontact_id,first_name\n\n1,M\xc3\xbcller\n\n2,Bo\n",
        b"contact_id,first_name\r1,M\xc3\xbcller\r2,Bo\r",
        b"contact_id,first_name\n1,M\xc3\xbcller\r\n2,Bo\n",
        b"contact_id,first_name\n1,M\xfcller\n2,Bo\n",
        "contact_id,first_name\n1,Müller\n2,Bo\n".encode("utf-16"),
        "\ufeffcontact_id,first_name\r\n1,Müller\r\n2,Bo\r\n".encode("utf-16-be"),
        b' Contact_ID ,FIRST_NAME\n1,"M\xc3\xbcller"\n2,"Bo"\n',
    ],
)
def test_encodings_delimiters_and_line_ends(home: LandingHome, content: bytes) -> None:
    report = home.land(CONTACTS, content)
    assert (report.status, report.rows_in, report.rows_quarantined) == ("loaded", 2, 0)
    assert home.rows(NAMES) == [("1", "Müller"), ("2", "Bo")]


def test_lines_that_are_no_rows_spoil_no_others(home: LandingHome) -> None:
    lines = [
        b"contact_id,first_name,title",
        b"1,Ann,Boss",
        b"2,short",
        b"3,too,long,by,far",
        b'4,"two\nlines",ok',
        b'5,"never closed,x',
        b"6,in\xffvalid,x\xc3\xa4",
        b'7,"bad" quote,x',
        b'8,"say ""hi""",x',
        b'9,5" pipe,x',
        b"10,Zed,last",
    ]
    report = home.land(CONTACTS, b"\n".join(lines))
    assert (report.rows_in, report.rows_loaded, report.rows_quarantined) == (10, 5, 5)
    assert home.rows(NAMES) == [
        ("1", "Ann"), ("4", "two\nlines"), ("8", 'say "hi"'), ("9", '5" pipe'), ("10", "Zed"),
    ]  # fmt: skip
    assert home.reasons() == [
        (3, None, "not a row of 3 columns"),
        (4, None, "not a row of 3 columns"),
        (6, None, "a quote is opened and never closed"),
        (7, None, "not valid UTF-8"),
        (8, None, "not a row of 3 columns"),
    ]
    texts = home.rows("select raw_text from raw_ops.quarantine order by source_row")
    assert texts[0] == ("2,short",)
    assert texts[3] == ("6,in\ufffdvalid,xä",)


def test_required_values_must_be_there_and_castable(home: LandingHome) -> None:
    home.land(
        "files/activities/a.csv",
        "activity_id,activity_type,occurred_at,duration_seconds\n"
        "1,call,2026-01-01T10:00:00+02:00,60\n"
        "2,,2026-01-01,60\n"
        "3,call,31.12.2026,60\n"
        "4,call,0001-01-01,-5\n"
        "5,call,9999-12-31T23:59:59Z,about an hour\n"
        "6,call,infinity,1\n"
        ' ,call,2026-01-01,"1"\n',
    )
    assert home.reasons() == [
        (3, "activity_type", "required value is missing"),
        (4, "occurred_at", "required value is not a timestamp"),
        (7, "occurred_at", "required value is not a timestamp"),
        (8, "activity_id", "required value is missing"),
    ]
    assert home.rows(
        "select activity_id, duration_seconds from raw_files.activities order by all"
    ) == [("1", "60"), ("4", "-5"), ("5", "about an hour")]
    assert home.rows("select column_name, value_count, example from raw_ops.uncastable_values") == [
        ("duration_seconds", 1, "about an hour")
    ]
    texts = home.rows("select raw_text from raw_ops.quarantine order by source_row")
    assert texts[0] == ('{"activity_id":"2","occurred_at":"2026-01-01","duration_seconds":"60"}',)


def test_what_looks_dangerous_is_text(home: LandingHome) -> None:
    nasty = ["'; drop table raw_files.contacts; --", "=cmd|' /C calc'!A0", "{{ 7*7 }}", "$1 ? :x"]
    rows = "".join(f'{number},"{text}"\n' for number, text in enumerate(nasty))
    home.land('files/contacts/it\'s; a "name".csv', f"contact_id,first_name\n{rows}")
    assert [row[1] for row in home.rows(NAMES)] == nasty


def test_names_of_columns(home: LandingHome) -> None:
    report = home.land(
        CONTACTS,
        "contact_id,email,EMAIL,Contact ID,_row_id,,first_name \n1,a@x.io,b@x.io,q,w,e,Ann\n",
    )
    assert report.unknown_columns == ("EMAIL_2", "Contact ID", "_row_id_2", "column_6")
    assert home.rows(
        'select email, "EMAIL_2", "Contact ID", column_6, first_name from raw_files.contacts'
    ) == [("a@x.io", "b@x.io", "q", "e", "Ann")]
    assert "title" in report.missing_columns


def test_a_file_without_a_required_column_is_set_aside_whole(home: LandingHome) -> None:
    home.put("files/contacts/good.csv", "contact_id\n1\n")
    report = home.land("files/consents/bad.csv", "email,status\nA.B@x.io,unsubscribed\n")
    assert (report.status, report.rows_in, report.rows_quarantined) == ("rejected", 1, 1)
    assert report.reason == "required column is missing: changed_at"
    assert home.rows(NAMES) == [("1", None)]
    assert home.rows("select email, source_row from raw_ops.quarantined_addresses") == [
        ("a.b@x.io", 2)
    ]


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", "loaded"), (b"\n\n", "loaded"), (b"contact_id\n", "loaded"), (b"name\n", "rejected")],
)
def test_files_without_rows(home: LandingHome, content: bytes, status: str) -> None:
    report = home.land(CONTACTS, content)
    assert (report.status, report.rows_in) == (status, 0)


def test_a_huge_field_and_nul_bytes(home: LandingHome) -> None:
    huge = b"x" * 5_000_000
    report = home.land(CONTACTS, b"contact_id,title\n1," + huge + b"\n2,a\x00b\n3,c\n")
    assert (report.rows_loaded, report.rows_quarantined) == (2, 1)
    assert home.reasons() == [(3, None, "holds a NUL byte")]
    assert home.rows("select max(length(title)) from raw_files.contacts") == [(5_000_000,)]


def test_compressed_files(home: LandingHome) -> None:
    content = b"contact_id,first_name\n1,Ann\n2,Bo,\xff\n"
    assert home.land("files/contacts/c.csv.gz", gzip.compress(content)).rows_quarantined == 1
    other = pa.compress(b"contact_id\n3\n", codec="zstd", asbytes=True)
    assert home.land("files/contacts/c.csv.zst", other).rows_loaded == 1
    assert home.rows(NAMES.replace("_source_row", "contact_id")) == [("1", "Ann"), ("3", None)]


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_cut_off_compressed_file_is_set_aside(home: LandingHome, suffix: str) -> None:
    content = b"contact_id,title\n" + b"".join(b"%d,x%d\n" % (n, n * n) for n in range(9_999))
    whole = gzip.compress(content) if suffix == "gz" else pa.compress(content, "zstd", asbytes=True)
    report = home.land(f"files/contacts/c.csv.{suffix}", whole[:-4])
    assert report.status == "rejected"
    assert "cut off" in (report.reason or "")
    assert report.rows_in == report.rows_quarantined > 5_000
    assert home.rows(NAMES) == []


def test_addresses_in_a_damaged_file_still_suppress(home: LandingHome) -> None:
    content = "email,status,changed_at\n" + "".join(f"p{n}@x.io,cleaned,x\n" for n in range(3_000))
    packed = gzip.compress(content.encode())
    home.land("files/consents/c.csv.gz", packed[: len(packed) // 2])
    home.land("files/consents/d.json", '[{"email": "In.Array@x.io"}, {"email')
    found = home.rows("select email from raw_ops.quarantined_addresses")
    assert {("p0@x.io",), ("p99@x.io",), ("in.array@x.io",)} <= set(found)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Jürgen.Groß@x.io", "jürgen.groß@x.io"),
        ("mia@Müller-demo.de", "mia@müller-demo.de"),
        ("アンナ@例え.jp", "アンナ@例え.jp"),
        ("\tmia@x.io", "mia@x.io"),
        ("Mia <mia+news@x.io>", "mia+news@x.io"),
    ],
)
def test_an_address_in_any_script_still_suppresses(
    home: LandingHome, written: str, address: str
) -> None:
    home.land("files/consents/c.csv", f"email,status,changed_at\n{written},unsubscribed,soon\n")
    assert (address,) in home.rows("select email from raw_ops.quarantined_addresses")


@pytest.mark.slow
def test_rows_keep_the_number_of_their_line(home: LandingHome) -> None:
    lines = b"".join(b"%d,%s\n" % (n, b"x" * (n % 1200)) for n in range(2, 70_002))
    assert home.land("files/accounts/a.csv", b"account_id,name\n" + lines).rows_loaded == 70_000
    assert home.rows(
        "select count(*) from raw_files.accounts where account_id <> _source_row::varchar"
    ) == [(0,)]
