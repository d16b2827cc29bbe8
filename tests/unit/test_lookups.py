"""Lookups: what libraries say, once per distinct value, and only of what is new."""

from __future__ import annotations

from pathlib import Path

import pytest
from crawleruseragents import CRAWLER_USER_AGENTS_DATA

from orchestration.lib.errors import ContractError
from orchestration.lib.lookups import (
    company_names,
    feeds,
    phones,
    refresh_lookups,
    titles,
    user_agents,
)
from orchestration.lib.lookups.feeds import declared_feeds
from orchestration.lib.lookups.hosts import Hosts
from orchestration.lib.lookups.list_holidays import TABLE as HOLIDAYS
from orchestration.lib.lookups.list_holidays import listed_by_package
from orchestration.lib.lookups.list_providers import listed_by_packages
from orchestration.lib.lookups.providers import TABLE, read_providers
from orchestration.lib.raw_checks import declared_tables
from orchestration.lib.rules import rule_tables
from tests.fixtures.landing.homes import LandingHome

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) Version/18.3 Mobile/15E148 Safari"
EVENTS = "event_id,event_name,occurred_at,page_url,referrer,user_agent,email\n"


@pytest.mark.parametrize(
    ("host", "domain", "is_free_mail", "is_disposable"),
    [
        ("mail.acme.co.uk", "acme.co.uk", False, False),
        ("gmail.com", "gmail.com", True, False),
        ("mailinator.com", "mailinator.com", False, True),
        ("acme.github.io", "acme.github.io", False, False),
        ("co.uk", None, False, False),
        ("10.0.0.1", None, False, False),
        ("localhost", None, False, False),
        ("", None, False, False),
    ],
)
def test_hosts(host: str, domain: str | None, is_free_mail: bool, is_disposable: bool) -> None:
    found = Hosts(read_providers()).describe(host)
    assert found == (host, domain, is_free_mail, is_disposable)


@pytest.mark.parametrize(
    ("phone", "hint", "e164"),
    [
        ("030 123456", "DE", "+4930123456"),
        ("(415) 555-2671", "us ", "+14155552671"),
        ("+49 171 1234567", "", "+491711234567"),
        ("0171 1234567", "", None),
        ("0171 1234567", "Atlantis", None),
        ("ask at the desk", "DE", None),
        ("123", "DE", None),
    ],
)
def test_phones(phone: str, hint: str, e164: str | None) -> None:
    assert phones.describe(phone, hint)[:3] == (phone, hint, e164)


def test_every_listed_crawler_is_a_bot_and_people_are_not() -> None:
    listed = [one for entry in CRAWLER_USER_AGENTS_DATA for one in entry["instances"]]
    assert [one for one in listed if not user_agents.describe(one)[1]] == []
    assert user_agents.describe(IPHONE) == (IPHONE, False, None, "mobile")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/133.0.0.0", "desktop"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/133.0.0.0 Mobile Safari", "mobile"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X200) Chrome/133.0.0.0 Safari", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Mobile/15E148", "tablet"),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) TV Safari", "tv"),
        ("Mozilla/5.0", None),
    ],
)
def test_devices(agent: str, device: str | None) -> None:
    assert user_agents.describe(agent)[3] == device


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("ACME, Inc.", "acme"),
        ("Acme GmbH & Co. KG", "acme"),
        ("Müller & Söhne AG", "muller and sohne"),
        ("LLC", "llc"),
        ("株式会社", "株式会社"),
        ("...", None),
    ],
)
def test_company_names(name: str, normalised: str | None) -> None:
    assert company_names.describe(name) == (name, normalised)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("C.T.O. & Co-Founder", '{"1": " cto and co founder "}'),
        ("Ex-Google | ＣＴＯ (interim)", '{"1": " ex google ", "2": " cto ", "3": " interim "}'),
        ("Gescha\u0308ftsführer:in", '{"1": " geschäftsführer ", "2": " in "}'),
        ("प्रबंध निदेशक", '{"1": " प्रबंध निदेशक "}'),
        ("--- ?", None),
    ],
)
def test_titles(title: str, parts: str | None) -> None:
    assert titles.describe(title) == (title, parts)


def test_feeds_name_declared_columns() -> None:
    assert {feed.spec for feed in declared_feeds()} <= set(declared_tables())


def test_the_domain_of_every_address_is_looked_up() -> None:
    fed = {feed.name for feed in declared_feeds() if feed.lookup == "hosts"}
    addresses = {
        f"{spec.name}/{column}"
        for spec in declared_tables()
        for column in spec.column_names
        if spec.system == "files" and column.rpartition("_")[2] == "email"
    }
    assert addresses <= fed


