"""How each landing table is exported: the declared columns and some of its own, and its files."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.lib.raw_checks import declared_table

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
CLICK_IDS = ("gclid", "gbraid", "wbraid", "msclkid", "fbclid", "li_fat_id", "ttclid", "irclickid")

_EXPORTS = {
    # table: (time column, ending of its files, whether there is a file a month)
    "accounts": ("updated_at", "csv", False),
    "contacts": ("updated_at", "csv", False),
    "leads": ("updated_at", "jsonl.gz", False),
    "opportunities": ("updated_at", "csv", False),
    "opportunity_stage_changes": ("changed_at", "csv.gz", False),
    "activities": ("occurred_at", "jsonl.gz", False),
    "ad_days": ("date", "csv", True),
    "email_messages": ("sent_at", "csv", False),
    "email_events": ("occurred_at", "csv.gz", True),
    "consents": ("changed_at", "csv", False),
    "web_events": ("occurred_at", "parquet", True),
    "orders": ("updated_at", "csv", False),
    "order_items": ("", "parquet", False),
    "lead_status_changes": ("changed_at", "csv", False),
    "opportunity_contacts": ("", "csv", False),
    "campaign_members": ("occurred_at", "jsonl.gz", False),
    "ad_clicks": ("clicked_at", "csv.gz", False),
    "ad_account_days": ("date", "csv.gz", False),
    "content_days": ("date", "csv", False),
    "costs": ("", "csv", False),
    "products": ("", "csv", False),
    "billing_subscriptions": ("started_at", "csv", False),
    "tickets": ("created_at", "jsonl.gz", False),
    "survey_responses": ("submitted_at", "csv", False),
    "mentions": ("posted_at", "jsonl.gz", False),
    "referrals": ("occurred_at", "csv", False),
    "product_events": ("occurred_at", "parquet", False),
    "experiments": ("assigned_at", "parquet", False),
}
# columns that no contract names, as every grown CRM has them
_OWN_COLUMNS = {
    "accounts": ("contract_tier__c", "seats_licensed__c"),
    "contacts": ("favourite_colour__c", "last_training__c"),
}


@dataclass(frozen=True)
class TableShape:
    """How one table lands.

    `key` is empty for a keyless table; `moment` is the column that says when a row happened;
    `layout` is the ending of its files; `monthly` gives one file a month.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    moment: str
    layout: str
    monthly: bool


def _shapes() -> dict[str, TableShape]:
    shapes = {}
    for table, (moment, layout, monthly) in _EXPORTS.items():
        spec = declared_table("files", table)
        if spec is None:
            raise LookupError(f"raw_checks/files/{table}.yml is missing")
        columns = (*spec.column_names, *_OWN_COLUMNS.get(table, ()))
        shapes[table] = TableShape(columns, spec.key, moment, layout, monthly)
    return shapes


SHAPES = _shapes()
