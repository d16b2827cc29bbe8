"""Rows that are whole and yet lead nowhere: deleted, unknown or missing people, records, rates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .arrays import DAY, HOUR, Columns, iso
from .span import Span

_PERSON, _CONTACT, _EMAIL = "P999999999", "con_stray_1", "gone.person@left-early-demo.com"
_NO_RATE = "XTS"


def stray_rows(span: Span) -> list[tuple[str, str, dict[str, str]]]:
    """(kind, table, values) of each row, a few days before the end."""
    day, before = _moments(span)
    known = {"created_at": before, "updated_at": day}
    return [
        ("deleted_contact", "contacts", {
            "contact_id": _CONTACT, "email": _EMAIL, "first_name": "Gone", "is_deleted": "true",
            **known}),
        ("answer_of_deleted_contact", "survey_responses", {
            "response_id": "res_stray_1", "contact_id": _CONTACT, "survey_type": "nps",
            "score": "3", "submitted_at": day}),
        ("order_without_person", "orders", {
            "order_id": "ord_stray_1", "status": "paid", "total": "19.90", "currency": "EUR",
            "ordered_at": day, "updated_at": day}),
        ("unknown_currency", "orders", {
            "order_id": "ord_stray_2", "status": "paid", "total": "250.00",
            "currency": _NO_RATE, "ordered_at": day, "updated_at": day}),
        ("unknown_reference", "lead_status_changes", {
            "change_id": "lead_never-0", "lead_id": "lead_never", "status": "new",
            "changed_at": day}),
        ("unknown_reference", "opportunity_contacts", {
            "opportunity_id": "opp_never", "contact_id": "con_never", "role": "champion",
            "is_primary": "true"}),
        ("unknown_reference", "campaign_members", {
            "member_id": "mem_stray_1", "campaign_id": "webinar-01", "campaign_type": "webinar",
            "contact_id": "con_never", "status": "attended", "occurred_at": day}),
        ("unknown_reference", "ad_clicks", {
            "click_id": "clk_stray_1", "platform": "google_ads", "campaign_id": "never-run",
            "clicked_at": day}),
        ("unknown_reference", "billing_subscriptions", {
            "subscription_id": "sub_stray_1", "account_id": "acc_never", "plan": "Team",
            "mrr": "120.00", "currency": _NO_RATE, "started_at": day}),
        ("unknown_reference", "tickets", {
            "ticket_id": "tic_stray_1", "contact_id": "con_never", "subject": "Hello?",
            "status": "open", "created_at": day}),
        ("unknown_reference", "referrals", {
            "referral_id": "ref_stray_1", "referrer_contact_id": "con_never",
            "status": "sent", "occurred_at": day}),
        ("unknown_reference", "product_events", {
            "event_id": "pev_stray_1", "user_id": "usr_never", "account_id": "acc_never",
            "event_name": "activated", "occurred_at": day}),
        ("unknown_reference", "experiments", {
            "experiment_id": "price-page-headline", "variant": "control",
            "anonymous_id": "anon_never", "assigned_at": day}),
    ]  # fmt: skip


def stray_truth(span: Span) -> list[tuple[str, Columns]]:
    """What is known of them: the deleted contact, and orders that are nobody's."""
    day, _ = _moments(span)
    identifiers = {
        "identifier_type": ["email", "contact_id", "user_id"],
        "value": [_EMAIL, _CONTACT, "usr_never"],
        "true_person_id": [_PERSON, _PERSON, "P999999998"],
        "is_linkable": ["true", "true", "false"],
    }
    orders = {
        "true_touchpoint_id": ["tp_ord_stray_1", "tp_ord_stray_2"],
        "source_table": ["orders"] * 2, "source_record_id": ["ord_stray_1", "ord_stray_2"],
        "true_person_id": [None] * 2, "true_account_id": [None] * 2,
        "touchpoint_type": ["order"] * 2, "channel": [None] * 2, "kind": ["activity"] * 2,
        "occurred_at": [day] * 2,
    }  # fmt: skip
    return [("identifiers", _texts(identifiers)), ("touchpoints", _texts(orders))]


def _moments(span: Span) -> tuple[str, str]:
    """A moment four days before the end, and one a month earlier."""
    at = span.end - 4 * DAY + 11 * HOUR
    return tuple(iso(np.array([at, at - 30 * DAY])).to_pylist())


def _texts(columns: dict[str, list]) -> Columns:
    return {name: pa.array(values, pa.string()) for name, values in columns.items()}
