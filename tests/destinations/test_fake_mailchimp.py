"""The stand-in for Mailchimp keeps to what the tool documents; its own client finds its way."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import mailchimp_marketing
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.fakes.mailchimp import FakeMailchimp
from orchestration.fakes.mailchimp_member import hash_of
from orchestration.fakes.server import HOST, Running, running

LIST = f"/lists/{FakeMailchimp.account}"
ANN = "Ann@Example.com"


@pytest.fixture
def tool() -> Iterator[Running]:
    with running(FakeMailchimp()) as fake:
        yield fake


@pytest.fixture
def client(tool: Running) -> Iterator[httpx.Client]:
    auth = ("anybody", FakeMailchimp.secret)
    with httpx.Client(base_url=tool.base_url, auth=auth, trust_env=False, timeout=30) as client:
        yield client


def put(client: httpx.Client, email: str = ANN, **body: Any) -> httpx.Response:
    path = f"{LIST}/members/{hash_of(email)}"
    return client.put(path, json={"email_address": email, **body})


def test_keys_and_tokens(tool: Running) -> None:
    def status(**how: Any) -> int:
        return httpx.get(f"{tool.base_url}{LIST}", trust_env=False, timeout=30, **how).status_code

    assert status(auth=("x", FakeMailchimp.secret)) == 200
    assert status(headers={"Authorization": f"Bearer {FakeMailchimp.token}"}) == 200
    assert status(auth=("x", FakeMailchimp.secret.replace("us1", "us2"))) == 401
    assert status() == 401 and status(headers={"Authorization": "Basic %%%"}) == 401


def test_a_member_is_found_by_hash_address_and_contact(client: httpx.Client) -> None:
    made = put(client, status_if_new="pending", merge_fields={"FNAME": "Ann", "NEW": "x"}).json()
    assert made["status"] == "pending" and made["id"] == hash_of("ann@example.com")
    assert made["merge_fields"] == {"FNAME": "Ann", "LNAME": "", "PHONE": "", "BIRTHDAY": ""}
    for who in (made["id"], "ann@example.com", made["contact_id"]):
        assert client.get(f"{LIST}/members/{who}").json()["email_address"] == ANN
    again = put(client, status_if_new="transactional", merge_fields={"LNAME": "Lee"}).json()
    assert again["status"] == "pending" and again["merge_fields"]["FNAME"] == "Ann"


def test_errors_are_problems(client: httpx.Client) -> None:
    missing = client.get(f"{LIST}/members/nobody")
    assert missing.headers["content-type"].startswith("application/problem+json")
    assert missing.json()["title"] == "Resource Not Found" and missing.status_code == 404
    assert client.get("/lists/another").status_code == 404
    assert put(client).json()["errors"][0]["field"] == "status"
    assert put(client, "no-address", status_if_new="pending").status_code == 400


def test_who_left_or_was_deleted_cannot_be_subscribed(client: httpx.Client) -> None:
    put(client, status="subscribed")
    put(client, status="unsubscribed")
    assert put(client, status="subscribed").json()["title"] == "Member In Compliance State"
    assert put(client, status="pending").status_code == 200
    assert client.delete(f"{LIST}/members/{hash_of(ANN)}").status_code == 204
    assert client.get(f"{LIST}/members?status=archived").json()["total_items"] == 1
    assert put(client, status_if_new="pending").json()["status"] == "pending"
    forget = f"{LIST}/members/{hash_of(ANN)}/actions/delete-permanent"
    assert client.post(forget).status_code == 204
    assert put(client, status_if_new="pending").json()["title"] == "Member In Compliance State"


def test_lists_have_pages_and_caps(client: httpx.Client, tool: Running) -> None:
    items = [{"email_address": f"p{n}@example.com", "status": "subscribed"} for n in range(501)]
    assert client.post(LIST, json={"members": items}).status_code == 400
    told = client.post(LIST, json={"members": items[:500]}).json()
    assert (told["total_created"], told["error_count"]) == (500, 0)
    told = client.post(LIST, json={"members": items[:2]}).json()
    assert [one["error_code"] for one in told["errors"]] == ["ERROR_CONTACT_EXISTS"] * 2
    assert len(client.get(f"{LIST}/members").json()["members"]) == 10
    page = client.get(f"{LIST}/members", params={"count": 5000, "offset": 490}).json()
    assert (len(page["members"]), page["total_items"]) == (10, 500)
    later = {"since_last_changed": "2100-01-01T00:00:00+00:00"}
    assert client.get(f"{LIST}/members", params=later).json()["total_items"] == 0


def test_merge_fields_have_short_tags_and_types(client: httpx.Client) -> None:
    def made(**about: str) -> int:
        return client.post(f"{LIST}/merge-fields", json=about).status_code

    assert made(tag="DAYS", type="number") == 200
    assert made(tag="DAYS", type="number") == made(tag="ELEVENCHARS", type="text") == 400
    assert made(tag="ODD", type="colour") == 400
    wrong = put(client, status_if_new="pending", merge_fields={"DAYS": "many"})
    assert wrong.json()["errors"][0]["field"] == "DAYS"


def test_an_eleventh_call_at_once_is_too_many(client: httpx.Client, tool: Running) -> None:
    tool.fake.faults.switch("timeout_before", times=10, seconds=3)

    def ask(number: int) -> httpx.Response | None:
        try:
            return client.get(f"{LIST}/members/{number}")
        except httpx.TransportError:
            return None

    with ThreadPoolExecutor(14) as pool:
        answers = list(pool.map(ask, range(14)))
    refused = [one for one in answers if one is not None and one.status_code == 429]
    assert refused and not any(name.startswith(("x-rate", "retry")) for name in refused[0].headers)


def test_the_command_says_what_it_cannot_do() -> None:
    assert CliRunner().invoke(app, ["fake", "pigeon"]).exit_code == 2
    with socket.create_server((HOST, 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = CliRunner().invoke(app, ["fake", "webhook", "--port", port])
    assert answer.exit_code == 1 and "the port cannot be used" in answer.output


def test_the_vendors_client_finds_its_way(tool: Running) -> None:
    client = mailchimp_marketing.Client({"api_key": FakeMailchimp.secret, "server": ""})
    client.api_client.host = tool.base_url
    audience, ann = FakeMailchimp.account, hash_of(ANN)
    lists = client.lists
    assert lists.get_list_merge_fields(audience)["total_items"] == 4
    lists.set_list_member(audience, ann, {"email_address": ANN, "status_if_new": "subscribed"})
    members = [{"email_address": "bob@example.com", "status": "subscribed", "tags": ["vip"]}]
    told = lists.batch_list_members(audience, {"members": members, "update_existing": True})
    assert told["total_created"] == 1
    made = lists.create_segment(audience, {"name": "win_back", "static_segment": []})
    lists.batch_segment_members({"members_to_add": [ANN]}, audience, made["id"])
    told = lists.get_segment_members_list(audience, made["id"], count=100)
    assert [one["email_address"] for one in told["members"]] == [ANN]
    inactive = {"tags": [{"name": "win_back", "status": "inactive"}]}
    assert lists.update_list_member_tags(audience, ann, inactive).status_code == 204
    assert lists.get_segment_members_list(audience, made["id"])["total_items"] == 0
    assert lists.list_segments(audience, type="static")["total_items"] == 2
    with pytest.raises(mailchimp_marketing.api_client.ApiClientError) as raised:
        lists.get_list_member(audience, hash_of("nobody@example.com"))
    assert raised.value.status_code == 404
