"""A marketplace's seller funnel through the real chain: its published figures come out again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_warehouse, prepare_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings, load_settings

REPOSITORY = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).with_name("olist")
REAL = Path(os.environ.get("TOUCHLINE_TEST_DATA", REPOSITORY / "../shared/data")) / "olist"
FILES = {
    "marketing_qualified_leads": "olist_marketing_qualified_leads_dataset.csv",
    "closed_deals": "olist_closed_deals_dataset.csv",
}
MODELS = (
    "fct_account_matches",
    "int_leads_channeled",
    "int_journeys_known",
    "int_accounts_survived",
)
AS_OF = datetime(2018, 11, 15, 2, tzinfo=UTC)
WON_LEADS_AT_THEIR_SELLER = """
    select count(*)
    from unified.int_leads_unified as leads
    join identity.int_identity_clusters_resolved as clusters
        on clusters.identifier_type = 'lead_id' and clusters.identifier_value = leads.lead_id
    join identity.int_persons_linked_to_accounts as links
        on links.person_id = clusters.person_id and links.is_chosen
    where links.account_id = md5('olist|' || leads.converted_account_id)
        and links.valid_from <= leads.converted_at and links.valid_to is null
"""
EARLY_DEALS = """
    select journeys.outcome || ' ' || (journeys.opened_at <= journeys.closed_at)
    from unified.int_leads_unified as leads
    join today.int_journeys_known as journeys
        on journeys.account_id = md5('olist|' || leads.converted_account_id)
    where leads.converted_at < leads.created_at and journeys.journey_type = 'acquisition'
"""
Ask = Callable[[str], Any]


def land(folder: Path, settings: Settings, *, prefix: str = "") -> None:
    """Put the two files into the landing folder of the home and load them."""
    for table, name in FILES.items():
        landing = settings.landing / "olist" / table
        landing.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / name, landing / f"{prefix}{name}")
    connection = open_warehouse(settings)
    ingest(settings, connection, still_seconds=0)
    refresh_lookups(connection)
    connection.close()


def built(folder: Path, home: Path) -> Iterator[Ask]:
    """A home of the example with the files landed twice and built; yields a one-value query."""
    shutil.copytree(REPOSITORY / "dbt_project" / "docs" / "examples" / "olist", home)
    settings = load_settings({}, home=home)
    prepare_home(settings)
    land(folder, settings)
    land(folder, settings, prefix="again_")
    selected = [f"+{model},resource_type:{kind}" for model in MODELS for kind in ("model", "seed")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_INDIRECT_SELECTION", "cautious")
        report = build(settings, as_of=AS_OF, select=selected)
    report.raise_for_failures()
    with duckdb.connect(str(settings.warehouse), read_only=True) as reader:
        yield lambda query: reader.execute(query).fetchall()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Seven leads of our own with the same defects."""
    yield from built(SMALL, tmp_path_factory.mktemp("olist") / "home")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The public files, where they are at hand."""
    if not REAL.is_dir():
        pytest.skip(f"no data at {REAL}; set TOUCHLINE_TEST_DATA")
    yield from built(REAL, tmp_path_factory.mktemp("olist") / "home")


@pytest.mark.slow
def test_small_funnel(small: Ask) -> None:
    assert small("select count(*), count(converted_account_id) from unified.int_leads_unified") == [
        (7, 3)
    ]
    assert small(
        "select opportunity_id, closed_at, close_date::varchar"
        " from unified.int_opportunities_unified where is_won order by 1"
    ) == [
        ("m1", datetime(2018, 2, 21, 2, 30), "2018-02-20"),
        ("m2", datetime(2018, 2, 1, 16, 10, 5), "2018-02-01"),
        ("m5", datetime(2018, 11, 14, 20), "2018-11-14"),
    ]
    assert small(WON_LEADS_AT_THEIR_SELLER) == [(3,)]
    assert small("select annual_revenue from unified.int_accounts_unified order by account_id") == [
        (None,),
        (600000,),
        (12000,),
    ]
    assert small("select motion, count(*) from identity.int_accounts_survived group by 1") == [
        ("b2b", 7)
    ]
    assert dict(
        small("select source_record_id, channel from touchpoints.int_leads_channeled order by 1")
    ) == {
        "m1": "organic_search",
        "m2": "paid_search",
        "m3": "unassigned",
        "m4": "unassigned",
        "m5": "referral",
        "m6": "paid_other",
        "m7": "organic_social",
    }


@pytest.mark.slow
def test_a_deal_won_before_its_first_contact_is_a_won_journey(small: Ask) -> None:
    assert small(EARLY_DEALS) == [("won true",)]


@pytest.mark.slow
def test_the_same_files_again_change_nothing(small: Ask) -> None:
    assert small("select count(*) from raw_olist.marketing_qualified_leads") == [(7,)]
    assert small("select count(*) from raw_olist.closed_deals") == [(3,)]


@pytest.mark.slow
def test_real_figures(real: Ask) -> None:
    assert real("select count(*), count(converted_account_id) from unified.int_leads_unified") == [
        (8000, 842)
    ]
    assert real("select count(*) from unified.int_opportunities_unified where is_won") == [(842,)]
    assert real("select count(*) from raw_olist.marketing_qualified_leads") == [(8000,)]
    assert real(WON_LEADS_AT_THEIR_SELLER) == [(842,)]
    assert real(EARLY_DEALS) == [("won true",)]
    assert dict(
        real("select account_type, count(*) from identity.int_accounts_survived group by 1")
    ) == {"company": 842, "individual": 7158}
    assert dict(
        real("select channel, count(*) from touchpoints.int_leads_channeled group by 1")
    ) == {
        "organic_search": 2296,
        "paid_search": 1586,
        "organic_social": 1350,
        "unassigned": 1309,
        "direct": 499,
        "email": 493,
        "referral": 284,
        "display": 118,
        "paid_other": 65,
    }


@pytest.mark.slow
def test_real_days_from_contact_to_deal(real: Ask) -> None:
    assert real(
        """
        select min(days), median(days), max(days)
        from (
            select date_diff('day', l.first_contact_date::date, d.won_date::timestamp::date) as days
            from raw_olist.closed_deals as d
            join raw_olist.marketing_qualified_leads as l using (mql_id)
        )
        """
    ) == [(-2, 14, 427)]
