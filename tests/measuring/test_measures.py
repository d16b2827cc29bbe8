"""Each measure counts what it says: a right build scores 1, and a wrong row costs its share."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.measuring import Measured, measure, open_measured
from orchestration.lib.measuring.truth import FILES, add_truth
from orchestration.lib.settings import Settings

TRUTH = {
    "world": "seed,accounts,days,last_day\n7,1,60,2026-06-30\n",
    "accounts": "true_account_id,crm_account_ids,domain,motion\n"
    "A1,acc_1|acc_2,ours-demo.com,b2b\nA2,,new-demo.com,b2b\nA3,,,b2c\n",
    "persons": "true_person_id,true_account_id,is_shared_mailbox\n"
    "P1,A1,false\nP2,A2,false\nP3,A3,false\nP4,A1,true\n",
    "memberships": "true_person_id,true_account_id\nP1,A1\nP2,A2\nP3,A3\n",
    "identifiers": "identifier_type,value,true_person_id,is_linkable\n"
    "email,Ana@ours-demo.com,P1,true\ncontact_id,c1,P1,true\nanonymous_id,d1,P1,true\n"
    "anonymous_id,d9,P1,false\nemail,bo@new-demo.com,P2,true\nemail,cy@gmx.de,P3,true\n"
    "contact_id,c4,P4,true\n",
    "touchpoints": "true_touchpoint_id,source_table,source_record_id,touchpoint_type,channel,"
    "occurred_at\n"
    "t1,web_events,e1,session,paid_search,2026-01-01T09:00:00Z\n"
    "t1,web_events,e2,session,paid_search,2026-01-01T09:01:00Z\n"
    "t1,ad_clicks,k1,ad_clicked,,2026-01-01T08:59:59Z\n"
    "t2,web_events,e3,session,direct,2026-01-02T09:00:00Z\n"
    "t3,email_events,m1,email_send,email,2026-01-03T09:00:00Z\n"
    "t3,email_events,m2,email_send,email,2026-01-03T09:00:05Z\n"
    "t3,email_events,m4,email_send,email,2026-01-03T09:00:06Z\n"
    "t4,email_events,m3,email_open,email,2026-01-03T10:00:00Z\n"
    "t5,email_events,m5,email_click,email,2026-01-03T10:01:00Z\n",
    "bots": "event_id\ne9\n",
    "machine_opens": "event_id,event_type\nm2,opened\nm4,clicked\n",
}
MARTS = """
create schema marts;
create table marts.dim_identifiers as from (values
    ('i1', 'email', 'ana@ours-demo.com', 'p1'), ('i2', 'contact_id', 'c1', 'p1'),
    ('i3', 'anonymous_id', 'd1', 'p1'), ('i9', 'anonymous_id', 'd9', 'p9'),
    ('i4', 'email', 'bo@new-demo.com', 'p2'), ('i5', 'email', 'cy@gmx.de', 'p3'),
    ('i6', 'contact_id', 'c4', 'p4')
) as rows (identifier_id, identifier_type, identifier_value, person_id);
create table marts.dim_accounts as from (values
    (md5('files|acc_1'), 'company'), (md5('files|acc_2'), 'company'), ('own2', 'individual'),
    ('own3', 'individual')
) as rows (account_id, account_type);
create table marts.fct_account_matches as from (values
    ('p1', md5('files|acc_2'), true), ('p1', md5('files|acc_1'), false), ('p2', 'own2', true),
    ('p3', 'own3', true), ('p4', md5('files|acc_1'), true)
) as rows (person_id, account_id, is_chosen);
create table marts.fct_touchpoint_records as from (values
    ('web_events', 'e1', 'x1'), ('web_events', 'e2', 'x1'), ('ad_clicks', 'k1', 'x1'),
    ('web_events', 'e3', 'x2'), ('email_events', 'm1', 'x3'), ('email_events', 'm2', 'x3'),
    ('email_events', 'm3', 'x4'), ('email_events', 'm4', 'x3'), ('email_events', 'm5', 'x5'),
    ('web_events', 'e9', 'x9')
) as rows (source_table, source_record_id, touchpoint_id);
create table marts.fct_touchpoints as from (values
    ('x1', 'paid_search', 'activity', false), ('x2', 'direct', 'activity', false),
    ('x3', 'email', 'exposure', false), ('x4', 'email', 'activity', false),
    ('x5', 'email', 'activity', false),
    ('x9', 'direct', 'activity', true)
) as rows (touchpoint_id, channel, kind, is_bot);
"""


def measured(folder: Path, change: str = "") -> dict[str, Measured]:
    """Every measure by its name, over the small truth and marts that one statement changes."""
    for name, text in TRUTH.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(MARTS + change)
        add_truth(connection, folder)
        return {entry.measure.name: entry for entry in measure(connection)}


def test_a_right_build_scores_one(tmp_path: Path) -> None:
    for name, entry in measured(tmp_path).items():
        assert (entry.precision, entry.recall, entry.holds) == (1, 1, True), name
        assert entry.true > 0, name


@pytest.mark.parametrize(
    ("name", "change", "precision", "recall"),
    [
        ("persons", "update marts.dim_identifiers set person_id = 'p8' where identifier_id = 'i3'",
         1, 1 / 3),
        ("persons", "update marts.dim_identifiers set person_id = 'p1' where identifier_id = 'i4'",
         0.5, 1),
        ("persons", "update marts.dim_identifiers set person_id = 'p2' where identifier_id = 'i9'",
         3 / 4, 1),
        ("chosen accounts", "update marts.fct_account_matches set account_id = md5('files|acc_1')"
         " where person_id = 'p3'", 2 / 3, 2 / 3),
        ("chosen accounts", "delete from marts.fct_account_matches where person_id = 'p1'",
         1, 2 / 3),
        ("duplicates", "update marts.fct_touchpoint_records set touchpoint_id = 'x2'"
         " where source_record_id = 'k1'", 0, 0),
        ("duplicates", "update marts.fct_touchpoint_records set touchpoint_id = 'x2'"
         " where source_record_id = 'e9'", 0.5, 1),
        ("visits", "update marts.fct_touchpoint_records set touchpoint_id = 'x2'"
         " where source_record_id = 'e2'", 0, 0),
        ("channels", "update marts.fct_touchpoints set channel = 'email'"
         " where touchpoint_id = 'x2'", 7 / 8, 7 / 8),
        ("bots", "update marts.fct_touchpoints set is_bot = true where touchpoint_id = 'x2'",
         0.5, 1),
        ("machine opens", "update marts.fct_touchpoint_records set touchpoint_id = 'x4'"
         " where source_record_id = 'm2'", None, 0),
        ("machine clicks", "update marts.fct_touchpoint_records set touchpoint_id = 'x5'"
         " where source_record_id = 'm4'", None, 0),
        ("machine clicks", "update marts.fct_touchpoints set kind = 'exposure'"
         " where touchpoint_id = 'x5'", 0.5, 1),
    ],
)  # fmt: skip
def test_a_wrong_row_costs(
    tmp_path: Path, name: str, change: str, precision: float | None, recall: float
) -> None:
    entry = measured(tmp_path, change)[name]
    assert entry.precision == (None if precision is None else pytest.approx(precision))
    assert entry.recall == pytest.approx(recall)
    assert not entry.holds


def test_a_home_without_truth_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(TouchlineError, match="no truth to measure against") as told:
        open_measured(settings)
    assert "touchline generate" in told.value.remedy
    settings.truth.mkdir()
    for name in FILES[1:]:
        (settings.truth / f"{name}.csv").write_text("a\n", encoding="utf-8")
    with pytest.raises(TouchlineError, match="lacks world"):
        open_measured(settings)
