"""Tools, a plan of every operation for each, and processes that end while applying it."""

from __future__ import annotations

import gc
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.fake import Fake
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.salesforce import FakeSalesforce
from orchestration.fakes.salesforce_org import SEGMENTS
from orchestration.fakes.webhook import FakeWebhook
from orchestration.lib.destinations.contract import Destination, DestinationRow
from orchestration.lib.destinations.rows import open_destination
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.applying import apply_plan
from orchestration.lib.syncs.history import outcome_of
from orchestration.lib.syncs.ledger import open_ledger, plans_of
from orchestration.lib.syncs.planning import Wish, plan_segment
from orchestration.lib.syncs.published import attach_version
from orchestration.lib.syncs.verifying import verify_segment
from tests.syncs.small_homes import Person, publish

# by the number of a person: those of the first version, and of the second; some stay and change
FIRST, SECOND = range(4), range(2, 17)
STAYED = set(FIRST) & set(SECOND)


@dataclass(frozen=True)
class Tool:
    """A kind of destination: its fake, the field that is told, and how somebody refuses there.

    `entry` is how the path of the call ends by which people enter, where it is one call.
    """

    fake: Callable[[], Fake] | None
    field: str | None
    refuse: Callable[[Any, str], object] | None = None
    account: str | None = None
    entry: str = ""


def _leave_mailchimp(fake: Any, email: str) -> None:
    member = fake.audience.upsert({"email_address": email, "status": "pending"})
    member.become("unsubscribed")


def _leave_activecampaign(fake: Any, email: str) -> None:
    fake.state.place("7", fake.state.make(email), "2")


def _leave_salesforce(fake: Any, email: str) -> None:
    contacts = fake.state.tables["Contact"].values()
    next(one for one in contacts if one["Email"] == email)["HasOptedOutOfEmail"] = True


def _leave_webhook(fake: Any, email: str) -> None:
    told = {"email": email, "status": "unsubscribed", "happened_at": "2026-07-02T00:00:00"}
    fake.state.refusals.append(told)


TOOLS = {
    "mailchimp": Tool(
        FakeMailchimp,
        "FNAME",
        _leave_mailchimp,
        FakeMailchimp.account,
        entry=f"/lists/{FakeMailchimp.account}",
    ),
    "hubspot": Tool(
        FakeHubspot,
        "firstname",
        lambda fake, email: fake.state.contacts.make(email, hs_email_optout="true"),
        entry="batch/upsert",
    ),
    "activecampaign": Tool(FakeActiveCampaign, "firstName", _leave_activecampaign),
    "salesforce": Tool(FakeSalesforce, "Stage_Reason__c", _leave_salesforce, f"Contact.{SEGMENTS}"),
    "webhook": Tool(FakeWebhook, "first_name", _leave_webhook, entry="/segments"),
    "meta_audience": Tool(None, "fn"),
}


def address(kind: str, segment_id: str, number: int) -> str:
    """The address of a person of a segment."""
    return f"{kind}.{segment_id}.{number}@acme-demo.com"


def entries(kind: str, fake: Fake, segment_id: str, numbers: Iterable[int]) -> list[int]:
    """In how many calls by which people enter each person stands."""
    bodies = [
        call.body.decode()
        for call in fake.calls
        if call.method == "POST" and call.path.rstrip("/").endswith(TOOLS[kind].entry)
    ]
    asked = [f'"{address(kind, segment_id, number)}"' for number in numbers]
    return [sum(email in body for body in bodies) for email in asked]


def publish_both(folder: Path, segments: Sequence[str]) -> tuple[Path, Path]:
    """Two versions with the same segments for every tool."""
    names = [(kind, segment_id) for kind in TOOLS for segment_id in segments]

    def people(numbers: Iterable[int], first_name: str) -> list[Person]:
        return [
            Person(
                person_id=f"{kind}.{segment_id}.{number}",
                segment_id=segment_id,
                destination=kind,
                first_name=first_name,
            )
            for kind, segment_id in names
            for number in numbers
        ]

    return (
        publish(folder / "v1.duckdb", people(FIRST, "Ana"), segments=()),
        publish(folder / "v2.duckdb", people(SECOND, "Eva"), segments=()),
    )


@dataclass(frozen=True, kw_only=True)
class World:
    """One segment at one tool, with a ledger of its own; every step is a process of its own."""

    settings: Settings
    kind: str
    segment_id: str
    base_url: str
    versions: tuple[Path, Path]
    canary_share: float

    def begin(self, *, is_new: bool) -> None:
        """The second version is planned; unless the segment is new, the first one is there."""
        first = () if is_new else (lambda: self._plan(0), lambda: self._apply(0))
        self._must(*first, lambda: self._plan(1))

    def kill_at(self, point: str) -> None:
        """Apply, and end at this point as in a power cut; one that is not reached fails."""
        code = in_child(lambda: self._apply(1), fail_at=point)
        assert code == -signal.SIGKILL, f"{point} was not reached: {code}"

    def finish(self, *, refused: set[int]) -> None:
        """Apply to the end: all is answered, and the tool holds who is wanted and nobody else."""
        self._must(lambda: self._apply(1), lambda: self._check(refused))

    def _must(self, *steps: Callable[[], object]) -> None:
        assert in_child(lambda: [step() for step in steps]) == 0

    def _plan(self, version: int) -> None:
        field = TOOLS[self.kind].field
        wish = Wish(
            destination=self.kind,
            segment_id=self.segment_id,
            fields={field: "first_name"} if field else {},
            guards=[],
        )
        with open_ledger(self.settings) as ledger:
            path = self.versions[version]
            plan_segment(ledger, wish, version=attach_version(ledger, path, run_id=path.stem))

    def _apply(self, version: int) -> None:
        with open_ledger(self.settings) as ledger:
            path = self.versions[version]
            attached = attach_version(ledger, path, run_id=path.stem)
            (plan, *_) = plans_of(ledger)
            apply_plan(
                ledger, self.settings, plan.plan_id, destination=self._tool(), version=attached
            )

    def _check(self, refused: set[int]) -> None:
        with open_ledger(self.settings) as ledger:
            (plan, *_) = plans_of(ledger)
            states = outcome_of(ledger, plan)["states"]
            dropped = {"dropped": len(refused)} if refused else {}
            assert plan.status == "applied"
            assert states == {"accepted": plan.changes - len(refused)} | dropped
            assert verify_segment(ledger, self._tool(), self.segment_id).agrees
        everybody = [address(self.kind, self.segment_id, number) for number in range(20)]
        held = self._tool().read(self.segment_id, everybody).keys()
        wanted = set(SECOND) - refused
        assert set(held) == {everybody[number] for number in wanted}

    def _tool(self) -> Destination:
        tool = TOOLS[self.kind]
        secret = tool.fake.secret if tool.fake else ""  # type: ignore[attr-defined]
        row = DestinationRow(
            destination=self.kind,
            kind=self.kind,
            base_url=self.base_url or None,
            account=tool.account,
            secret_name="KEY",
            batch_size=3,
            requests_per_second=1000,
            canary_share=self.canary_share,
            new_member_status="pending",
        )
        home = {"TOUCHLINE_HOME": str(self.settings.home)}
        return open_destination(row, environment=home | {"KEY": secret})


def in_child(step: Callable[[], object], *, fail_at: str = "") -> int:
    """The exit code of a step in a forked process: 0, 1 after an error, -9 where it was killed."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            gc.disable()
            os.environ["TOUCHLINE_FAIL_AT"] = fail_at
            step()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
