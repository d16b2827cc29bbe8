"""The vendors' own clients take the fakes for the tools; they run where a client is installed."""

from __future__ import annotations

import pytest

from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.salesforce import FakeSalesforce
from orchestration.fakes.server import running


def test_the_client_of_hubspot() -> None:
    hubspot = pytest.importorskip("hubspot")
    contacts = pytest.importorskip("hubspot.crm.contacts")
    lists = pytest.importorskip("hubspot.crm.lists")
    with running(FakeHubspot()) as tool:
        client = hubspot.Client.create(access_token=FakeHubspot.secret)

        def here(api: object) -> object:
            api.api_client.configuration.host = tool.base_url
            return api

        one = contacts.SimplePublicObjectBatchInputUpsert
        inputs = [
            one(
                id=email, id_property="email", properties={"email": email},
                object_write_trace_id=email[:1],
            )
            for email in ("a@x-demo.com", "no address")
        ]  # fmt: skip
        asked = contacts.BatchInputSimplePublicObjectBatchInputUpsert(inputs=inputs)
        told = here(client.crm.contacts.batch_api).upsert(asked)
        assert (told.num_errors, told.results[0].object_write_trace_id) == (1, "a")
        made = here(client.crm.lists.lists_api).create(
            lists.ListCreateRequest(name="welcome", object_type_id="0-1", processing_type="MANUAL")
        )
        members = here(client.crm.lists.memberships_api)
        added = members.add(made.list.list_id, [told.results[0].id, "999"])
        assert (added.records_ids_added, added.record_ids_missing) == (
            [told.results[0].id],
            ["999"],
        )
        page = members.get_page_ordered_by_added_to_list_date(made.list.list_id, limit=100)
        assert [one.record_id for one in page.results] == [told.results[0].id]


def test_the_client_of_salesforce() -> None:
    client = pytest.importorskip("simple_salesforce")
    with running(FakeSalesforce()) as tool:
        record = tool.fake.state.make("Contact", Email="a@x-demo.com")
        tool.fake.tokens.append("a-session")
        org = client.Salesforce(session_id="a-session", instance_url=tool.base_url)
        # the client only knows https, which a fake on this machine has not
        org.base_url = f"{tool.base_url}/services/data/v62.0/"
        found = org.query("SELECT Id, Email FROM Contact WHERE Email = 'a@x-demo.com'")
        assert [one["Id"] for one in found["records"]] == [record]
        changes = [
            {"attributes": {"type": "Contact"}, "id": record, name: "a"}
            for name in ("ICP_Tier__c", "Shoe__c")
        ]
        told = org.restful(
            "composite/sobjects", method="PATCH", json={"allOrNone": False, "records": changes}
        )
        assert [one["success"] for one in told] == [True, False]
        assert org.api_usage["api-usage"].used == 2
        with pytest.raises(client.SalesforceMalformedRequest):
            org.query("SELECT Shoe__c FROM Contact")
