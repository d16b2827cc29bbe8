"""Pages that come again or are too short end in an error or in the whole list, never in less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.fakes import activecampaign as fake_activecampaign
from orchestration.fakes.activecampaign import FakeActiveCampaign
from orchestration.fakes.fake import Fake
from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.salesforce import FakeSalesforce
from orchestration.fakes.server import Running, running
from orchestration.lib.destinations import mailchimp_audience
from orchestration.lib.destinations.contract import DestinationError
from orchestration.lib.destinations.paging import by_cursor, by_offset
from tests.destinations import test_activecampaign, test_hubspot, test_mailchimp, test_salesforce
from tests.destinations.changes import adds

PEOPLE = [one.email for one in adds(210)]


def fill_activecampaign(fake: FakeActiveCampaign) -> None:
    fake.per_second = 10_000
    tag = fake.state.make_tag("welcome")["id"]
    for email in PEOPLE:
        record = fake.state.make(email)
        fake.state.tie(record, tag)
        fake.state.place("7", record, "2")


def fill_hubspot(fake: FakeHubspot) -> None:
    contacts, lists = fake.state.contacts, fake.state.lists
    records = [contacts.make(email, hs_email_optout="true") for email in PEOPLE]
    lists.add(lists.make("welcome", "MANUAL")["listId"], records, known=contacts.by_id)


def fill_mailchimp(fake: FakeMailchimp) -> None:
    for email in PEOPLE:
        member = fake.audience.upsert({"email_address": email, "status": "pending"})
        member.become("unsubscribed", now=test_mailchimp.DAY)


def fill_salesforce(fake: FakeSalesforce) -> None:
    fake.page = 100
    for email in PEOPLE:
        fake.state.make("Contact", Email=email, HasOptedOutOfEmail=True)


TOOLS: dict[str, tuple[type[Fake], Callable[[Any], None], Callable[[Running], Any]]] = {
    "activecampaign": (FakeActiveCampaign, fill_activecampaign, test_activecampaign.opened),
    "hubspot": (FakeHubspot, fill_hubspot, test_hubspot.opened),
    "mailchimp": (FakeMailchimp, fill_mailchimp, test_mailchimp.adapter),
    "salesforce": (FakeSalesforce, fill_salesforce, test_salesforce.opened),
}


@pytest.fixture
def tool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A tool in which all of `PEOPLE` refused mail, on several pages."""
    monkeypatch.setattr(mailchimp_audience, "PAGE", 100)
    make, fill, _ = TOOLS[request.param]
    fake = make()
    fill(fake)
    with running(fake) as server:
        yield server


def opened(tool: Running) -> Any:
    return TOOLS[tool.fake.kind][2](tool)


@pytest.mark.parametrize("tool", TOOLS, indirect=True)
def test_all_refusals_of_several_pages_are_read(tool: Running) -> None:
    told = {one.email for one in opened(tool).refusals(None)}
    assert told == set(PEOPLE)


@pytest.mark.parametrize(
    ("tool", "where"),
    [
        ("activecampaign", "GET .*/contacts$"),
        ("hubspot", "contacts/search"),
        ("mailchimp", "GET .*/members$"),
        ("salesforce", "GET .*/query"),
    ],
    indirect=["tool"],
)
def test_a_page_that_comes_again_is_no_refusal_less(tool: Running, where: str) -> None:
    tool.fake.faults.switch("same_page", where=where, times=None)
    with pytest.raises(DestinationError, match=r"in circles|were promised"):
        list(opened(tool).refusals(None))


@pytest.mark.parametrize(
    ("tool", "where"),
    [("activecampaign", "GET .*/contacts$"), ("hubspot", "join-order")],
    indirect=["tool"],
)
def test_members_whose_page_comes_again_end(tool: Running, where: str) -> None:
    tool.fake.faults.switch("same_page", where=where, times=None)
    with pytest.raises(DestinationError, match="in circles"):
        list(opened(tool).members("welcome"))


@pytest.mark.parametrize("tool", ["activecampaign"], indirect=True)
def test_pages_shorter_than_asked_for_are_not_the_end(
    tool: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake_activecampaign, "LARGEST_PAGE", 20)
    assert len(list(opened(tool).refusals(None))) == len(PEOPLE)


@given(st.lists(st.integers(1, 5), max_size=8), st.integers(0, 12))
def test_a_cursor_leads_through_all_pages_or_is_told_to_return(
    sizes: list[int], back_to: int
) -> None:
    pages = [[(page, n) for n in range(size)] for page, size in enumerate(sizes)]

    def page_at(at: int) -> tuple[list[tuple[int, int]], int | None]:
        if at >= len(pages):
            return [], back_to if back_to <= len(pages) else None
        return pages[at], at + 1

    walk = by_cursor(page_at, 0, place="here")
    if back_to <= len(pages):
        with pytest.raises(DestinationError, match="in circles"):
            list(walk)
    else:
        assert list(walk) == [one for page in pages for one in page]


@given(st.integers(0, 40), st.integers(1, 7), st.integers(0, 40))
def test_who_slips_under_the_offset_is_found_from_the_beginning(
    count: int, size: int, moved_at: int
) -> None:
    """Somebody new comes on top while the list is read: all are told, each once."""
    people, calls = list(range(count)), 0

    def page_at(offset: int) -> tuple[list[int], int]:
        nonlocal calls
        if calls == moved_at:
            people.insert(0, count)
        calls += 1
        return people[offset : offset + size], len(people)

    told = list(by_offset(page_at, lambda one: one, place="here"))
    assert sorted(told) == sorted(people)


def test_an_empty_page_before_the_end_is_an_error() -> None:
    with pytest.raises(DestinationError, match="3 were promised and 0 came"):
        list(by_offset(lambda offset: ([], 3), lambda one: one, place="here"))
