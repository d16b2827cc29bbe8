"""Turns a list of ad contacts and conversions into a home: `python landing_files.py CSV HOME`."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]


def tables(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows of the standard tables; a row with a conversion is a contact with the ad as well.

    `rows` hold customer_id, time (ISO 8601), conversion (0 or 1), conversion_value and channel.
    """
    contacts, members, orders = {}, [], []
    for row in rows:
        customer, time = row["customer_id"], row["time"]
        contacts[customer] = {"contact_id": customer}
        members.append(
            {
                "campaign_id": row["channel"],
                "campaign_name": row["channel"],
                "campaign_type": "other",
                "contact_id": customer,
                "status": "responded",
                "occurred_at": time,
            }
        )
        if row["conversion"] == "1":
            orders.append(
                {
                    "order_id": f"{customer} {time}",
                    "contact_id": customer,
                    "total": row["conversion_value"],
                    "ordered_at": time,
                }
            )
    return {"contacts": list(contacts.values()), "campaign_members": members, "orders": orders}


def write(source: Path, home: Path) -> None:
    """One CSV file per table that has rows, in the landing folders of a home."""
    with source.open(encoding="utf-8", newline="") as file:
        made = tables(csv.DictReader(file))
    for table, rows in made.items():
        if not rows:
            continue
        folder = home / "landing" / "files" / table
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / source.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
