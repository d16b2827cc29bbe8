"""A day with an urgent segment: told within a run, taken out within a run, and nobody twice."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from orchestration.cli.summary import RunSummary
from orchestration.cli.whole_run import run_home
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.server import Running, running
from orchestration.lib.home import open_home
from orchestration.lib.publishing import open_published
from orchestration.lib.running.moments import moment_of_now, usual_moment
from orchestration.lib.segments.urgent import due_by_time
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.history import history_of
from orchestration.lib.syncs.homes import open_desk
from tests.homes import data_tests_left_out

pytestmark = pytest.mark.slow

DAY = datetime(2026, 7, 1, tzinfo=UTC)
TOOL, SEGMENT = "mail", "abandoned_cart"
RULES = {
    "segment_definitions": """\
segment_id,purpose,channel,destination,destination_kind,priority,entry_moment,exclusive_group,\
is_urgent,holdout_share,is_active
abandoned_cart,marketing,email,mail,file,20,cart_left,one_message,true,0,true
""",
    # the day of this test is long over
    "sync_guards": """\
rule_id,guard,threshold,min_count,severity,is_active
stale_version,stale_version,48,0,stop,false
""",
    "destinations": """\
destination,kind,base_url,account,secret_name,is_automatic,is_active
mail,mailchimp,{base_url},{account},MAIL_KEY,true,true
""",
    "destination_fields": """\
rule_id,destination,field,attribute,is_active
cart,mail,CART,cart_contents,true
""",
}
PEOPLE = ("ada", "ben", "cara")
CONTACTS = "contact_id,email,first_name,country,created_at\n" + "".join(
    f"{name},{name}@carts.com,{name.title()},DE,2026-01-01 08:00:00\n" for name in PEOPLE
)
CONSENTS = "email,purpose,channel,status,source,changed_at\n" + "".join(
    f"{name}@carts.com,marketing,email,confirmed,double_opt_in,2026-01-05 08:00:00\n"
    for name in PEOPLE
)
MATTRESS = '=Mattress "Soft"'
PRODUCTS = """product_id,name
p1,"=Mattress ""Soft\"""
"""
CARTS = """event_id,event_name,anonymous_id,email,occurred_at,page_url,product_id
a1,product_added_to_cart,tab_a,ada@carts.com,2026-07-01 10:05:00,https://shop.ours.com/cart,p1
b1,product_added_to_cart,tab_b,ben@carts.com,2026-07-01 10:05:00,https://shop.ours.com/cart,p1
b2,product_added_to_cart,tab_b,ben@carts.com,2026-07-01 10:06:00,https://shop.ours.com/cart,p2
c1,product_added_to_cart,tab_c,cara@carts.com,2026-07-01 10:30:00,https://shop.ours.com/cart,p1
"""
ORDERS = """order_id,transaction_id,email,status,total,currency,ordered_at,updated_at
o1,t1,ada@carts.com,paid,40,EUR,2026-07-01 11:18:00,2026-07-01 11:18:00
"""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A home through a day, at whose clock a test looks."""

    settings: Settings

    def lands(self, table: str, content: str) -> None:
        """A file comes, and has been still for a minute."""
        file = self.settings.landing / "files" / table / f"{time.monotonic_ns()}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
        os.utime(file, (time.time() - 60,) * 2)

    def runs(self, clock: timedelta, *, as_of_now: bool) -> RunSummary:
        """A run at a time of the day, as of now or an ordinary one."""
        moment = (moment_of_now if as_of_now else usual_moment)(self.settings, DAY + clock)
        return run_home(self.settings, as_of=moment, quiet=True)

    def told(self) -> dict[str, str | None]:
        """Whom the tool itself has in the segment, by first part of their address: their carts."""
        with open_desk(self.settings) as desk:
            members = desk.tool(TOOL).members(SEGMENT)
        return {one.email.split("@")[0]: one.fields.get("CART") for one in members}

    def changes(self) -> int:
        """How many changes were ever sent."""
        with open_desk(self.settings) as desk:
            plans = history_of(desk.ledger, destination=TOOL, segment_id=SEGMENT)
        return sum(plan["states"].get("accepted", 0) for plan in plans)

    def due(self, clock: timedelta) -> int:
        """How many have become due by time alone."""
        with open_home(self.settings) as connection:
            return due_by_time(connection, self.settings, DAY + clock)

    def send_after(self) -> dict[str, datetime]:
        """When quiet hours let the mail of each member go."""
        published = open_published(self.settings)
        try:
            rows = published.execute(
                "select split_part(email, '@', 1), send_after"
                " from activation.sync_segment_members where segment_id = ?",
                [SEGMENT],
            ).fetchall()
        finally:
            published.close()
        return {name: moment.replace(tzinfo=UTC) for name, moment in rows}


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A tool that is told by itself, with its secret in the environment."""
    with running(FakeMailchimp()) as mail:
        mail.fake.audience.make_field({"tag": "CART", "type": "text"})
        monkeypatch.setenv("MAIL_KEY", mail.fake.secret)
        yield mail


@pytest.fixture
def day(settings: Settings, tool: Running) -> Iterator[Day]:
    """A home of three people with confirmed consent, built just after midnight.

    Its data tests, which take most of a build, are those of the shared home and are asked there.
    """
    day = Day(settings=settings)
    for table, text in RULES.items():
        told = text.format(base_url=tool.base_url, account=tool.fake.account)
        (settings.rules / f"{table}.csv").write_text(told, encoding="utf-8")
    day.lands("contacts", CONTACTS)
    day.lands("consents", CONSENTS)
    day.lands("products", PRODUCTS)
    with data_tests_left_out():
        day.runs(timedelta(minutes=15), as_of_now=False)
        yield day


def test_from_cart_to_tool_and_out_of_it_within_a_run_each(day: Day) -> None:
    assert day.told() == {}

    day.lands("web_events", CARTS)
    day.runs(at(11, 15), as_of_now=True)
    assert day.told() == {"ada": MATTRESS, "ben": f"{MATTRESS}, p2"}
    assert day.send_after() == {"ada": DAY + at(11, 15), "ben": DAY + at(11, 15)}
    assert (day.due(at(11, 20)), day.due(at(11, 31))) == (0, 1)

    day.lands("orders", ORDERS)
    day.runs(at(11, 31), as_of_now=True)
    assert day.told() == {"ben": f"{MATTRESS}, p2", "cara": MATTRESS}
    assert day.changes() == 4

    assert day.runs(at(18, 0), as_of_now=False).nothing_new
    morning = day.runs(at(24, 15), as_of_now=False)
    assert not morning.nothing_new
    assert day.told() == {"ben": f"{MATTRESS}, p2", "cara": MATTRESS}
    assert day.changes() == 4
    # two o'clock in the morning where they live
    assert set(day.send_after().values()) == {DAY + at(30, 0)}


def at(hour: int, minute: int) -> timedelta:
    """A time of the day; 24 is midnight at its end."""
    return timedelta(hours=hour, minutes=minute)
