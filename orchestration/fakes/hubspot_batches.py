"""Batches of the HubSpot fake: what one may hold, and how it is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from orchestration.fakes.hubspot_contacts import Refused

BATCH = 100


def inputs_of(body: Any) -> list[Any]:
    """The inputs of a batch; at most a hundred, as HubSpot takes them."""
    inputs = body["inputs"]
    if len(inputs) > BATCH:
        raise Refused(f"the batch has {len(inputs)} inputs, the limit is {BATCH}")
    ids = [str(one.get("id", one.get("recordId"))).lower() for one in inputs]
    if len(set(ids)) < len(ids):
        raise Refused("Duplicate IDs found in batch input")
    return inputs


def batch_of(results: list[Any], errors: list[Any]) -> tuple[int, Any]:
    """A batch's answer: 207 where some of it failed."""
    now = datetime.now(UTC).isoformat()
    told = {"status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now}
    if errors:
        return 207, {**told, "numErrors": len(errors), "errors": errors}
    return 200, told
