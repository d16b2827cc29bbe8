"""An erasure in a published home: nowhere is anything left, others are as they were."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.access.telling import all_known
from orchestration.lib.erasing.erase import erase
from orchestration.lib.erasing.proof import proofs
from orchestration.lib.publishing.versions import versions
from orchestration.lib.running.steps import build_home
from orchestration.lib.settings import Settings
from tests.erasing.people import files_with, tables_with
from tests.homes import Home, data_tests_left_out, differing_tables
from tests.laws.landing_processes import SERVER, exit_code

pytestmark = pytest.mark.slow

# Whoever can be told, by the number of kinds of identifiers: device, login, lead, contact, phone …
MANY_SIDED = """
    select person_id, email
    from marts.dim_persons inner join marts.dim_identifiers using (person_id)
    where email is not null
        and person_id in (select person_id from activation.sync_segment_members)
    group by all order by count(distinct identifier_type) desc, person_id limit 1
"""
COUNTS = """
    select person_id, count(*) from marts.fct_touchpoints
    where person_id is not null and person_id <> ? group by all order by all
"""


def identifiers_of(home: Home, person_id: str) -> str:
    """A pattern of all identifiers of a person, and of the ids made of them."""
    with home.marts() as marts:
        rows = marts.execute(
            "select identifier_value, identifier_id from marts.dim_identifiers where person_id = ?",
            [person_id],
        ).fetchall()
    return "|".join(re.escape(text) for row in rows for text in row)


@pytest.fixture(scope="module")
def erased_home(told_home: Home, tmp_path_factory) -> Iterator[tuple[Home, Home, str, str]]:
    """The home before, the one after, who went, and what must not be found."""
    home = told_home.copy_to(tmp_path_factory.mktemp("erased") / "home")
    with told_home.marts() as marts:
        ((person, email),) = marts.execute(MANY_SIDED).fetchall()
    proof = erase(home.settings, email, reason="request 17")
    assert proof["finished_at"]
    yield told_home, home, person, identifiers_of(told_home, person)


def test_nothing_is_left(erased_home: tuple[Home, Home, str, str]) -> None:
    before, after, _, pattern = erased_home
    settings = after.settings
    with before.marts() as marts:
        assert tables_with(marts, pattern)
    for path in (settings.warehouse, settings.marts_build, *versions(settings)):
        with duckdb.connect(str(path), read_only=True) as connection:
            assert tables_with(connection, pattern) == []
    assert files_with(settings.home, pattern) == []
    assert len(versions(settings)) == 1
    (proof,) = proofs(settings)
    assert proof["counts"]["published: versions removed"] == 1
    assert proof["still_in"]


def test_others_are_as_they_were(erased_home: tuple[Home, Home, str, str]) -> None:
    before, after, person, _ = erased_home
    counts = []
    for home in (before, after):
        with home.marts() as marts:
            counts.append(marts.execute(COUNTS, [person]).fetchall())
    assert counts[0] == counts[1]
    assert all_known(after.settings, counts[0][0][0]).places["raw"]


def test_what_was_built_equals_a_rebuild(
    erased_home: tuple[Home, Home, str, str], tmp_path: Path
) -> None:
    _, after, _, _ = erased_home
    rebuilt = after.copy_to(tmp_path / "rebuilt")
    with data_tests_left_out():
        report = build_home(
            rebuilt.settings, place=rebuilt.settings, as_of=after.as_of, full_refresh=True
        )
    report.raise_for_failures()
    assert differing_tables(after, rebuilt) == {}


def erase_dying(home: Path, person: str, fail_at: str) -> None:
    """Erase; the process ends at the failpoint of that name."""
    os.environ["TOUCHLINE_FAIL_AT"] = fail_at
    erase(Settings(home=home), person, reason="request 17")


def test_killed_before_the_proof_the_next_one_finishes(told_home: Home, tmp_path: Path) -> None:
    """Erasing somebody else finishes what was begun of the first."""
    home = told_home.copy_to(tmp_path / "home")
    with told_home.marts() as marts:
        people = [
            person
            for (person,) in marts.execute(
                "select distinct person_id from activation.sync_segment_members"
                " order by person_id limit 2"
            ).fetchall()
        ]
    process = SERVER.Process(
        target=erase_dying, args=(home.settings.home, people[0], "erase.before_proof")
    )
    process.start()
    assert exit_code(process) == -signal.SIGKILL
    assert [one["finished_at"] for one in proofs(home.settings)] == [None]
    erase(home.settings, people[1], reason="request 18")
    assert [one["finished_at"] is not None for one in proofs(home.settings)] == [True, True]
    pattern = "|".join(identifiers_of(told_home, person) for person in people)
    assert files_with(home.settings.home, pattern) == []
