"""What became of person ids is told in the version that changes them, and kept for good."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.persons import recall_persons, remember_persons
from orchestration.lib.settings import Settings
from tests.identity.homes import AS_OF, build_identity, land, own_rules, persons

CONTACTS = """contact_id,email,created_at
ana,ana@acme.com,2026-01-01 08:00:00
ben,ben@acme.com,2026-01-02 08:00:00
"""
LOGINS = """event_id,event_name,user_id,email,occurred_at
e1,identify,login,ana@acme.com,2026-02-01 08:00:00
e2,identify,login,ben@acme.com,2026-02-02 08:00:00
"""
UNLINK = """rule_id,action,left_type,left_value,right_type,right_value,is_active
apart,unlink,email,ana@acme.com,email,ben@acme.com,true
"""
ANA, BEN = ("contact_id", "ana"), ("contact_id", "ben")


def aliases(settings: Settings) -> list[tuple]:
    with duckdb.connect(str(settings.marts_build), read_only=True) as marts:
        return marts.execute(
            "select old_person_id, current_person_id, reason, is_retired "
            "from marts.fct_person_aliases order by changed_at, old_person_id"
        ).fetchall()


@pytest.mark.slow
def test_a_merge_and_its_undoing_are_told_and_kept(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    land(settings, {"contacts/1": CONTACTS})
    build_identity(settings)
    before = persons(settings)
    assert before[ANA] != before[BEN] and aliases(settings) == []
    assert remember_persons(settings, run_id="first") == 0

    land(settings, {"web_events/1": LOGINS})
    build_identity(settings)
    merged = persons(settings)
    assert merged[ANA] == merged[BEN] == before[ANA]
    merge = (before[BEN], before[ANA], "merged", True)
    assert aliases(settings) == [merge]
    assert remember_persons(settings, run_id="second") == 1
    assert remember_persons(settings, run_id="second") == 0, "what was noted is not noted again"

    own_rules(tmp_path, "identity_links", UNLINK)
    build_identity(settings, as_of=AS_OF + timedelta(days=1))
    parted = persons(settings)
    assert (parted[ANA], parted[BEN]) == (before[ANA], before[BEN])
    assert (before[BEN], before[BEN], "merged", False) in aliases(settings)
    assert (before[ANA], before[ANA], "split", False) in aliases(settings)
    told = aliases(settings)
    assert remember_persons(settings, run_id="third") == len(told) - 1

    settings.warehouse.unlink()
    recall_persons(settings)
    with duckdb.connect(str(settings.warehouse)) as warehouse:
        (kept,) = warehouse.execute("select count(*) from raw_ops.person_changes").fetchone()
    assert kept == len(told), "the history outlives the warehouse"
