"""The alarm for giant persons sounds beyond the strong identifiers that the rule allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.lib.settings import Settings
from tests.identity.homes import build_identity, land, own_rules

ALARM = "assert_no_person_is_a_giant"
CONTACTS = """contact_id,email,created_at
first,ana@acme.com,2026-01-01 08:00:00
second,ana@acme.com,2026-01-02 08:00:00
third,ana@acme.com,2026-01-03 08:00:00
ben,ben@acme.com,2026-01-04 08:00:00
"""
RULE = """rule_id,method,max_count,reason,is_active,rule_version
person_size,size_limit,{},giant_person,true,2
"""


@pytest.mark.slow
@pytest.mark.parametrize(("most", "sounds"), [(3, [ALARM]), (4, [])])
def test_the_alarm_counts_strong_identifiers(tmp_path: Path, most: int, sounds: list[str]) -> None:
    own_rules(tmp_path, "identity_rules", RULE.format(most))
    settings = Settings(home=tmp_path)
    land(settings, {"contacts/1": CONTACTS})
    assert build_identity(settings, tests=[ALARM]) == sounds