def test_only_new_values_are_described(home: LandingHome) -> None:
    row = (
        f"1,page_view,2026-01-01,https://Shop.Acme.co.uk/a?b,http://x@t.co:80/,{IPHONE},A@GMail.com"
    )
    home.land("files/web_events/a.csv", EVENTS + row)
    lead = "1,030 123456,DE,Acme.io,A AG\n"
    home.land("files/leads/l.csv", f"lead_id,phone,country,website,company\n{lead}")
    assert refresh_lookups(home.connection) == {
        "hosts": 4, "phones": 1, "user_agents": 1, "company_names": 1, "titles": 0,
        "company_name_likenesses": 0,
    }  # fmt: skip
    assert home.rows("select host from lookups.hosts order by all") == [
        ("acme.io",), ("gmail.com",), ("shop.acme.co.uk",), ("t.co",),
    ]  # fmt: skip
    assert set(refresh_lookups(home.connection).values()) == {0}
    home.land("files/web_events/b.csv", EVENTS + row.replace("1,", "2,", 1).replace("t.co", "u.co"))
    assert refresh_lookups(home.connection)["hosts"] == 1


def test_a_new_version_of_a_library_describes_all_anew(home: LandingHome) -> None:
    home.land("files/contacts/c.csv", "contact_id,email\n1,a@acme.io\n")
    refresh_lookups(home.connection)
    home.connection.execute(
        "update lookups.hosts set library_version = 'old', registrable_domain = 'wrong'"
    )
    assert refresh_lookups(home.connection)["hosts"] == 1
    assert home.rows("select registrable_domain from lookups.hosts") == [("acme.io",)]


def test_a_missing_table_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "feeds.yml"
    path.write_text("hosts:\n  - {table: files/nothing, column: domain, as: website}\n")
    monkeypatch.setattr(feeds, "FILE", path)
    with pytest.raises(ContractError, match="files/nothing"):
        feeds.declared_feeds.__wrapped__()


def test_names_that_leads_state_are_compared_with_those_of_accounts(home: LandingHome) -> None:
    likenesses = "select stated_name, account_name, similarity from lookups.company_name_likenesses"
    home.land("files/leads/l.csv", "lead_id,company\n1,Robotic Hall\n2,Robotix Hall\n3,Acme\n")
    assert refresh_lookups(home.connection)["company_name_likenesses"] == 0
    home.land("files/accounts/a.csv", "account_id,name\n1,Robotic Halls AG\n2,Acme Inc\n")
    assert refresh_lookups(home.connection)["company_name_likenesses"] == 2
    assert [(row[0], float(row[2])) for row in home.rows(f"{likenesses} order by all")] == [
        ("robotic hall", 0.984615), ("robotix hall", 0.952564),
    ]  # fmt: skip
    assert refresh_lookups(home.connection)["company_name_likenesses"] == 0


def test_the_list_of_providers_is_what_the_packages_say() -> None:
    """Fails when a package is newer than the list: `make lists` writes it anew; read the diff."""
    assert rule_tables()[TABLE].path.read_text(encoding="utf-8") == listed_by_packages()


def test_the_calendar_is_what_the_package_says() -> None:
    """Fails when the package is newer than the calendar: `make lists` writes it anew."""
    told = rule_tables()[HOLIDAYS].path.read_text(encoding="utf-8")
    assert told == listed_by_package()
    assert "\nGR,easter,2026-04-12," in told
    assert "\nDE,easter,2026-04-05," in told
    assert "\nCA,thanksgiving,2026-10-12," in told
    assert "\nUS,thanksgiving,2026-11-26," in told


def test_an_own_row_makes_a_provider_or_takes_one_back(home: LandingHome) -> None:
    home.settings.rules.mkdir(exist_ok=True)
    rows = "domain,kind,is_active\ntown-net.example,free,true\ngmail.com,free,false\n"
    home.land("files/contacts/c.csv", "contact_id,email\n1,a@town-net.example\n2,b@gmail.com\n")
    found = "select host, is_free_mail from lookups.hosts order by all"
    refresh_lookups(home.connection, settings=home.settings)
    assert home.rows(found) == [("gmail.com", True), ("town-net.example", False)]
    (home.settings.rules / f"{TABLE}.csv").write_text(rows, encoding="utf-8")
    assert refresh_lookups(home.connection, settings=home.settings)["hosts"] == 2
    assert home.rows(found) == [("gmail.com", False), ("town-net.example", True)]
