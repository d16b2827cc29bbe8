"""What counts as a repeat: a key's latest version, or any equal row of a table without keys."""

from __future__ import annotations

from tests.fixtures.landing.homes import LandingHome


def test_a_keyed_row_repeats_only_the_latest_version(home: LandingHome) -> None:
    rows = ["1,A", "1,A", "1,B", "1,B", "1,A", "2,X"]
    report = home.land("files/order_items/a.csv", _items(rows))
    assert (report.rows_loaded, report.rows_duplicate) == (4, 2)
    report = home.land("files/order_items/b.csv", _items(["1,A", "2,X", "1,B", "3,Y"]))
    assert (report.rows_loaded, report.rows_duplicate) == (2, 2)
    assert home.rows(
        "select item_id, product_name from raw_files.order_items order by _batch_id, _source_row"
    ) == [("1", "A"), ("1", "B"), ("1", "A"), ("2", "X"), ("1", "B"), ("3", "Y")]


def test_latest_is_by_time_of_change_before_order_of_arrival(home: LandingHome) -> None:
    header = "account_id,name,updated_at\n"
    home.land("files/accounts/a.csv", f"{header}1,new,2026-03-01\n1,old,2026-01-01\n")
    repeated_new = home.land("files/accounts/b.csv", f"{header}1,new,2026-03-01\n\n")
    assert repeated_new.rows_duplicate == 1
    repeated_old = home.land("files/accounts/c.csv", f"{header}1,old,2026-01-01\n\n\n")
    assert repeated_old.rows_loaded == 1


def test_a_keyless_row_repeats_any_earlier_row(home: LandingHome) -> None:
    header = "email,status,changed_at\n"
    first = f"{header}a@x.io,confirmed,2026-01-01\na@x.io,unsubscribed,2026-01-02\n"
    home.land("files/consents/a.csv", first)
    report = home.land("files/consents/b.csv", f"{first}b@x.io,confirmed,2026-01-01\n")
    assert (report.rows_loaded, report.rows_duplicate) == (1, 2)


def test_a_row_without_its_key_is_compared_as_a_whole(home: LandingHome) -> None:
    header = "event_id,event_name,occurred_at\n"
    report = home.land(
        "files/web_events/a.csv",
        f"{header},search,2026-01-01\n,search,2026-01-01\n,search,2026-01-02\n",
    )
    assert (report.rows_loaded, report.rows_duplicate) == (2, 1)


def test_other_columns_and_formats_do_not_make_a_row_new(home: LandingHome) -> None:
    home.land("files/accounts/a.csv", "account_id,name\n1,Acme\n")
    report = home.land("files/accounts/b.jsonl", '{"name": "Acme", "extra": "", "ACCOUNT_ID": 1}\n')
    assert (report.rows_duplicate, report.unknown_columns) == (1, ("extra",))
    report = home.land("files/accounts/c.csv", "account_id,extra,name\n1,new,Acme\n2,,Bolt\n")
    assert report.rows_loaded == 2


def test_times_and_numbers_are_compared_by_value(home: LandingHome) -> None:
    header = "order_id,ordered_at,total\n"
    home.land("files/orders/a.csv", f"{header}1,2026-01-01T10:00:00+02:00,5\n")
    same = '{"order_id": "1", "ordered_at": "2026-01-01 08:00:00.000Z", "total": 5.0}'
    assert home.land("files/orders/b.jsonl", same).rows_duplicate == 1
    other = '{"order_id": "1", "ordered_at": "2026-01-01 08:00:00.001Z", "total": 5.0}'
    assert home.land("files/orders/c.jsonl", other).rows_loaded == 1
    assert home.land("files/orders/d.csv", f"{header}1,2026-01-01T10:00:00+02:00,five\n").uncastable


def test_a_compound_key_with_empty_parts(home: LandingHome) -> None:
    header = "platform,campaign_id,date,country,spend\n"
    report = home.land(
        "files/ad_days/a.csv",
        f"{header}g,1,2026-01-01,,5\ng,1,2026-01-01,DE,5\ng,1,2026-01-01,,5\ng,1,2026-01-01,,6\n",
    )
    assert (report.rows_loaded, report.rows_duplicate) == (3, 1)


def test_row_ids_depend_on_content_and_line_only(home: LandingHome) -> None:
    text = "account_id,name\n1,Acme\n2,Bolt\n"
    home.land("files/accounts/a.csv", text)
    ids = home.rows("select _row_id from raw_files.accounts order by _source_row")
    assert len(set(ids)) == 2
    home.connection.execute("drop schema raw_ops cascade; drop schema raw_files cascade")
    (home.settings.landing / "files/accounts/a.csv").rename(
        home.settings.landing / "files/accounts/z.csv"
    )
    home.ingest()
    assert home.rows("select _row_id from raw_files.accounts order by _source_row") == ids


def _items(rows: list[str]) -> str:
    lines = [f"{row},o" for row in rows]
    return "item_id,product_name,order_id\n" + "\n".join(lines) + "\n"
