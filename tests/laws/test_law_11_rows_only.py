"""Law 11: whatever the business decides is a row of `<home>/rules` and nothing else.

Broken by: a literal list of stages, states, channels, criteria, KPIs, conversions, pages, mails,
own fields or segments in a model or in Python.
"""

from __future__ import annotations

import pytest

from orchestration.lib.rules import check_rules
from tests.homes import Home
from tests.laws.own_rules import OWN_RULES, QUESTIONS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ruled_home(built_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small world, and built once more what depends on a table with own rows."""
    home = built_home.copy_to(tmp_path_factory.mktemp("rules") / "home")
    home.add_rules(OWN_RULES)
    assert [str(problem) for problem in check_rules(home.settings)] == []
    home.build_unchecked(f"{table}+" for table in OWN_RULES)
    return home


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_alone_add_it(built_home: Home, ruled_home: Home, question: str) -> None:
    with ruled_home.marts() as marts:
        (with_rows,) = marts.execute(QUESTIONS[question]).fetchone()
    with built_home.marts() as marts:
        (without,) = marts.execute(QUESTIONS[question]).fetchone()
    assert (with_rows > 0, without) == (True, 0)


def test_shipped_rows_still_hold(built_home: Home, ruled_home: Home) -> None:
    counts = "select rule_id, count(*) from marts.fct_conversions group by 1"
    with built_home.marts() as before, ruled_home.marts() as after:
        shipped = set(before.execute(counts).fetchall())
        assert shipped <= set(after.execute(counts).fetchall())
