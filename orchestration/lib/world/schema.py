"""Which columns each landing table may have, its key, its time column and its file format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableShape:
    """How one table lands.

    `key` names the key columns, empty for a keyless table; `moment` is the column that says when
    a row happened; `layout` is the ending of its files; `monthly` gives one file a month.
    """

    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]
    moment: str
    layout: str
    monthly: bool = False


def _shape(
    columns: str, *, key: str, required: str, moment: str, layout: str, monthly: bool = False
) -> TableShape:
    return TableShape(
        tuple(columns.split()), tuple(key.split()), tuple(required.split()), moment, layout, monthly
    )


UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
CLICK_IDS = ("gclid", "gbraid", "wbraid", "msclkid", "fbclid", "li_fat_id", "ttclid", "irclickid")

SHAPES: dict[str, TableShape] = {
    "accounts": _shape(
        "account_id name domain website industry employee_count annual_revenue currency country"
        " region city parent_account_id owner account_type created_at updated_at is_deleted",
        key="account_id",
        required="account_id",
        moment="updated_at",
        layout="csv",
    ),
    "contacts": _shape(
        "contact_id account_id email first_name last_name phone title department country city"
        " language timezone birth_date gender lead_source self_reported_source loyalty_tier"
        " loyalty_points email_opt_out created_at updated_at is_deleted",
        key="contact_id",
        required="contact_id",
        moment="updated_at",
        layout="csv",
    ),
    "leads": _shape(
        "lead_id email first_name last_name phone company website title country language status"
        " lead_source landing_page self_reported_source converted_at converted_contact_id"
        " converted_account_id converted_opportunity_id created_at updated_at is_deleted",
        key="lead_id",
        required="lead_id",
        moment="updated_at",
        layout="jsonl.gz",
    ),
    "opportunities": _shape(
        "opportunity_id account_id name type stage amount currency budget probability owner"
        " lost_reason competitor created_at close_date closed_at is_closed is_won updated_at"
        " is_deleted",
        key="opportunity_id",
        required="opportunity_id created_at",
        moment="updated_at",
        layout="csv",
    ),
    "opportunity_stage_changes": _shape(
        "change_id opportunity_id stage amount changed_at",
        key="change_id",
        required="opportunity_id stage changed_at",
        moment="changed_at",
        layout="csv.gz",
    ),
    "activities": _shape(
        "activity_id activity_type subject direction contact_id lead_id account_id opportunity_id"
        " owner duration_seconds outcome sentiment product_id category occurred_at",
        key="activity_id",
        required="activity_id activity_type occurred_at",
        moment="occurred_at",
        layout="jsonl.gz",
    ),
    "ad_days": _shape(
        "platform ad_account_id campaign_id adgroup_id ad_id country date campaign_name"
        " campaign_type adgroup_name ad_name impressions clicks video_views spend currency"
        " platform_conversions",
        key="platform ad_account_id campaign_id adgroup_id ad_id country date",
        required="platform campaign_id date",
        moment="date",
        layout="csv",
        monthly=True,
    ),
    "email_messages": _shape(
        "message_id campaign_id campaign_name message_type journey_step purpose call_to_action"
        " subject variant sent_at",
        key="message_id",
        required="message_id",
        moment="sent_at",
        layout="csv",
    ),
    "email_events": _shape(
        "event_id message_id email event_type bounce_type url user_agent ip occurred_at",
        key="event_id",
        required="email event_type occurred_at",
        moment="occurred_at",
        layout="csv.gz",
        monthly=True,
    ),
    "consents": _shape(
        "email purpose channel brand status reason source lawful_basis changed_at",
        key="",
        required="email status changed_at",
        moment="changed_at",
        layout="csv",
    ),
    "web_events": _shape(
        "event_id event_name anonymous_id user_id email email_sha256 company_domain occurred_at"
        " received_at page_url page_title referrer user_agent ip country device_type"
        " engaged_seconds scroll_percent product_id category value currency transaction_id "
        + " ".join((*CLICK_IDS, *UTM))
        + " properties",
        key="event_id",
        required="event_name occurred_at",
        moment="occurred_at",
        layout="parquet",
        monthly=True,
    ),
    "orders": _shape(
        "order_id transaction_id contact_id account_id email user_id anonymous_id status"
        " sales_channel total refunded_amount currency discount_code ordered_at shipped_at"
        " delivered_at updated_at",
        key="order_id",
        required="order_id ordered_at",
        moment="updated_at",
        layout="csv",
    ),
    "order_items": _shape(
        "item_id order_id account_id product_id product_name category quantity price",
        key="item_id",
        required="order_id",
        moment="",
        layout="parquet",
    ),
}
