"""What was planted is also found by the whole chain: files land, everything above is built."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings
from tests.homes import Home
from tests.scenarios.stories import Row, write
from tests.worlds.pains import AS_OF, PAINS, drawn


def landed_pains(folder: Path, seed: int = 0) -> Home:
    """A home with the companies, contacts, onboarding and tickets of a planted world."""
    for table, rows in files(drawn(PAINS, seed)).items():
        write(folder / "landing" / "files" / table / "planted.csv", rows)
    settings = Settings(home=folder)
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        refresh_lookups(connection)
    return Home(settings=settings, as_of=AS_OF.replace(tzinfo=UTC))


def files(world: dict[str, list[dict[str, Any]]]) -> dict[str, list[Row]]:
    """The world as a CRM, a product and a help desk export it."""
    people = {row["person_id"]: row["account_id"] for row in world["placed_persons"]}
    return {
        "accounts": [
            {
                "account_id": row["account_id"],
                "name": f"Company {row['account_id']}",
                "domain": f"{row['account_id']}-company.com",
                "industry": row["industry"],
                "country": row["country"],
                "owner": row["owner"],
                "created_at": "2024-06-01 00:00:00",
            }
            for row in world["accounts"]
        ],
        "contacts": [
            {
                "contact_id": person,
                "account_id": account,
                "email": f"{person}@{account}-company.com",
                "created_at": "2024-06-01 00:00:00",
            }
            for person, account in people.items()
        ],
        "product_events": [
            {
                "event_id": row["event_id"],
                "email": "p{0}@{0}-company.com".format(row["event_id"].split("-")[0]),
                "event_name": "onboarding_step",
                "properties": json.dumps({"step": row["step"], "number": row["number"]}),
                "occurred_at": row["occurred_at"],
            }
            for row in world["steps"]
            if row["occurred_at"] < str(AS_OF)
        ],
        "tickets": [
            {
                "ticket_id": row["source_record_id"],
                "contact_id": row["person_id"],
                "category": row["category"],
                "priority": row["priority"],
                "status": "solved",
                "created_at": row["created_at"],
                "solved_at": row["solved_at"],
            }
            for row in world["tickets"]
            if row["created_at"] < str(AS_OF)
        ],
    }


@pytest.mark.slow
def test_files_lead_to_the_planted_pains(tmp_path: Path) -> None:
    home = landed_pains(tmp_path / "home")
    home.build_unchecked(["+rpt_pain_points"])
    with home.marts() as marts:
        found = marts.execute(
            "select kind, where_found from marts.rpt_pain_points where is_finding"
        ).fetchall()
    assert set(found) == {("onboarding", "step import"), ("open_ticket", "ticket_category billing")}
