"""The same segment in two tools at once; who leaves one is out of the other within one run.

Who refuses one type of mail in a tool is out of what has its purpose, in the other tool, alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.cli.whole_run import run_home
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.server import Running, running
from orchestration.lib.syncs.homes import open_desk
from tests.homes import Home, data_tests_left_out

pytestmark = pytest.mark.slow

TOUCHLINE = Path(sys.executable).with_name("touchline")
SEGMENT, OTHER_PURPOSE = "readers", "news"
DEFINITIONS = """\
segment_id,purpose,channel,destination,destination_kind,priority,exclusive_group,holdout_share,is_active
readers,marketing,email,mail|crm,file,90,,0,true
news,newsletter,email,mail,file,91,,0,true
"""
RULES = """rule_id,scope,clause,attribute,operator,value_text,result,priority,is_active
readers,segment,1,motion,in,b2b|b2c,readers,1,true
news,segment,1,motion,in,b2b|b2c,news,2,true
"""
NEWS_TYPE = 12
TYPES = f"""rule_id,destination,subscription_type,purpose,is_active
news,crm,{NEWS_TYPE},newsletter,true
"""
BEFORE = "2026-06-30T12:00:00Z"
# the world of the tests is of a summer that is over
GUARDS = """rule_id,guard,threshold,min_count,severity,is_active
stale_version,stale_version,48,0,stop,false
"""
DESTINATIONS = """destination,kind,base_url,account,secret_name,canary_share,is_automatic,is_active
mail,mailchimp,{mail.base_url},{mail.fake.account},MAIL_KEY,0.1,true,true
crm,hubspot,{crm.base_url},,CRM_KEY,0.1,true,true
"""


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Running]]:
    """Both tools, with their secrets in the environment."""
    with running(FakeMailchimp()) as mail, running(FakeHubspot()) as crm:
        monkeypatch.setenv("MAIL_KEY", mail.fake.secret)
        monkeypatch.setenv("CRM_KEY", crm.fake.secret)
        yield {"mail": mail, "crm": crm}


@pytest.fixture
def home(landed_home: Home, tools: dict[str, Running], tmp_path: Path) -> Home:
    """A landed world with one segment that goes to both, and one of another purpose."""
    copy = landed_home.copy_to(tmp_path / "home")
    copy.add_rules(
        {
            "segment_definitions": DEFINITIONS,
            "segment_rules": RULES,
            "destinations": DESTINATIONS.format(**tools),
            "subscription_types": TYPES,
            "sync_guards": GUARDS,
        }
    )
    return copy


def test_who_unsubscribes_in_one_tool_leaves_the_other_in_the_same_run(
    home: Home, tools: dict[str, Running]
) -> None:
    # what a segment reaches is asked by the second run, the rest in the shared home
    with data_tests_left_out():
        run_home(home.settings, as_of=home.as_of, quiet=True)
    told = {name: held(home, name) for name in tools}
    assert told["mail"] == told["crm"]
    assert len(told["mail"]) > 50

    readers_of_news = held(home, "mail", OTHER_PURPOSE)
    leaver, *others = sorted(told["mail"])
    tools["mail"].fake.audience.find(leaver).become("unsubscribed")
    unsubscriber = min(readers_of_news.intersection(others))
    refused = {NEWS_TYPE: ("UNSUBSCRIBED", BEFORE)}
    tools["crm"].fake.state.subscriptions.by_email[unsubscriber] = refused
    run(home)
    for name in tools:
        assert held(home, name) == told[name] - {leaver}, name
    assert held(home, "mail", OTHER_PURPOSE) == readers_of_news - {leaver, unsubscriber}
    assert tools["mail"].fake.audience.find(leaver).status == "unsubscribed"


def run(home: Home) -> None:
    """`touchline run` in a process of its own, as a scheduler calls it."""
    command = [str(TOUCHLINE), "run", "--as-of", f"{home.as_of:%Y-%m-%d}", "--json"]
    environment = os.environ | {"TOUCHLINE_HOME": str(home.settings.home)}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def held(home: Home, destination: str, segment_id: str = SEGMENT) -> set[str]:
    """Addresses that the tool itself has in a segment."""
    with open_desk(home.settings) as desk:
        tool = desk.tool(destination)
        return {member.email for member in tool.members(segment_id)}
