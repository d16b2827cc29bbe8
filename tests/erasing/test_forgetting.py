"""An erased person leaves the tools that were told of them; a tool that is down stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pytest

from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.fake import Fake
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.server import Running, running
from orchestration.fakes.webhook import FakeWebhook
from orchestration.lib.destinations.contract import Change, DestinationError
from orchestration.lib.destinations.rows import open_destination, read_destinations
from orchestration.lib.erasing.erase import begin_erasure, erase
from orchestration.lib.erasing.finishing import finish_erasures
from orchestration.lib.erasing.proof import proofs
from orchestration.lib.erasing.tombstones import tombstones
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.ledger import open_ledger
from tests.destinations.waits import waits_of
from tests.erasing.people import land_all, tables_with
from tests.fixtures.landing.homes import landing_home

MIA, TOM = "mia@acme.com", "tom@acme.com"
HEADER = (
    "destination,kind,base_url,account,secret_name,requests_per_second,timeout_seconds,is_active,"
    "rule_version\n"
)
TOOLS: dict[str, tuple[type[Fake], Callable[[Fake], list[str]]]] = {
    "mailchimp": (
        FakeMailchimp,
        lambda fake: sorted(one.email for one in fake.audience.members.values()),
    ),
    "hubspot": (
        FakeHubspot,
        lambda fake: sorted(one["email"] for one in fake.state.contacts.by_id.values()),
    ),
    "activecampaign": (
        FakeActiveCampaign,
        lambda fake: sorted(one["email"] for one in fake.state.contacts.values()),
    ),
    "webhook": (
        FakeWebhook,
        lambda fake: sorted({email for one in fake.state.segments.values() for email in one}),
    ),
}


@pytest.fixture(params=TOOLS)
def tool(request, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A tool that has Mia and Tom, told by a home in which both landed."""
    waits_of(monkeypatch)
    kind = request.param
    monkeypatch.setenv("TOOL_KEY", TOOLS[kind][0].secret)
    with running(TOOLS[kind][0]()) as fake:
        row_of(settings, fake, kind)
        tell(settings)
        with landing_home(settings) as home:
            land_all(home)
        yield fake


def row_of(settings: Settings, fake: Running, kind: str, *, is_active: str = "true") -> None:
    """Write the row of the tool."""
    cells = (fake.base_url, fake.fake.account or "", "TOOL_KEY", "1000", "20", is_active, "1")
    (settings.rules / "destinations.csv").write_text(f"{HEADER}tool,{kind},{','.join(cells)}\n")


def tell(settings: Settings) -> None:
    """Tell the tool of both, as a sync does."""
    people = [Change(person_id=one[:3], operation="add", email=one, idempotency_key=one)
              for one in (MIA, TOM)]  # fmt: skip
    adapter = open_destination(read_destinations(settings)["tool"])
    assert {one.state for one in adapter.send("welcome", people)} == {"accepted"}
    with open_ledger(settings) as ledger:
        for one in people:
            ledger.execute(
                "insert into acknowledged (destination, segment_id, email, person_id)"
                " values ('tool', 'welcome', ?, ?)",
                [one.email, one.person_id],
            )


def there(tool: Running) -> list[str]:
    """Addresses that the tool has."""
    return TOOLS[tool.fake.kind][1](tool.fake)


def results(settings: Settings) -> list[list[str]]:
    """What tools made of each erasure, oldest first."""
    return [[one["result"] for one in proof["tools"]] for proof in proofs(settings)][::-1]


def left(settings: Settings) -> list[str]:
    """Tables of the warehouse and of the ledger that have Mia."""
    found = []
    for path in (settings.warehouse, settings.state / "syncs.duckdb"):
        with duckdb.connect(str(path), read_only=True) as connection:
            found += tables_with(connection, "mia@")
    return found


def test_the_person_leaves_the_tool(tool: Running, settings: Settings) -> None:
    proof = erase(settings, MIA, reason="request 17")
    assert there(tool) == [TOM]
    assert [one["result"] for one in proof["tools"]] == ["forgotten"]
    assert proof["finished_at"]
    assert left(settings) == []
    with landing_home(settings) as home:
        home.put("files/contacts/b.csv", f"contact_id,email\ncon_mia,{MIA}\n")
        home.ingest()
    assert left(settings) == []


