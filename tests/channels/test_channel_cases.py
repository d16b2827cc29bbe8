"""Every row of cases.csv gets its channel from the rule it names, through the real models."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_warehouse, prepare_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings

CASES = Path(__file__).with_name("cases.csv")
PAGE = "https://www.northlight-demo.com/pricing"
CAMPAIGN_TYPES = {"d-reach": "display", "yt-stories": "video", "all-goods": "shopping"}


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def web_event(number: int, case: dict[str, str]) -> dict[str, str]:
    """The landing page view of one case, as a tracker would send it."""
    event = {
        "event_id": f"case_{number}",
        "event_name": "page_view",
        "anonymous_id": f"visitor_{number}",
        "occurred_at": "2026-06-01T10:00:00Z",
        "page_url": PAGE + (case["query"] or ""),
        "referrer": case["referrer"],
        "utm_source": case["source"],
        "utm_medium": case["medium"],
        "utm_campaign": case["campaign"],
    }
    return event | ({case["click_id"]: f"token_{number}"} if case["click_id"] else {})


def ad_click(number: int, case: dict[str, str]) -> dict[str, str]:
    """The click behind a case, as its platform reports it: platform, campaign type, campaign."""
    platform, _, kind = case["ad_click"].partition(":")
    campaign_type, _, campaign_id = kind.partition(":")
    return {
        "click_id": f"token_{number}",
        "platform": platform,
        "campaign_type": campaign_type,
        "campaign_id": campaign_id,
        "clicked_at": "2026-06-01T09:59:30Z",
    }


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """Case → (channel, rule) as the models decide."""
    settings = Settings(home=tmp_path_factory.mktemp("channels"))
    prepare_home(settings)
    landing = settings.landing / "files"
    (landing / "web_events").mkdir(parents=True)
    (landing / "ad_days").mkdir()
    (landing / "ad_clicks").mkdir()
    events = [web_event(number, case) for number, case in enumerate(cases())]
    (landing / "web_events" / "cases.jsonl").write_text("\n".join(map(json.dumps, events)))
    clicks = [ad_click(number, case) for number, case in enumerate(cases()) if case["ad_click"]]
    (landing / "ad_clicks" / "clicks.jsonl").write_text("\n".join(map(json.dumps, clicks)))
    ad_days = ["platform,campaign_id,campaign_type,date"]
    ad_days += [f"google_ads,{name},{kind},2026-06-01" for name, kind in CAMPAIGN_TYPES.items()]
    (landing / "ad_days" / "days.csv").write_text("\n".join(ad_days) + "\n")
    connection = open_warehouse(settings)
    ingest(settings, connection, still_seconds=0)
    refresh_lookups(connection)
    connection.close()
    wanted = ("int_landings_channeled", "int_web_events_sessionized")
    selected = [f"+{model}" for model in wanted]
    as_of = datetime(2026, 7, 1, tzinfo=UTC)
    report = build(settings, as_of=as_of, select=selected, data_tests=False)
    report.raise_for_failures()
    with duckdb.connect(str(settings.warehouse), read_only=True) as warehouse:
        rows = warehouse.execute(
            "select source_record_id, channel, channel_rule_id"
            " from touchpoints.int_web_events_sessionized"
            " join touchpoints.int_landings_channeled using (landing_key)"
        ).fetchall()
    return {record: (channel, rule) for record, channel, rule in rows}


def test_every_case_gets_its_channel_from_its_rule(decided: dict[str, tuple[str, str]]) -> None:
    wrong = [
        f"line {number + 2} ({case['why']}): {decided.get(f'case_{number}')}"
        f" instead of {(case['channel'], case['rule_id'])}"
        for number, case in enumerate(cases())
        if decided.get(f"case_{number}") != (case["channel"], case["rule_id"])
    ]
    assert wrong == []


def test_the_table_tries_every_landing_rule() -> None:
    rules = Path(__file__).parents[2] / "seeds" / "rules" / "channel_rules.csv"
    with rules.open(encoding="utf-8", newline="") as file:
        shipped = {row["rule_id"] for row in csv.DictReader(file) if row["scope"] == "landing"}
    assert shipped - {case["rule_id"] for case in cases()} == set()
