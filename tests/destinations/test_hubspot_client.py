"""HubSpot's own client takes the stand-in for the tool."""

from __future__ import annotations

import hubspot
from hubspot.crm import contacts, lists

from orchestration.fakes.hubspot import FakeHubspot
from orchestration.fakes.server import running


def test_the_client_of_hubspot() -> None:
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
