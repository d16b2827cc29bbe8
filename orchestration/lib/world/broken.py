"""A few lines that are not rows, so that quarantine has something to hold, and one that is a row
without its bad value."""

from __future__ import annotations

import csv
import io
import json

from .schema import SHAPES

_NOT_A_DATE = "31/02/2026 25:99"
_NOWHERE = "2026-03-01 10:00 local"
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
    ("lead_status_changes", {"change_id": "chg_broken_1", "status": "working",
                             "changed_at": "2026-06-01T10:00:00Z"}, "missing_required"),
    ("lead_status_changes", {"change_id": "chg_broken_2", "lead_id": "lead_broken_9",
                             "status": "working", "changed_at": _NOWHERE}, "nameless_zone"),
    ("opportunity_contacts", {"opportunity_id": "opp_broken_2", "role": "champion"},
     "missing_required"),
    ("campaign_members", {"member_id": "mem_broken_1", "campaign_id": "webinar-01",
                          "status": "attended", "occurred_at": _NOWHERE}, "nameless_zone"),
    ("campaign_members", {"member_id": "mem_broken_2", "occurred_at": "2026-06-01T10:00:00Z"},
     "missing_required"),
    ("ad_clicks", {"click_id": "clk_broken_1", "platform": "google_ads", "clicked_at": "1e99"},
     "bad_date"),
    ("ad_clicks", {"click_id": "clk_broken_2", "clicked_at": "2026-06-01T10:00:00Z"},
     "missing_required"),
    ("ad_account_days", {"platform": "linkedin_ads", "company_domain": "torn-tools-demo.com",
                         "date": "2026-13-45", "impressions": "12"}, "bad_date"),
    ("content_days", {"platform": "linkedin", "date": "2026-06-01",
                      "content_name": "torn-tools-demo"}, "missing_required"),
    ("costs", {"cost_id": "cost_broken_1", "period_start": "2026-06-01",
               "period_end": "2026-06-30", "channel": "event", "amount": "about 500"},
     "bad_number"),
    ("costs", {"cost_id": "cost_broken_2", "period_start": "2026-06-01", "amount": "12.50"},
     "missing_required"),
    ("products", {"name": "torn-tools-demo", "price": "12.50"}, "missing_required"),
    ("billing_subscriptions", {"subscription_id": "sub_broken_1", "plan": "Team",
                               "started_at": _NOT_A_DATE}, "bad_date"),
    ("tickets", {"ticket_id": "tic_broken_1", "email": "nine@torn-tools-demo.com",
                 "created_at": _NOWHERE}, "nameless_zone"),
    ("tickets", {"ticket_id": "tic_broken_2", "email": "ten@torn-tools-demo.com"}, "truncated"),
    ("survey_responses", {"response_id": "res_broken_1", "email": "nine@torn-tools-demo.com",
                          "survey_type": "nps", "score": "9"}, "missing_required"),
    ("survey_responses", {"response_id": "res_broken_2", "survey_type": "nps"}, "ragged"),
    ("survey_responses", {"response_id": "res_broken_3", "survey_type": "nps", "score": "ten",
                          "submitted_at": "2026-06-01T10:00:00Z"}, "bad_optional"),
    ("mentions", {"mention_id": "men_broken_1", "platform": "g2", "posted_at": "last week"},
     "bad_date"),
    ("referrals", {"referral_id": "ref_broken_1", "code": "BRING-0"}, "missing_required"),
    ("product_events", {"event_id": "pev_broken_1", "event_name": "activated",
                        "occurred_at": _NOWHERE}, "nameless_zone"),
    ("experiments", {"experiment_id": "torn-tools-demo", "variant": "control",
                     "assigned_at": "2026-06-01T10:00:00Z"}, "missing_required"),
)  # fmt: skip


def broken_lines() -> list[tuple[str, str, str, str]]:
    """Lines as (table, text, what is wrong, record key or address)."""
    lines = []
    for table, values, wrong in _WRONG:
        text = line_of(table, values, wrong)
        key = next((values[name] for name in (*SHAPES[table].key[:1], "email", "campaign_id")
                    if name in values), "")  # fmt: skip
        lines.append((table, text, wrong, key))
    return lines


def line_of(table: str, values: dict[str, str], wrong: str = "") -> str:
    """One row as a line of its table's text files; `wrong` may tear it (ragged, truncated)."""
    if SHAPES[table].layout.startswith("jsonl"):
        return _json_line(values, wrong)
    return _csv_line(table, values, wrong)


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
