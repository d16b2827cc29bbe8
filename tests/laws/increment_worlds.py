"""Many small random worlds, told in batches: late, repeated, corrected, merging, deleted."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path

from .further_acts import ACTS

FIRST_DAY = datetime(2026, 3, 1, 9)
Row = dict[str, object]
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
PAGES = ("/", "/pricing", "/blog/a", "/case-studies/x", "/careers")
TAGS = (
    "",
    "?utm_source=google&utm_medium=cpc&utm_campaign=spring",
    "?utm_source=newsletter&utm_medium=email",
)
STAGES = ("qualified", "proposal", "negotiation")


class World:
    """One company's small world: a few people, devices and deals, and a random source of acts."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.random = random.Random(seed)
        self.number = 0
        self.told: list[tuple[str, Row]] = []
        self.acts: list[Callable[[datetime], list[tuple[str, Row]]]] = [
            self.visit, self.visit, self.visit, self.identify, self.identify, self.contact,
            self.contact, self.lead, self.account, self.deal, self.deal_moves, self.activity,
            self.mail, self.mail_acts, self.mail_acts, self.ad_click, self.order, self.ticket,
            self.member, self.consent, self.subscription, self.product_use, self.survey, self.cost,
            *(partial(act, self) for act in ACTS),
        ]  # fmt: skip

    def batch(self, moment: datetime, acts: int) -> list[tuple[str, Row]]:
        """Rows of some acts around a moment, as (table, row); one in six tells an old row again."""
        rows: list[tuple[str, Row]] = []
        for _ in range(acts):
            late = timedelta(days=self.random.choice((0, 0, 0, 1, 5, 20)))
            minutes = timedelta(minutes=self.random.randrange(600))
            rows += self.random.choice(self.acts)(moment - late + minutes)
            if self.told and self.random.random() < 1 / 6:
                rows.append(self.random.choice(self.told))
        self.told += rows
        self.random.shuffle(rows)
        return rows

    def new_id(self) -> str:
        self.number += 1
        return f"{self.name}-{self.number}"

    def one_of(self, kind: str, count: int) -> str:
        return f"{self.name}-{kind}{self.random.randrange(count)}"

    def email(self) -> str:
        return f"p{self.random.randrange(9)}@{self.name}.com"

    def sometimes(self, value: object, share: float = 0.5) -> object:
        return value if self.random.random() < share else ""

    def event(self, at: datetime, **values: object) -> tuple[str, Row]:
        page = f"https://www.shop.example{self.random.choice(PAGES)}"
        row = {
            "event_id": self.new_id(), "event_name": "page_view", "occurred_at": at.isoformat(),
            "anonymous_id": self.one_of("device", 4), "user_id": "", "email": "",
            "page_url": page + self.random.choice(TAGS), "user_agent": AGENT, "gclid": "",
            "transaction_id": "", "value": "", "currency": "",
        }  # fmt: skip
        return "web_events", row | values

    def visit(self, at: datetime) -> list[tuple[str, Row]]:
        device = self.sometimes(self.one_of("device", 4), 0.9)
        gaps = [self.random.randrange(1, 50) for _ in range(self.random.randrange(1, 4))]
        click = self.sometimes(self.one_of("click", 5), 0.3)
        return [
            self.event(at + timedelta(minutes=sum(gaps[:place])), anonymous_id=device, gclid=click)
            for place in range(len(gaps))
        ]

    def identify(self, at: datetime) -> list[tuple[str, Row]]:
        name = self.random.choice(("identify", "form_submit", "download"))
        user = self.sometimes(self.one_of("user", 3), 0.3)
        return [self.event(at, event_name=name, email=self.email(), user_id=user)]

    def account(self, at: datetime) -> list[tuple[str, Row]]:
        number = self.random.randrange(2)
        row = {
            "account_id": f"{self.name}-account{number}", "name": f"{self.name} company {number}",
            "domain": self.random.choice((f"{self.name}.com", f"{self.name}.example", "")),
            "industry": self.random.choice(("software", "retail")),
            "employee_count": self.random.choice((5, 50, 500)), "country": "DE",
            "created_at": FIRST_DAY.isoformat(), "updated_at": at.isoformat(),
            "is_deleted": self.random.random() < 0.1,
        }  # fmt: skip
        return [("accounts", row)]

    def contact(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "contact_id": self.one_of("contact", 5), "email": self.sometimes(self.email(), 0.8),
            "account_id": self.sometimes(self.one_of("account", 2)), "first_name": "Mia",
            "last_name": self.one_of("name", 9), "title": self.random.choice(("CTO", "Clerk")),
            "country": "DE", "created_at": (at - timedelta(days=3)).isoformat(),
            "updated_at": at.isoformat(), "is_deleted": self.random.random() < 0.1,
        }  # fmt: skip
        return [("contacts", row)]

    def lead(self, at: datetime) -> list[tuple[str, Row]]:
        is_converted = self.random.random() < 0.3
        row = {
            "lead_id": self.one_of("lead", 3), "email": self.email(), "company": self.name,
            "status": self.random.choice(("new", "working", "qualified")), "country": "DE",
            "converted_at": at.isoformat() if is_converted else "",
            "converted_contact_id": self.one_of("contact", 5) if is_converted else "",
            "created_at": (at - timedelta(days=2)).isoformat(), "updated_at": at.isoformat(),
            "is_deleted": False,
        }  # fmt: skip
        return [("leads", row)]

    def deal(self, at: datetime) -> list[tuple[str, Row]]:
        is_closed = self.random.random() < 0.5
        row = {
            "opportunity_id": self.one_of("deal", 2), "account_id": self.one_of("account", 2),
            "name": "deal", "type": self.random.choice(("new", "renewal", "expansion")),
            "stage": self.random.choice(STAGES), "amount": self.random.choice((100, 2500.5)),
            "currency": self.random.choice(("EUR", "USD", "XXX")),
            "created_at": (at - timedelta(days=4)).isoformat(), "updated_at": at.isoformat(),
            "closed_at": at.isoformat() if is_closed else "", "is_closed": is_closed,
            "is_won": is_closed and self.random.random() < 0.7, "is_deleted": False,
        }  # fmt: skip
        return [("opportunities", row)]

    def deal_moves(self, at: datetime) -> list[tuple[str, Row]]:
        deal = self.one_of("deal", 2)
        change = {
            "change_id": self.new_id(), "opportunity_id": deal,
            "stage": self.random.choice(STAGES), "amount": 100, "changed_at": at.isoformat(),
        }  # fmt: skip
        role = {
            "opportunity_id": deal, "contact_id": self.one_of("contact", 5),
            "role": self.random.choice(("champion", "buyer")), "is_primary": True,
        }  # fmt: skip
        return [("opportunity_stage_changes", change), ("opportunity_contacts", role)]

    def activity(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "activity_id": self.new_id(), "occurred_at": at.isoformat(),
            "activity_type": self.random.choice(("call", "meeting", "email", "chat")),
            "direction": self.random.choice(("inbound", "outbound")),
            "contact_id": self.sometimes(self.one_of("contact", 5), 0.8),
            "account_id": self.sometimes(self.one_of("account", 2)),
        }  # fmt: skip
        return [("activities", row)]

    def mail(self, at: datetime) -> list[tuple[str, Row]]:
        number = self.random.randrange(3)
        row = {
            "message_id": f"{self.name}-mail{number}", "campaign_id": f"{self.name}-c{number}",
            "campaign_name": self.random.choice(("Newsletter", "Launch")), "subject": "Hello",
            "message_type": self.random.choice(("newsletter", "marketing")),
            "sent_at": at.isoformat(),
        }  # fmt: skip
        return [("email_messages", row)]

    def mail_acts(self, at: datetime) -> list[tuple[str, Row]]:
        email, message = self.email(), self.one_of("mail", 3)
        acts = ["sent", "delivered", *self.random.sample(("opened", "clicked", "unsubscribed"), 2)]
        return [
            ("email_events", {
                "event_id": self.new_id(), "message_id": message, "email": email,
                "event_type": act, "url": "https://www.shop.example/" if act == "clicked" else "",
                "occurred_at": (at + timedelta(seconds=40 * place)).isoformat(),
            })
            for place, act in enumerate(acts)
        ]  # fmt: skip

    def ad_click(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "click_id": self.one_of("click", 5), "platform": "google", "campaign_id": "c1",
            "campaign_type": self.random.choice(("search", "display", "")),
            "clicked_at": at.isoformat(),
        }  # fmt: skip
        return [("ad_clicks", row)]

    def order(self, at: datetime) -> list[tuple[str, Row]]:
        order, transaction = self.one_of("order", 4), self.one_of("transaction", 4)
        row = {
            "order_id": order, "transaction_id": transaction, "email": self.sometimes(self.email()),
            "anonymous_id": self.sometimes(self.one_of("device", 4)), "total": 80.25,
            "status": self.random.choice(("paid", "cancelled")), "currency": "EUR",
            "refunded_amount": self.random.choice((None, None, 20, 90)),
            "ordered_at": at.isoformat(), "updated_at": at.isoformat(),
        }  # fmt: skip
        item = {
            "item_id": self.new_id(), "order_id": order, "product_id": "p1", "quantity": 2,
            "product_name": "Chair", "category": "chairs", "price": 40,
        }  # fmt: skip
        event = self.event(at, event_name="checkout_completed", transaction_id=transaction,
                           value=80.25, currency="EUR")  # fmt: skip
        return [("orders", row), ("order_items", item), event]

    def ticket(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "ticket_id": self.one_of("ticket", 3), "email": self.email(), "priority": "high",
            "subject": "Help", "status": "solved", "created_at": at.isoformat(),
            "solved_at": (at + timedelta(days=self.random.randrange(4))).isoformat(),
        }  # fmt: skip
        return [("tickets", row)]

    def member(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "member_id": self.one_of("member", 5), "campaign_id": f"{self.name}-webinar",
            "campaign_name": "Webinar", "campaign_type": self.random.choice(("webinar", "content")),
            "email": self.email(), "contact_id": self.sometimes(self.one_of("contact", 5)),
            "status": self.random.choice(("registered", "attended")), "occurred_at": at.isoformat(),
        }  # fmt: skip
        return [("campaign_members", row)]

    def cost(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "cost_id": self.one_of("cost", 3), "period_start": at.date().isoformat(),
            "period_end": (at + timedelta(days=self.random.randrange(4))).date().isoformat(),
            "channel": "webinar", "campaign_id": self.sometimes(f"{self.name}-webinar", 0.9),
            "cost_kind": "event", "amount": self.random.randrange(1, 900), "currency": "EUR",
        }  # fmt: skip
        return [("costs", row)]

    def consent(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "email": self.email(), "purpose": "newsletter", "channel": "email",
            "status": self.random.choice(("subscribed", "confirmed", "unsubscribed")),
            "source": "form", "changed_at": at.isoformat(),
        }  # fmt: skip
        return [("consents", row)]

    def subscription(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "subscription_id": self.one_of("plan", 2), "account_id": self.one_of("account", 2),
            "email": self.email(), "plan": "pro", "mrr": 20, "currency": "EUR",
            "started_at": (at - timedelta(days=9)).isoformat(),
            "renews_at": (at + timedelta(days=self.random.randrange(9))).isoformat(),
            "ended_at": self.sometimes((at + timedelta(days=2)).isoformat(), 0.3),
        }  # fmt: skip
        return [("billing_subscriptions", row)]

    def product_use(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "event_id": self.new_id(), "user_id": self.one_of("user", 3), "email": self.email(),
            "event_name": self.random.choice(("signed_up", "activated", "feature_used")),
            "occurred_at": at.isoformat(),
        }  # fmt: skip
        return [("product_events", row)]

    def survey(self, at: datetime) -> list[tuple[str, Row]]:
        row = {
            "response_id": self.one_of("answer", 4), "email": self.email(), "survey_type": "nps",
            "score": self.random.randrange(11), "submitted_at": at.isoformat(),
        }  # fmt: skip
        return [("survey_responses", row)]


def land_batch(folder: Path, worlds: Sequence[World], *, step: int, acts: int) -> None:
    """Write one file per table with a batch of some worlds, two days after the last."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for world in worlds:
        for table, row in world.batch(FIRST_DAY + timedelta(days=2 * step), acts):
            tables[table].append(row)
    for table, rows in tables.items():
        target = folder / "files" / table / f"{step:02}.csv"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(dict.fromkeys(chain(*rows))))
            writer.writeheader()
            writer.writerows(rows)
