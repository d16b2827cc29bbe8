"""The fakes there are, by the kind of destination each stands in for."""

from __future__ import annotations

from importlib import import_module

from orchestration.fakes.fake import Fake

# kind: module and class
FAKES = {
    "mailchimp": ("mailchimp", "FakeMailchimp"),
    "webhook": ("webhook", "FakeWebhook"),
    "hubspot": ("hubspot", "FakeHubspot"),
    "activecampaign": ("activecampaign", "FakeActiveCampaign"),
    "salesforce": ("salesforce", "FakeSalesforce"),
}


def make_fake(kind: str) -> Fake:
    """A fresh fake of a kind of `FAKES`."""
    module, name = FAKES[kind]
    return getattr(import_module(f"orchestration.fakes.{module}"), name)()
