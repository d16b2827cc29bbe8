"""The ledger of syncs as the models read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orchestration.lib.home import open_warehouse, prepare_home
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.bringing import bring_syncs
from orchestration.lib.syncs.ledger import ledger_file
from tests.syncs.small_homes import Person, SyncHome

PLANS = """
    select plan_id, status, stop_reason, override_reason, members, added, updated, removed, rejected
    from raw_ops.sync_plans order by plan_id
"""


def asked(settings: Settings, sql: str) -> list[tuple]:
    with open_warehouse(settings) as connection:
        return connection.execute(sql).fetchall()


def test_a_home_that_never_synced_has_empty_tables(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    prepare_home(settings, say=lambda message: None)
    for _ in range(2):
        bring_syncs(settings, settings)
    assert asked(settings, "select * from raw_ops.sync_plans") == []
    assert asked(settings, "select * from raw_ops.sync_acknowledged") == []
    assert not ledger_file(settings).exists()


def test_plans_are_told_with_what_became_of_them(home: SyncHome) -> None:
    prepare_home(home.settings, say=lambda message: None)
    home.tool.incompliant = {"c@acme-demo.com"}
    home.publish(*(Person(person_id=name) for name in "abc"))
    home.sync()
    home.publish(Person(person_id="a", first_name="Eva"))
    home.sync()
    home.publish()
    stopped = home.plan()
    home.close()
    bring_syncs(home.settings, home.settings)
    first, second, third = asked(home.settings, PLANS)
    assert first == ("p000001", "applied", None, None, 3, 2, 0, 0, 1)
    assert second == ("p000002", "applied", None, None, 1, 0, 1, 1, 0)
    assert third[:2] == (stopped.plan_id, "planned")
    assert third[2].startswith("nobody is left of 1 members")
    held = asked(home.settings, "select email, told, plan_id from raw_ops.sync_acknowledged")
    assert held == [("a@acme-demo.com", '["FNAME=Eva","STAGE=awareness"]', "p000002")]
    home.restart()


def test_a_past_day_is_given_the_same(home: SyncHome, tmp_path: Path) -> None:
    past = replace(home.settings, home=tmp_path / "past")
    for settings in (home.settings, past):
        prepare_home(settings, say=lambda message: None)
    home.publish(Person(person_id="a", stage=None))
    home.sync()
    home.close()
    bring_syncs(home.settings, past)
    assert asked(past, "select told from raw_ops.sync_acknowledged") == [('["FNAME=Ana"]',)]
    home.restart()
