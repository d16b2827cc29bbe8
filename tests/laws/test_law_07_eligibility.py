"""Law 7: nobody who refused, complained, bounced hard, was suppressed or erased is ever exported.

Broken by: joining refusals by the preferred address only (the strictest of all addresses wins), a
lift without `is_liftable`, `<=` instead of `<` in a lift, a bounce of unknown type taken as soft,
`coalesce(is_eligible, true)`, leaving out quarantined addresses, excluded domains or the reason
of a refusal, a confirmation of one brand that lifts another, an answer taken as a consent, a
complaint by mail that leaves texts open, a cap that counts texts of a purchase or other channels.
"""

from __future__ import annotations

import csv
import re
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
from tests.laws.consent_play import (
    AS_OF,
    BRANDS,
    EXCLUDED,
    OFFERS,
    Human,
    Offer,
    capped,
    humans,
    permitted,
    refused,
)

# per offer a segment of everybody: who is missing from its file was kept back by eligibility alone
OWN_RULES = {
    "segment_definitions": (
        "segment_id,name,purpose,channel,destination,destination_kind,priority,holdout_share,"
        "is_active,rule_version\n"
        + "".join(
            f"{each.purpose},Everybody,{each.purpose},{each.channel},own_tool,file,1,0,true,1\n"
            for each in OFFERS
        )
    ),
    "segment_rules": (
        "rule_id,scope,clause,attribute,operator,result,priority,is_active,rule_version\n"
        + "".join(
            f"{each.purpose},segment,1,month_day,is_present,{each.purpose},1,true,1\n"
            for each in OFFERS
        )
    ),
    "contact_purposes": (
        "purpose,channel,consent_purpose,brand,address_type,is_default,is_frequency_capped,"
        "is_sunset,is_conflicted,is_message,is_active,rule_version\n"
        + "".join(
            f"{brand}_offers,email,marketing,{brand.title()},email,false,true,true,true,true,true,1\n"
            for brand in BRANDS
        )
        + "texts,sms,marketing,,email,false,true,true,true,true,true,1\n"
    ),
    "excluded_domains": (
        "domain,reason,is_active,rule_version\n"
        + "".join(f"{domain},{reason},true,1\n" for domain, reason in EXCLUDED.items())
    ),
}
EXPORTED = ("fct_send_eligibility", "sync_segment_members", "rpt_segment_waterfall")
RUN = "20260701T000000000000Z"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True)
class Played:
    """A population, where it was played and published, and per purpose the exported addresses."""

    population: list[Human]
    settings: Settings
    published: Path
    exported: dict[str, list[str]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """3,000 random histories through landing, the real models and the real export."""
    random = Random(11)
    settings = Settings(home=tmp_path_factory.mktemp("law_07"))
    population = humans(random, count=3000)
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
    own = {each.segment_id: each.path for each in reports if each.destination == "own_tool"}
    exported = {purpose: addresses(path) for purpose, path in own.items()}
    return Played(population=population, settings=settings, published=published, exported=exported)


def addresses(path: Path) -> list[str]:
    """The addresses of an exported file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["email"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.purpose)
def test_nobody_who_refused_is_exported(played: Played, offer: Offer) -> None:
    told = set(played.exported[offer.purpose])
    who_refused = [someone for someone in played.population if refused(someone, offer)]
    assert [someone for someone in who_refused if told & set(someone.emails)] == []
    assert len(who_refused) > 300


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.purpose)
def test_everybody_else_with_a_basis_is_exported_once(played: Played, offer: Offer) -> None:
    addresses_told = set(played.exported[offer.purpose])
    wrong = []
    for someone in played.population:
        told = set(someone.emails) & addresses_told
        held = refused(someone, offer) or capped(someone, offer)
        allowed = set() if held else permitted(someone, offer)
        if len(told) != min(1, len(allowed)) or not told <= allowed:
            wrong.append((someone, told))
    assert wrong == []
    assert len(addresses_told) == len(played.exported[offer.purpose])
    assert (len(addresses_told) > 300) is (offer.purpose != "transactional")


def test_a_text_of_the_last_week_holds_texts_back_and_nothing_else(played: Played) -> None:
    (texts,) = (offer for offer in OFFERS if offer.channel == "sms")
    full = [someone for someone in played.population if capped(someone, texts)]
    assert [each for each in full if set(each.emails) & set(played.exported["texts"])] == []
    would_get = [each for each in full if permitted(each, texts) and not refused(each, texts)]
    mailed = [each for each in full if set(each.emails) & set(played.exported["marketing"])]
    assert min(len(would_get), len(mailed)) > 50


def test_nobody_is_exported_who_never_said_a_word(played: Played) -> None:
    known = {email for someone in played.population for email in someone.emails}
    assert {email for told in played.exported.values() for email in told} <= known


def test_no_file_names_an_address_of_somebody_who_refused(played: Played) -> None:
    files = played.settings.outbox.glob("*_tool/**/*.csv")  # lists of whom to leave out name them
    texts = [path.read_text(encoding="utf-8") for path in files]
    words = {word for text in texts for word in re.split(r"[\s,;\"\[\]\\]+", text)}
    named = [
        email
        for someone in played.population
        if all(refused(someone, offer) for offer in OFFERS)
        for email in someone.emails
        if email in words
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
            from (
                select * from activation.sync_segment_members
                where purpose = 'marketing' and channel = 'email' order by all limit 1
            ) as members
            cross join (
                select person_id from activation.fct_send_eligibility
                where purpose = 'marketing' and channel = 'email' and not is_eligible
                order by all limit 1
            ) as decisions
            """
        )
    with pytest.raises(ExportError, match="may not be contacted"):
        export_segments(Settings(home=tmp_path), tampered, RUN)
    assert list(tmp_path.rglob("*.csv")) == []
