"""Law 1 for rows that lead nowhere: they are kept, counted, and make nobody up.

Broken by: an inner join to contacts or accounts, an amount taken at rate 1 where no rate is known,
a time whose zone has no name read as UTC.
"""

from __future__ import annotations

import csv

import pytest

from tests.homes import Home

pytestmark = pytest.mark.slow
STRAYS = {
    "unknown_reference",
    "order_without_person",
    "unknown_currency",
    "answer_of_deleted_contact",
    "deleted_contact",
}
TOUCHPOINT_OF = """
    select touchpoints.person_id, touchpoints.account_id, touchpoints.touchpoint_id
    from marts.fct_touchpoint_records as records
    inner join marts.fct_touchpoints as touchpoints
        on records.touchpoint_id = touchpoints.touchpoint_id
    where records.source_record_id = ?
"""


def oddities(home: Home, *kinds: str) -> list[tuple[str, str]]:
    """(table, record) of the rows that the generated world names as such."""
    with (home.settings.home / "truth" / "dirt.csv").open(encoding="utf-8") as file:
        return [
            (row["table"], row["record_key"])
            for row in csv.DictReader(file)
            if row["kind"] in kinds
        ]


def test_each_is_one_record_of_its_kind(built_home: Home) -> None:
    strays = oddities(built_home, *STRAYS)
    assert len({table for table, _ in strays}) >= 10
    with built_home.warehouse() as warehouse:
        found = {
            (table, record): warehouse.execute(
                f"select count(*) from unified.int_{table}_unified where source_record_id = ?",
                [record],
            ).fetchone()
            for table, record in strays
        }
    assert found == dict.fromkeys(strays, (1,))


def test_an_order_without_person_is_a_sale_to_nobody(built_home: Home) -> None:
    orders = oddities(built_home, "order_without_person", "unknown_currency")
    assert orders, "the world has such orders"
    with built_home.marts() as marts:
        for _, order in orders:
            person, account, touchpoint = marts.execute(TOUCHPOINT_OF, [order]).fetchone()
            sales = marts.execute(
                "select count(*) from marts.fct_conversions "
                "where conversion_type = 'order' and touchpoint_id = ?",
                [touchpoint],
            ).fetchone()
            assert (person, account, sales) == (None, None, (1,))


def test_an_account_that_never_comes_is_not_made_up(built_home: Home) -> None:
    with built_home.marts() as marts:
        made_up = marts.execute(
            "select count(*) from marts.dim_accounts where account_id = md5('files|acc_never')"
        ).fetchone()
    assert made_up == (0,)


def test_an_answer_of_a_deleted_contact_stays_with_the_person(built_home: Home) -> None:
    ((_, answer),) = oddities(built_home, "answer_of_deleted_contact")
    ((_, contact),) = oddities(built_home, "deleted_contact")
    with built_home.marts() as marts:
        person, _, _ = marts.execute(TOUCHPOINT_OF, [answer]).fetchone()
        owners = marts.execute(
            "select person_id from marts.dim_identifiers "
            "where identifier_type = 'contact_id' and identifier_value = ?",
            [contact],
        ).fetchall()
        mailable = marts.execute(
            "select may_be_mailed from marts.dim_persons where person_id = ?", [person]
        ).fetchone()
    assert (owners, mailable) == ([(person,)], (False,))


def test_an_amount_without_a_rate_is_counted_and_never_added(built_home: Home) -> None:
    ((_, order),) = oddities(built_home, "unknown_currency")
    with built_home.marts() as marts:
        _, _, touchpoint = marts.execute(TOUCHPOINT_OF, [order]).fetchone()
        amounts = marts.execute(
            "select amount from marts.fct_conversions where touchpoint_id = ?", [touchpoint]
        ).fetchall()
        counted = dict(
            marts.execute(
                "select amount_kind, sum(row_count) from observability.rpt_unconverted_amounts "
                "where currency = 'XTS' group by 1"
            ).fetchall()
        )
    assert set(amounts) == {(None,)}
    assert counted.keys() >= {"order", "subscription", "cost"}


def test_a_time_whose_zone_has_no_name_is_set_aside_with_its_text(built_home: Home) -> None:
    nameless = oddities(built_home, "broken_line_nameless_zone")
    with built_home.warehouse() as warehouse:
        kept = warehouse.execute(
            "select table_name, reason from raw_ops.quarantine "
            "where contains(raw_text, '10:00 local') order by 1"
        ).fetchall()
    reason = "required value is not a timestamp"
    assert kept == sorted((table, reason) for table, _ in nameless)
    assert kept
