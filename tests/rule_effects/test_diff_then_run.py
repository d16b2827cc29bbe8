"""What `rules diff` tells before a run is what the run then does, and what it remembers of it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.building import read_manifest
from orchestration.lib.errors import HomeBusyError
from orchestration.lib.home import read_lock, run_lock
from orchestration.lib.publishing import published_file
from orchestration.lib.publishing.contract import contracts_of
from orchestration.lib.rule_effects.comparing import Sides, find_differences
from orchestration.lib.rule_effects.counting import MartMoves, moves_of
from orchestration.lib.rule_effects.diffing import RuleDiff, rules_diff
from orchestration.lib.rule_effects.recording import bring_effects
from orchestration.lib.rule_effects.telling import LONGEST, as_facts, as_markdown
from orchestration.lib.rules import RulesError
from tests.homes import Home
from tests.rule_effects.example import CHANGED_RULES, publish_as_a_run, shown, written

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(built_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small world, published as a run would have done it; then own rules were written."""
    home = built_home.copy_to(tmp_path_factory.mktemp("effects") / "home")
    publish_as_a_run(home)
    return home


@pytest.fixture(scope="module")
def told(home: Home) -> RuleDiff:
    """What the comparison told; it left the home as it was."""
    home.add_rules(CHANGED_RULES)
    before = checksums(home.settings.home)
    diff = rules_diff(home.settings)
    assert checksums(home.settings.home) == before
    return diff


@pytest.fixture(scope="module")
def moved(home: Home, told: RuleDiff) -> dict[str, MartMoves]:
    """What the run then did: the marts that moved between the two published versions."""
    old = published_file(home.settings)
    bring_effects(home.settings, home.settings)
    home.build_unchecked(
        ["source:raw_ops.rule_effects+", *(f"{table}+" for table in CHANGED_RULES)]
    )
    publish_as_a_run(home)
    with duckdb.connect() as connection:
        connection.execute(f"attach '{old}' as old_version (read_only)")
        connection.execute(f"attach '{published_file(home.settings)}' as new_version (read_only)")
        found = find_differences(
            connection,
            contracts_of(read_manifest(home.settings)),
            sides=Sides(before="old_version", after="new_version"),
            label="run",
        )
        moves = [moves_of(connection, one) for one in found]
    return {one.mart: one for one in moves if one.rows}


def checksums(folder: Path) -> dict[str, str]:
    """Every file of a home but the lock, by its content."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_without_a_change_nothing_is_built(home: Home) -> None:
    diff = rules_diff(home.settings)
    assert (diff.changes, diff.models) == ((), 0)
    assert "Nothing: the rules are those of the published version" in as_markdown(diff)


def test_the_run_does_what_was_told(told: RuleDiff, moved: dict[str, MartMoves]) -> None:
    assert {detail.moves.mart: detail.moves for detail in told.total.marts} == moved
    assert {"marts.fct_sessions", "marts.fct_icp_assessments"} <= set(moved)
    assert told.base.rebuilt_because == ""


def test_each_change_is_told_alone(told: RuleDiff) -> None:
    marts = {one.unit.name: {detail.moves.mart for detail in one.alone.marts} for one in told.units}
    assert list(marts) == [
        "channel_rules · partner_mail",
        "icp_criteria · size_core",
        "segment_rules · case_study_fit",
        "stage_rules · consideration_b2b_people",
    ]
    assert "marts.fct_sessions" in marts["channel_rules · partner_mail"]
    assert "marts.fct_sessions" not in marts["icp_criteria · size_core"]
    # who is in a segment is also a group among whom pains are looked for
    assert marts["segment_rules · case_study_fit"] == {
        "activation.sync_segment_members",
        "activation.rpt_segment_waterfall",
        "activation.fct_segment_evidence",
        "marts.rpt_pain_points",
    }


def test_the_text_fits_a_pull_request_and_names_nobody(told: RuleDiff, home: Home) -> None:
    text = as_markdown(told)
    assert text.count("\n") <= LONGEST
    assert "size_core / 1` changed: value_number: 50 → 100" in text
    assert "## In all" in text
    full = as_markdown(told, in_full=True)
    query = "select email from marts.dim_persons where email is not null"
    with duckdb.connect(str(published_file(home.settings)), read_only=True) as marts:
        addresses = marts.execute(query).fetchall()
    assert addresses and not [who for (who,) in addresses if who in full]
    assert json.dumps(as_facts(told), default=str)


def test_the_page_shows_it(told: RuleDiff) -> None:
    assert written() == shown(told), "look at it, then: python -m tests.rule_effects.example"


def test_the_publication_remembers_it(home: Home, moved: dict[str, MartMoves]) -> None:
    with duckdb.connect(str(published_file(home.settings)), read_only=True) as marts:
        rows = marts.execute(
            "select rule_id, kind, mart, rows_added, rows_removed, rows_changed, rules_in_common, "
            "changed_besides from observability.rpt_rule_effects where mart <> 'none'"
        ).fetchall()
    assert {row[0] for row in rows} <= {
        "partner_mail",
        "size_core",
        "case_study_fit",
        "consideration_b2b_people",
    }
    assert {row[-1] for row in rows} == {None}
    for _, _, mart, *counts, _, _ in rows:
        one = moved[mart]
        assert counts == [one.added, one.removed, one.changed]
    assert {row[2] for row in rows} == set(moved)


def test_the_next_build_has_what_was_published(home: Home, moved: dict[str, MartMoves]) -> None:
    bring_effects(home.settings, home.settings)
    home.build_unchecked(["rpt_rule_effects"])
    query = "select * from observability.rpt_rule_effects order by all"
    with duckdb.connect(str(published_file(home.settings)), read_only=True) as published:
        shown = published.execute(query).fetchall()
    with home.marts() as marts:
        assert marts.execute(query).fetchall() == shown
    assert shown


def test_a_broken_row_is_the_usual_error(home: Home, moved: dict[str, MartMoves]) -> None:
    home.add_rules({"channels": "channel,name,is_active\nforum,Forum,perhaps\n"})
    try:
        with pytest.raises(RulesError, match="Row forum of channels"):
            rules_diff(home.settings)
    finally:
        (home.settings.rules / "channels.csv").unlink()


def test_a_run_keeps_the_comparison_off_and_readers_do_not(home: Home) -> None:
    with (
        run_lock(home.settings),
        pytest.raises(HomeBusyError, match="another run"),
        read_lock(home.settings),
    ):
        pass
    with read_lock(home.settings), read_lock(home.settings):
        pass
    with run_lock(home.settings):
        pass
