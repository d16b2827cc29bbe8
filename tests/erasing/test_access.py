"""`touchline access`: everything that names a person is found, and nobody else's rows."""

from __future__ import annotations

import json
import stat

import pytest

from orchestration.lib.access.audiences import rows_of_audiences
from orchestration.lib.access.marks import PERSON, form, marks_of
from orchestration.lib.access.personal import ISSUED, WORLDWIDE, personal_table
from orchestration.lib.access.raw import raw_tables_there
from orchestration.lib.access.telling import all_known, write_known
from orchestration.lib.destinations.audiences import AudienceDestination, memory_folder
from orchestration.lib.destinations.contract import DestinationRow
from orchestration.lib.errors import TouchlineError
from orchestration.lib.landing.tables import raw_table
from orchestration.lib.raw_checks import TableSpec, declared_tables
from orchestration.lib.settings import Settings
from tests.destinations.changes import change
from tests.fixtures.landing.homes import landing_home
from tests.homes import Home

# Raw key of tables whose records become touchpoints.
KEYS = {
    "web_events": "event_id",
    "email_events": "event_id",
    "activities": "activity_id",
    "tickets": "ticket_id",
    "orders": "order_id",
}
CONTACTS = """contact_id,email,first_name
con_1,Mia@Acme.com,Mia
con_2,tom@acme.com,Tom
"""
WEB = """event_id,event_name,occurred_at,email,page_url
1,page_view,2026-01-01,mia+shop@acme.com,https://x.de/
2,page_view,2026-01-01,,https://x.de/?to=mia%40acme.com
3,page_view,2026-01-01,tom@acme.com,https://x.de/
4,page_view,,MIA@acme.com,https://x.de/
"""
ORDERS = """order_id,email,total,ordered_at
ord_1,mia@acme.com,30,2026-01-01T00:00:00Z
ord_2,tom@acme.com,20,2026-01-01T00:00:00Z
"""
ITEMS = """item_id,order_id,product_name
1,ord_1,Lamp
2,ord_2,Desk
3,ord_1,Bulb
"""


@pytest.mark.parametrize("spec", declared_tables(), ids=lambda spec: spec.name)
def test_columns_that_name_persons_are_declared(spec: TableSpec) -> None:
    """A column called like an identifier, or by an address, is one."""
    said = {one.column for one in personal_table(spec).columns}
    looks = {
        column
        for column in spec.column_names
        if column in (*ISSUED, *WORLDWIDE) or column.endswith(("_email", "_contact_id"))
    }
    assert looks <= said


def test_an_address_is_found_where_nothing_was_built(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.put("files/contacts/a.csv", CONTACTS)
        home.put("files/web_events/a.csv", WEB)
        home.ingest()
    known = all_known(settings, "mia@acme.com")
    assert known.person.person_id is None
    found = {(one["place"], one["rows"]) for one in known.counts}
    assert found == {
        ("files/contacts", 1),
        ("files/web_events", 2),
        ("raw_ops.quarantine", 1),
    }
    assert known.landing_files == [
        "landing/files/contacts/a.csv",
        "landing/files/web_events/a.csv",
    ]


def test_a_line_that_is_no_row_is_found_by_what_it_holds(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.land("files/contacts/a.csv", CONTACTS + "con_3,mia@acme.com,Mia,too,many\n")
    known = all_known(settings, "mia@acme.com")
    quarantine = known.places["quarantine"]
    assert [len(rows) for rows in quarantine.values()] == [1, 1]


def test_nobody_is_told_apart_from_somebody_unknown(settings: Settings) -> None:
    with landing_home(settings):
        pass
    assert all_known(settings, "who@nowhere.io").counts == []
    with pytest.raises(TouchlineError, match="nobody is called 'con_9'"):
        all_known(settings, "con_9")


def test_the_file_is_for_its_owner_alone(settings: Settings, tmp_path) -> None:
    with landing_home(settings) as home:
        home.land("files/contacts/a.csv", CONTACTS)
    path = tmp_path / "told" / "mia.json"
    write_known(all_known(settings, "mia@acme.com"), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text())["raw"]["files/contacts"][0]["first_name"] == "Mia"


def test_lines_of_their_orders_are_told_with_them(settings: Settings) -> None:
    with landing_home(settings) as home:
        home.put("files/orders/a.csv", ORDERS)
        home.put("files/order_items/a.csv", ITEMS)
        home.ingest()
    known = all_known(settings, "mia@acme.com")
    lines = known.places["attached"]["files/order_items"]
    assert [line["product_name"] for line in lines] == ["Lamp", "Bulb"]
    assert known.landing_files == ["landing/files/orders/a.csv"], "lines name nobody"


def test_audiences_are_told_by_the_hash_of_an_address_and_by_id(settings: Settings) -> None:
    row = DestinationRow(destination="ads", kind="meta_audience")
    ads = AudienceDestination(row, outbox=settings.outbox, memory=memory_folder(settings))
    ads.send("buyers", [change("p_mia", "Mia@acme.com", fn="Mia"), change("p_tom", "tom@acme.com")])
    ads.send("buyers", [change("p_ana", "ana@acme.com")])
    by_address = all_known(settings, "mia@acme.com").places["audiences"]
    assert sorted(by_address) == [
        "outbox/ads/buyers/000001.adds.csv",
        "outbox/ads/buyers/000001.full.csv",
        "outbox/ads/buyers/000002.full.csv",
    ]
    (told,) = by_address["outbox/ads/buyers/000001.full.csv"]
    assert (told["destination"], told["segment_id"]) == ("ads", "buyers")
    marks = marks_of([form(PERSON, "", "p_mia")], {}, key=b"any")
    by_id = dict(rows_of_audiences(settings, marks, []))
    (remembered,) = by_id.pop("state/audiences/ads/buyers/000002.csv")
    assert remembered["person_id"] == "p_mia"
    assert by_id == by_address


@pytest.mark.slow
def test_every_identifier_of_a_world_stands_in_a_declared_column(told_home: Home) -> None:
    """But phones, whose text is not what the models have."""
    with told_home.warehouse() as connection:
        stated = {
            (one.identifier_type, identifier)
            for table in raw_tables_there(connection)
            for one in table.columns
            for (identifier,) in connection.execute(
                f"select distinct {one.value_sql} from {raw_table(table.spec)}"
            ).fetchall()
        }
        known = connection.execute(
            "select identifier_type, identifier_value from identity.int_identity_clusters_resolved"
            " where identifier_type <> 'phone'"
        ).fetchall()
    assert len(known) > 100
    assert set(known) <= stated


@pytest.mark.slow
def test_every_record_behind_a_touchpoint_is_found(told_home: Home) -> None:
    with told_home.marts() as marts:
        people = marts.execute(
            "select person_id from marts.dim_persons where person_id in"
            " (select person_id from activation.sync_segment_members)"
            " order by hash(person_id) limit 8"
        ).fetchall()
        records = {
            person: marts.execute(
                "select source_table, source_record_id from marts.fct_touchpoint_records"
                " inner join marts.fct_touchpoints using (touchpoint_id) where person_id = ?",
                [person],
            ).fetchall()
            for (person,) in people
        }
    for person, told in records.items():
        known = all_known(told_home.settings, person)
        assert known.person.person_id == person
        assert known.places["outbox"]
        raw = known.places["raw"]
        found = {
            (table, row[key])
            for table, key in KEYS.items()
            for row in raw.get(f"files/{table}", [])
        }
        assert {(table, record) for table, record in told if table in KEYS} <= found
