"""Law 7: nobody who refused, complained, bounced hard, was suppressed or erased is ever exported.

Broken by: joining refusals by the preferred address only (the strictest of all addresses wins), a
lift without `is_liftable`, `<=` instead of `<` in a lift, a bounce of unknown type taken as soft,
`coalesce(is_eligible, true)`, leaving out quarantined addresses, an answer taken as a consent.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from random import Random

import duckdb
import pytest

from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.segments import ExportError, export_segments
from orchestration.lib.settings import Settings
from tests.homes import Home
from tests.laws.consent_landing import write_landing
from tests.laws.consent_play import AS_OF, Human, humans, permitted, refused

# a segment of everybody: whoever is missing from its file was kept back by eligibility alone
OWN_RULES = {
    "segment_definitions": (
        "segment_id,name,purpose,channel,destination,destination_kind,priority,exclusive_group,"
        "holdout_share,is_active,rule_version\n"
        "everybody,Everybody,marketing,email,own_tool,file,1,,0,true,1\n"
    ),
    "segment_rules": (
        "rule_id,scope,clause,attribute,operator,result,priority,is_active,rule_version\n"
        "everybody,segment,1,motion,is_present,everybody,1,true,1\n"
    ),
}
EXPORTED = ("fct_send_eligibility", "sync_segment_members", "rpt_segment_waterfall")
RUN = "20260701T000000000000Z"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class Played:
    """A population, where it was played and published, and the addresses that were exported."""

    population: list[Human]
    settings: Settings
    published: Path
    exported: dict[str, str]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """600 random histories through landing, the real models and the real export."""
    random = Random(11)
    settings = Settings(home=tmp_path_factory.mktemp("law_07"))
    population = humans(random, count=600)
    write_landing(settings.landing / "files", population, random)
    settings.rules.mkdir()
    for table, rows in OWN_RULES.items():
        (settings.rules / f"{table}.csv").write_text(rows, encoding="utf-8")
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        refresh_lookups(connection)
    home = Home(settings=settings, as_of=AS_OF.replace(tzinfo=UTC))
    home.build_unchecked(f"+{model}" for model in EXPORTED)
    published = home.publish(only=EXPORTED)
    reports = export_segments(settings, published, RUN)
    (everybody,) = [each for each in reports if each.segment_id == "everybody"]
    with everybody.path.open(encoding="utf-8", newline="") as file:
        exported = {row["email"]: row["person_id"] for row in csv.DictReader(file)}
    return Played(population=population, settings=settings, published=published, exported=exported)


def test_nobody_who_refused_is_exported(played: Played) -> None:
    wrong = {
        email
        for someone in played.population
        if refused(someone)
        for email in someone.emails
        if email in played.exported
    }
    assert wrong == set()
    assert sum(refused(someone) for someone in played.population) > 60


def test_everybody_else_with_a_basis_is_exported_once(played: Played) -> None:
    wrong = []
    for someone in played.population:
        told = set(someone.emails) & set(played.exported)
        allowed = set() if refused(someone) else permitted(someone)
        if len(told) != min(1, len(allowed)) or not told <= allowed:
            wrong.append((someone, told))
    assert wrong == []
    assert len(played.exported) > 60


def test_nobody_is_exported_who_never_said_a_word(played: Played) -> None:
    known = {email for someone in played.population for email in someone.emails}
    assert played.exported.keys() <= known


def test_no_file_names_an_address_of_somebody_who_refused(played: Played) -> None:
    texts = [path.read_text(encoding="utf-8") for path in played.settings.outbox.rglob("*.csv")]
    named = [
        email
        for someone in played.population
        if refused(someone)
        for email in someone.emails
        for text in texts
        if email in text
    ]
    assert named == []


def test_a_member_slipped_into_the_published_table_does_not_leave(
    played: Played, tmp_path: Path
) -> None:
    tampered = tmp_path / "published.duckdb"
    shutil.copyfile(played.published, tampered)
    with duckdb.connect(str(tampered)) as connection:
        connection.execute(
            """
            create or replace table activation.sync_segment_members as
            select members.* replace (
                decisions.person_id as person_id, decisions.person_id || '@x.com' as email
            )
            from (select * from activation.sync_segment_members limit 1) as members
            cross join (
                select person_id from activation.fct_send_eligibility
                where purpose = 'marketing' and not is_eligible limit 1
            ) as decisions
            """
        )
    with pytest.raises(ExportError, match="may not be contacted"):
        export_segments(Settings(home=tmp_path), tampered, RUN)
    assert list(tmp_path.rglob("*.csv")) == []
