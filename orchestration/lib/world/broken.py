"""A few lines that are not rows, so that quarantine has something to hold."""

from __future__ import annotations

import csv
import io
import json

from .schema import SHAPES

_NOT_A_DATE = "31/02/2026 25:99"
_WRONG = (
    # table, values of the line, what is wrong with it
    ("contacts", {"contact_id": "con_broken_1", "email": "one@torn-tools-demo.com"}, "ragged"),
    ("contacts", {"email": "two@torn-tools-demo.com", "first_name": "Ann"}, "missing_required"),
    ("leads", {"lead_id": "lead_broken_1", "email": "three@torn-tools-demo.com"}, "truncated"),
    ("leads", {"email": "four@torn-tools-demo.com"}, "missing_required"),
    ("consents", {"email": "five@torn-tools-demo.com", "status": "unsubscribed",
                  "purpose": "marketing", "changed_at": _NOT_A_DATE}, "bad_date"),
    ("consents", {"email": "six@torn-tools-demo.com", "changed_at": "2026-06-01T10:00:00Z"},
     "missing_required"),
    ("orders", {"order_id": "ord_broken_1", "total": "12.50", "ordered_at": "yesterday"},
     "bad_date"),
    ("orders", {"order_id": "ord_broken_2"}, "ragged"),
    ("opportunities", {"opportunity_id": "opp_broken_1", "stage": "Proposal"},
     "missing_required"),
    ("opportunity_stage_changes", {"change_id": "opp_broken_1-0", "stage": "Proposal",
                                   "changed_at": "2026-06-01T10:00:00Z"}, "missing_required"),
    ("activities", {"activity_id": "act_broken_1", "activity_type": "call",
                    "occurred_at": _NOT_A_DATE}, "bad_date"),
    ("ad_days", {"platform": "google_ads", "campaign_id": "g-brand", "date": "2026-13-45"},
     "bad_date"),
    ("email_events", {"event_id": "eme_broken_1", "email": "seven@torn-tools-demo.com",
                      "occurred_at": "2026-06-02T10:00:00Z"}, "missing_required"),
    ("email_events", {"event_id": "eme_broken_2", "email": "eight@torn-tools-demo.com",
                      "event_type": "complained", "occurred_at": "soon"}, "bad_date"),
    ("web_events", {"event_id": "evt_broken_1", "event_name": "page_view"}, "missing_required"),
    ("web_events", {"event_id": "evt_broken_2", "event_name": "page_view",
                    "occurred_at": _NOT_A_DATE}, "bad_date"),
)  # fmt: skip


def broken_lines() -> list[tuple[str, str, str, str]]:
    """Lines as (table, text, what is wrong, record key or address)."""
    lines = []
    for table, values, wrong in _WRONG:
        writes_json = SHAPES[table].layout.startswith("jsonl")
        text = _json_line(values, wrong) if writes_json else _csv_line(table, values, wrong)
        key = next((values[name] for name in (*SHAPES[table].key[:1], "email", "campaign_id")
                    if name in values), "")  # fmt: skip
        lines.append((table, text, wrong, key))
    return lines


def _csv_line(table: str, values: dict[str, str], wrong: str) -> str:
    cells = [values.get(name, "") for name in SHAPES[table].columns]
    if wrong == "ragged":
        cells = [*cells, "one", "too", "many"]
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _json_line(values: dict[str, str], wrong: str) -> str:
    text = json.dumps(values)
    return (text[:-8] if wrong == "truncated" else text) + "\n"
