"""The engine's delivery over each tool: whatever happens on the way, all are in, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest

from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.salesforce import FakeSalesforce
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations.contract import Destination, DestinationRow
from orchestration.lib.syncs.delivering import deliver
from tests.destinations.changes import adds, change, states

TOOLS: dict[str, Callable[[], FakeHubspot | FakeActiveCampaign | FakeSalesforce]] = {
    "hubspot": FakeHubspot,
    "activecampaign": FakeActiveCampaign,
    "salesforce": FakeSalesforce,
}
WRITES = {
    "hubspot": ("batch/upsert", "memberships/add"),
    "activecampaign": ("contact/sync", "POST .*contactTags"),
    "salesforce": ("PATCH .*/composite",),
}
FAULTS = ("too_many", "server_error", "broken_after", "timeout_before", "timeout_after",
          "cut_after", "partial_success", "not_json")  # fmt: skip
ACCEPTED, LATER, NEVER = "accepted", "rejected_retryable", "rejected_permanent"


@pytest.fixture(params=TOOLS)
def tool(request: pytest.FixtureRequest) -> Iterator[Running]:
    fake = TOOLS[request.param]()
    if isinstance(fake, FakeActiveCampaign):
        fake.per_second = 10_000
    if isinstance(fake, FakeSalesforce):
        for one in adds(3):
            fake.state.make("Contact", Email=one.email)
    with running(fake) as server:
        yield server


def opened(tool: Running, *, seconds: float = 20) -> Destination:
    row = DestinationRow(
        destination="tool", kind=tool.fake.kind, base_url=tool.base_url, secret_name="SECRET",
        account=tool.fake.account, requests_per_second=10_000, timeout_seconds=seconds,
    )  # fmt: skip
    adapter = import_module(f"orchestration.lib.destinations.{tool.fake.kind}")
    return adapter.connect(row, {"SECRET": tool.fake.secret})


@pytest.mark.slow
@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_happens_on_the_way_all_are_in_once(tool: Running, fault: str) -> None:
    destination = opened(tool, seconds=2 if fault.startswith("timeout") else 20)
    destination.check("welcome", [])
    for where in WRITES[tool.fake.kind]:
        tool.fake.faults.switch(fault, where=where)
    wanted = adds(3)
    answers = states(deliver(destination, "welcome", wanted))
    tool.fake.faults.clear()
    again = [one for one in wanted if answers[one.person_id] != ACCEPTED]
    if again:
        assert set(states(deliver(destination, "welcome", again)).values()) == {ACCEPTED}
    members = [member.email for member in destination.members("welcome")]
    assert sorted(members) == [one.email for one in wanted]
    gone = [change(one.person_id, one.email, "remove") for one in wanted[:2]]
    deliver(destination, "welcome", gone)
    assert [member.email for member in destination.members("welcome")] == [wanted[2].email]


def test_a_poisoned_row_blocks_nobody(tool: Running) -> None:
    answers = deliver(opened(tool), "welcome", [change("bad", "no address"), *adds(3)])
    # in a CRM that makes nobody it is one more whom it does not have
    held = LATER if tool.fake.kind == "salesforce" else NEVER
    assert states(answers) == {"bad": held, "p0": ACCEPTED, "p1": ACCEPTED, "p2": ACCEPTED}