def test_one_who_left_the_segment_long_ago_is_forgotten_too(
    tool: Running, settings: Settings
) -> None:
    with open_ledger(settings) as ledger:
        ledger.execute("delete from acknowledged")
        ledger.execute(
            "insert into sync_changes (plan_id, destination, email, person_id, operation, state)"
            " values ('1', 'tool', ?, 'mia', 'remove', 'accepted')",
            [MIA],
        )
    erase(settings, MIA, reason="request 17")
    assert there(tool) == [TOM]


def test_a_tool_that_is_down_is_reached_by_the_next_erasure(
    tool: Running, settings: Settings
) -> None:
    tool.fake.faults.switch("server_error", times=None, status=503)
    proof = erase(settings, MIA, reason="request 17")
    assert there(tool) == [MIA, TOM]
    (told,) = proof["tools"]
    assert told["result"] == "not reached"
    assert told["reason"]
    assert told["remedy"]
    assert left(settings) == ["main.acknowledged"]
    # a sync took the person out of the segment meanwhile: nobody here knows the address
    with open_ledger(settings) as ledger:
        ledger.execute("delete from acknowledged where email = ?", [MIA])
    assert left(settings) == []
    tool.fake.faults.clear()
    erase(settings, MIA, reason="request 17 again")
    assert there(tool) == [TOM]
    assert results(settings) == [["forgotten"], ["forgotten"]]


@pytest.mark.parametrize("tool", ["mailchimp"], indirect=True)
def test_passing_faults_are_waited_for(tool: Running, settings: Settings) -> None:
    tool.fake.faults.switch("too_many", where="delete-permanent", times=2)
    erase(settings, MIA, reason="request 17")
    assert there(tool) == [TOM]


@pytest.mark.parametrize("tool", ["mailchimp"], indirect=True)
def test_a_missing_key_and_an_inactive_row_are_told(
    tool: Running, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOOL_KEY")
    (told,) = erase(settings, MIA, reason="request 17")["tools"]
    assert "TOOL_KEY" in told["reason"] + told["remedy"]
    row_of(settings, tool, "mailchimp", is_active="false")
    (told,) = erase(settings, MIA, reason="request 17")["tools"]
    assert told["reason"] == "it is no active destination"


@pytest.mark.parametrize("tool", ["mailchimp"], indirect=True)
def test_an_erasure_that_was_killed_before_it_asked_is_asked_by_the_next(
    tool: Running, settings: Settings
) -> None:
    with landing_home(settings) as home:
        begin_erasure(home.connection, settings, MIA, reason="request 17")
        finish_erasures(home.connection, settings)
    assert results(settings) == [["not reached"]]
    erase(settings, MIA, reason="request 17 again")
    assert there(tool) == [TOM]


@pytest.mark.parametrize("tool", ["activecampaign", "mailchimp", "webhook"], indirect=True)
def test_one_whom_the_tool_does_not_have_was_not_there(tool: Running, settings: Settings) -> None:
    adapter = open_destination(read_destinations(settings)["tool"])
    assert adapter.forget(MIA) is True
    assert adapter.forget(MIA) is False
    assert erase(settings, MIA, reason="request 17")["tools"][0]["result"] == "was not there"
    assert tombstones(settings).has_address(MIA)


@pytest.mark.parametrize("tool", ["mailchimp"], indirect=True)
def test_an_unknown_audience_is_not_nobody(tool: Running, settings: Settings) -> None:
    rows = settings.rules / "destinations.csv"
    rows.write_text(rows.read_text().replace(FakeMailchimp.account, "another"))
    with pytest.raises(DestinationError):
        open_destination(read_destinations(settings)["tool"]).forget(MIA)


@pytest.mark.parametrize("tool", ["webhook"], indirect=True)
def test_a_webhook_that_takes_no_erasures_is_named(tool: Running, settings: Settings) -> None:
    tool.fake.state.takes_erasures = False
    (told,) = erase(settings, MIA, reason="request 17")["tools"]
    assert told["result"] == "not reached"
    assert told["reason"] == "the webhook takes no erasures"
    assert MIA in there(tool)


@pytest.mark.parametrize("tool", ["mailchimp"], indirect=True)
@pytest.mark.parametrize("kind", ["salesforce", "meta_audience", "file"])
def test_a_tool_that_cannot_forget_is_named_with_what_to_do(
    tool: Running, settings: Settings, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("TOOL_KEY", "id:secret")
    monkeypatch.setenv("TOUCHLINE_HOME", str(settings.home))
    row_of(settings, tool, kind)
    (told,) = erase(settings, MIA, reason="request 17")["tools"]
    assert told["result"] == "not reached"
    assert ("told by files" in told["reason"]) == (kind in ("meta_audience", "file"))
    assert MIA not in str(told)
