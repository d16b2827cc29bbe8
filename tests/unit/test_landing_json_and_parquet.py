"""JSON and Parquet become the same text columns as CSV."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.fixtures.landing.homes import LandingHome

EVENTS = "select event_id, event_name, value, properties from raw_files.web_events order by all"
FIRST = {"event_id": "1", "event_name": "search", "occurred_at": "2026-01-01", "value": 1.0}
SECOND = {
    "EVENT_ID": "2",
    "event_name": "search",
    "occurred_at": "2026-01-01",
    "properties": {"q": ["a", 1]},
    "a/b~c d": True,
    "value": None,
}
LINES = f"{json.dumps(FIRST)}\n{json.dumps(SECOND)}\n"


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("jsonl", LINES.encode()),
        ("ndjson", LINES.replace("\n", "\r\n\r\n").encode()),
        ("json", LINES.encode()),
        ("json", json.dumps([FIRST, SECOND]).encode()),
        ("json", json.dumps([FIRST, SECOND], indent=2).encode("utf-8-sig")),
        ("json", (json.dumps(FIRST, indent=2) + "\n" + json.dumps(SECOND, indent=2)).encode()),
        ("json.gz", gzip.compress(json.dumps([FIRST, SECOND], indent=2).encode())),
        ("jsonl", LINES.encode("utf-16")),
        ("jsonl.gz", gzip.compress(LINES.encode())),
    ],
)
def test_shapes_of_json(home: LandingHome, suffix: str, content: bytes) -> None:
    report = home.land(f"files/web_events/e.{suffix}", content)
    assert (report.rows_loaded, report.rows_in) == (2, 2)
    first, second = home.rows(EVENTS)
    assert first == ("1", "search", "1.0", None)
    assert second[1:3] == ("search", None)
    assert json.loads(second[3]) == {"q": ["a", 1]}
    assert home.rows('select "a/b~c d" from raw_files.web_events order by event_id')[1] == ("true",)


def test_an_exact_name_wins_over_one_in_capitals(home: LandingHome) -> None:
    report = home.land("files/web_events/e.jsonl", LINES)
    assert report.unknown_columns == ("EVENT_ID_2", "a/b~c d")
    assert home.rows('select event_id, "EVENT_ID_2" from raw_files.web_events order by all') == [
        ("1", None),
        (None, "2"),
    ]


def test_lines_that_are_no_objects(home: LandingHome) -> None:
    bad = b'{"event_id": \n[1]\n5\nnull\n{}\n{"event_id": "\xff\xc3\xa4"}\n\n'
    report = home.land("files/web_events/e.jsonl", bad + LINES.encode())
    assert (report.rows_in, report.rows_loaded) == (8, 2)
    reasons = [row[2] for row in home.reasons()]
    assert reasons == ["not a JSON object with keys"] * 5 + ["not valid UTF-8"]


@pytest.mark.parametrize("content", [b"[]", b" ", b"\n"])
def test_json_without_rows(home: LandingHome, content: bytes) -> None:
    report = home.land("files/web_events/e.json", content)
    assert (report.status, report.rows_in) == ("loaded", 0)


def test_a_broken_array_is_set_aside_whole(home: LandingHome) -> None:
    report = home.land("files/web_events/e.json", b'[{"event_id": "1"}, {"event')
    assert report.status == "rejected"
    assert "not JSON" in (report.reason or "")


def test_typed_parquet_columns_become_iso_text(home: LandingHome) -> None:
    path = home.put("files/web_events/e.parquet", b"")
    home.connection.execute(
        f"""
        copy (
            select
                7 as event_id, 'search' as event_name, 1.5::decimal(9, 2) as value,
                timestamptz '2026-01-01 10:00:00+02' as occurred_at,
                timestamp '2026-01-01 10:00:00.25' as received_at,
                {{'q': [1, 2]}} as properties, date '2026-01-31' as "a day", 'de'::blob as country
        ) to '{path}' (format parquet)
        """
    )
    assert home.ingest().rows_loaded == 1
    assert home.rows(
        'select event_id, value, occurred_at, received_at, properties, "a day", country'
        " from raw_files.web_events"
    ) == [
        (
            "7", "1.50", "2026-01-01T08:00:00Z", "2026-01-01T10:00:00.25",
            '{"q":[1,2]}', "2026-01-31", "de",
        )
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PAR1 but no more", b"PAR1" + b"\0" * 400 + b"PAR1"])
def test_what_is_no_parquet_is_set_aside(home: LandingHome, content: bytes) -> None:
    home.put("files/accounts/a.csv", "account_id\n1\n")
    report = home.land("files/web_events/e.parquet", content)
    assert report.status == "rejected"
    assert home.rows("select count(*) from raw_files.accounts") == [(1,)]
