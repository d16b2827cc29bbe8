"""Imports of the ActiveCampaign fake: queued in one call, worked off when one looks again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from orchestration.fakes.activecampaign_state import AccountState, Refused, is_address, same

MOST = 250
OWN = {"first_name": "firstName", "last_name": "lastName", "phone": "phone"}


def queue_import(
    state: AccountState, contacts: Sequence[Mapping[str, Any]], *, is_partial: bool
) -> dict[str, Any]:
    """Take contacts in, or refuse all of them where one has no address; half of a partial fail."""
    bad = [one for one in contacts if not is_address(str(one.get("email", "")).strip())]
    if bad or len(contacts) > MOST:
        refusal = Refused(400, "Failed to validate contacts.")
        refusal.told["success"] = 0
        refusal.told["failureReasons"] = [
            {"contact": one.get("email"), "failureReason": "email is not valid"} for one in bad
        ]
        raise refusal
    batch = f"import-{len(state.imports) + 1}"
    failing = contacts[1::2] if is_partial else ()
    state.imports[batch] = {"status": "waiting", "success": [], "failure": []}
    for one in contacts:
        is_taken = one not in failing and _import_one(state, one)
        state.imports[batch]["success" if is_taken else "failure"].append(one["email"])
    told = {"Success": 1, "queued_contacts": len(contacts), "batchId": batch}
    return told | {"message": "Contact import queued"}


def look_at_import(state: AccountState, batch: str) -> dict[str, Any]:
    """How far an import is: waiting at the first look, then worked off."""
    if batch not in state.imports:
        raise Refused(404, "No Result found for batch")
    job = state.imports[batch]
    told = dict(job) if job["status"] == "completed" else {**job, "success": [], "failure": []}
    job["status"] = "completed"
    return told


def _import_one(state: AccountState, one: Mapping[str, Any]) -> bool:
    """Make or change one contact; a list that is named brings back even who left it."""
    values = [{"field": value["id"], "value": value["value"]} for value in one.get("fields") or ()]
    about = {OWN[name]: one[name] for name in OWN if name in one}
    try:
        record, _ = state.sync({"email": one["email"], **about, "fieldValues": values})
    except Refused:
        return False
    for name in one.get("tags") or ():
        known = [tag["id"] for tag in state.tags.values() if same(tag["tag"], name)]
        state.tie(record, known[0] if known else state.make_tag(name)["id"])
    for status, places in (("1", one.get("subscribe")), ("2", one.get("unsubscribe"))):
        for place in places or ():
            state.place(str(place["listid"]), record, status)
    return True
