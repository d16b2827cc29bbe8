"""The engine with real adapters over HTTP: the same people in every tool, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.fake import Fake
from orchestration.fakes.faults import Fault
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.server import running
from orchestration.lib.destinations.rows import open_destination
from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import prepare_home
from orchestration.lib.publishing.versions import switch, version_path
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.applying import Override
from orchestration.lib.syncs.homes import SyncDesk, open_desk
from tests.syncs.small_homes import Person, publish
from tests.syncs.test_homes import GUARDS, HEADER

TOOLS: dict[str, type[Fake]] = {
    "mailchimp": FakeMailchimp,
    "hubspot": FakeHubspot,
    "activecampaign": FakeActiveCampaign,
}
# the shipped rows map names; this fake account has no such property
NO_COMPANY = "hubspot_company,hubspot,,company,account_name,false,1,\n"
SEGMENT = "welcome"
COUNT = 7


class Tools:
    """A home whose segment goes to all fakes at once."""

    def __init__(self, folder: Path, fakes: dict[str, Fake], addresses: dict[str, str]) -> None:
        self.settings = Settings(home=folder)
        self.fakes = fakes
        self.versions = 0
        prepare_home(self.settings, say=lambda message: None)
        rows = [
            f"{name},{name},{addresses[name]},{fake.account or ''},KEY_{name.upper()},"
            "4,1000,5,0,,false,true,1,\n"
            for name, fake in fakes.items()
        ]
        header = "rule_id,destination,segment_id,field,attribute,is_active,rule_version,note\n"
        (self.settings.rules / "destinations.csv").write_text(HEADER + "".join(rows))
        (self.settings.rules / "destination_fields.csv").write_text(header + NO_COMPANY)
        (self.settings.rules / "sync_guards.csv").write_text(GUARDS)

    def publish(self, *people: Person) -> None:
        """A new current version in which these are wanted everywhere."""
        self.versions += 1
        run_id = f"20260701T0000000{self.versions:05d}Z"
        everywhere = [
            Person(**{**vars(person), "destination": name}) for name in TOOLS for person in people
        ]
        publish(version_path(self.settings, run_id), everywhere, segments=())
        switch(self.settings, run_id)

    def desk(self) -> AbstractContextManager[SyncDesk]:
        """The desk with the secrets of the fakes."""
        secrets = {f"KEY_{name.upper()}": fake.secret for name, fake in self.fakes.items()}
        return open_desk(
            self.settings, opener=lambda row: open_destination(row, environment=secrets)
        )


@pytest.fixture
def tools(tmp_path: Path) -> Iterator[Tools]:
    fakes = {name: kind() for name, kind in TOOLS.items()}
    with (
        running(fakes["mailchimp"]) as first,
        running(fakes["hubspot"]) as second,
        running(fakes["activecampaign"]) as third,
    ):
        addresses = dict(zip(fakes, (one.base_url for one in (first, second, third)), strict=True))
        yield Tools(tmp_path / "home", fakes, addresses)


def crowd(count: int = COUNT) -> list[Person]:
    return [Person(person_id=f"p{number}", first_name=f"Ana {number}") for number in range(count)]


def told(desk: SyncDesk, name: str) -> set[str]:
    """Addresses in a tool."""
    return {member.email.lower() for member in desk.tool(name).members(SEGMENT)}


def synced(desk: SyncDesk, name: str, **how: object) -> dict:
    plan = desk.plan(name, SEGMENT).plan
    return desk.apply(plan.plan_id, Override(**how)) | {"plan": plan}


def test_the_same_segment_is_the_same_in_every_tool(tools: Tools) -> None:
    tools.publish(*crowd())
    with tools.desk() as desk:
        for name in TOOLS:
            assert synced(desk, name)["states"] == {"accepted": COUNT}
            assert desk.verify(name, SEGMENT, sample=None).facts()["agrees"], name
    tools.publish(*crowd()[1:], Person(person_id="p9", first_name="Neu"))
    with tools.desk() as desk:
        before = {name: told(desk, name) for name in TOOLS}
        plans = {name: synced(desk, name)["plan"] for name in TOOLS}
        assert len({frozenset(told(desk, name)) for name in TOOLS}) == 1
        assert told(desk, "hubspot") == {f"p{number}@acme-demo.com" for number in (*range(1, 7), 9)}
        for name, plan in plans.items():
            assert (plan.additions, plan.updates, plan.removals) == (1, 0, 1)
            undo = desk.undo(plan.plan_id).plan
            desk.apply(undo.plan_id)
            assert told(desk, name) <= before[name] - {"p9@acme-demo.com"}
            assert desk.verify(name, SEGMENT, sample=None).agrees


@pytest.mark.parametrize("name", TOOLS)
@pytest.mark.parametrize(
    "kind", ["cut_after", "broken_after", "too_many", "server_error", "partial_success"]
)
def test_a_fault_loses_nobody(tools: Tools, name: str, kind: str) -> None:
    tools.publish(*crowd())
    with tools.desk() as desk:
        plan = desk.plan(name, SEGMENT).plan
        tools.fakes[name].switch([Fault(kind=kind, times=1, where="P(OST|UT)")])
        for _ in range(3):
            try:
                desk.apply(plan.plan_id)
                break
            except TouchlineError:
                continue
        tools.fakes[name].switch([])
        last = synced(desk, name)["plan"]
        assert len(told(desk, name)) + last.withheld == COUNT
        assert last.withheld == 0 or kind == "partial_success"
        assert desk.verify(name, SEGMENT, sample=None).agrees
