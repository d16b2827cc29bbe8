"""A list of ad contacts becomes standard tables: each contact one row, each purchase an order."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

from orchestration.lib.building.project import PROJECT

EXAMPLE = PROJECT / "docs" / "examples" / "attribution_paths"
PATHS = Path(__file__).with_name("attribution_paths") / "paths.csv"


def landed(home: Path, table: str) -> list[dict[str, str]]:
    with (home / "landing" / "files" / table / PATHS.name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_list_of_contacts_becomes_landing_files(tmp_path: Path) -> None:
    runpy.run_path(str(EXAMPLE / "landing_files.py"))["write"](PATHS, tmp_path)
    assert landed(tmp_path, "contacts") == [{"contact_id": "A1"}, {"contact_id": "A2"}]
    members = landed(tmp_path, "campaign_members")
    assert [(row["contact_id"], row["campaign_name"], row["occurred_at"]) for row in members] == [
        ("A1", "Facebook", "2018-07-02T10:00:00Z"),
        ("A2", "Online Video", "2018-07-01T09:00:00Z"),
        ("A1", "Paid Search", "2018-07-01T08:00:00Z"),
        ("A1", "Instagram", "2018-07-03T12:30:00Z"),
    ]
    assert {row["status"] for row in members} == {"responded"}
    assert landed(tmp_path, "orders") == [
        {
            "order_id": "A1 2018-07-03T12:30:00Z",
            "contact_id": "A1",
            "total": "7.5",
            "ordered_at": "2018-07-03T12:30:00Z",
        }
    ]


def test_a_list_without_a_purchase_has_no_orders(tmp_path: Path) -> None:
    seen = tmp_path / PATHS.name
    seen.write_text("".join(PATHS.open(encoding="utf-8").readlines()[:-1]), encoding="utf-8")
    runpy.run_path(str(EXAMPLE / "landing_files.py"))["write"](seen, tmp_path)
    assert len(landed(tmp_path, "campaign_members")) == 3
    assert not (tmp_path / "landing" / "files" / "orders").exists()
