"""Acts that random worlds seldom tell: crowds, merged records, wrong clocks, what others say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .increment_worlds import Row, World

Rows = list[tuple[str, "Row"]]


def crowd_at_one_device(world: World, at: datetime) -> Rows:
    """Several people log in at the device of a lobby, so that what joined two joins nobody."""
    device = world.one_of("lobby", 2)
    return [
        world.event(at + timedelta(minutes=place), event_name="login", anonymous_id=device,
                    email=world.email())
        for place in range(world.random.randrange(1, 4))
    ]  # fmt: skip


def records_merged(world: World, at: datetime) -> Rows:
    """A CRM merges one record into another, into itself by a circle, or takes it back."""
    account = {
        "account_id": world.one_of("account", 2), "name": world.name, "domain": "", "industry": "",
        "employee_count": 5, "country": "DE", "created_at": at.isoformat(),
        "updated_at": at.isoformat(), "is_deleted": False,
        "merged_into_id": world.sometimes(world.one_of("account", 2)),
    }  # fmt: skip
    contact = {
        "contact_id": world.one_of("contact", 5), "email": world.sometimes(world.email()),
        "account_id": "", "first_name": "Mia", "last_name": "", "title": "", "country": "DE",
        "created_at": at.isoformat(), "updated_at": at.isoformat(), "is_deleted": False,
        "merged_into_id": world.sometimes(world.one_of("contact", 5)),
    }  # fmt: skip
    return [("accounts", account), ("contacts", contact)]


def claimed_by_another(world: World, at: datetime) -> Rows:
    """An activity ties a lead to a contact, who need not be the one it was converted to."""
    row = {
        "activity_id": world.new_id(), "occurred_at": at.isoformat(), "activity_type": "call",
        "direction": "outbound", "contact_id": world.one_of("contact", 5), "account_id": "",
        "lead_id": world.one_of("lead", 3),
    }  # fmt: skip
    return [("activities", row)]


def clock_is_off(world: World, at: datetime) -> Rows:
    """A device with a wrong clock: years behind or ahead of the moment its event was received."""
    wrong = at + timedelta(days=world.random.choice((-4_000, 2, 900)))
    return [world.event(wrong, received_at=at.isoformat())]


def visit_began_earlier(world: World, at: datetime) -> Rows:
    """A page view minutes before one that was told comes to light: its visit began earlier."""
    told = [row for table, row in world.told if table == "web_events" and row["anonymous_id"]]
    if not told:
        return []
    later = world.random.choice(told)
    earlier = datetime.fromisoformat(str(later["occurred_at"])) - timedelta(minutes=20)
    return [world.event(earlier, anonymous_id=later["anonymous_id"])]


def told_by_others(world: World, at: datetime) -> Rows:
    """A review, a referral, and which variant of a test somebody saw."""
    mention = {
        "mention_id": world.one_of("mention", 3), "platform": "g2", "kind": "review",
        "author_email": world.sometimes(world.email()), "account_id": world.one_of("account", 2),
        "rating": world.random.randrange(1, 6), "text": "Well", "posted_at": at.isoformat(),
    }  # fmt: skip
    referral = {
        "referral_id": world.one_of("referral", 3), "referrer_email": world.email(),
        "referred_email": world.email(), "status": "converted", "occurred_at": at.isoformat(),
    }  # fmt: skip
    experiment = {
        "experiment_id": "price", "email": world.email(), "anonymous_id": "",
        "variant": world.random.choice(("control", "lower")), "assigned_at": at.isoformat(),
    }  # fmt: skip
    return [("mentions", mention), ("referrals", referral), ("experiments", experiment)]


def lead_moves(world: World, at: datetime) -> Rows:
    """Somebody writes down what became of a lead."""
    row = {
        "change_id": world.new_id(), "lead_id": world.one_of("lead", 3),
        "status": world.random.choice(("new", "working", "qualified")),
        "changed_at": at.isoformat(),
    }  # fmt: skip
    return [("lead_status_changes", row)]


def media(world: World, at: datetime) -> Rows:
    """A day of an ad, of what an account saw of it, and of a post; a product of the catalogue."""
    day, amount = at.date().isoformat(), world.random.randrange(1, 90)
    ad = {
        "platform": "google", "campaign_id": "c1", "ad_id": world.name, "date": day,
        "campaign_name": "c1", "campaign_type": "search", "impressions": 900, "clicks": amount,
        "spend": amount, "currency": "EUR",
    }  # fmt: skip
    seen = {
        "platform": "linkedin", "company_domain": f"{world.name}.com", "campaign_id": "c1",
        "date": day, "impressions": amount, "engagements": 1, "clicks": 1,
    }  # fmt: skip
    post = {
        "platform": "linkedin", "content_id": world.name, "date": day, "content_name": "Post",
        "content_kind": "post", "impressions": 90, "interactions": amount, "followers": 9,
    }  # fmt: skip
    product = {
        "product_id": world.one_of("product", 2), "name": world.random.choice(("Chair", "Stool")),
        "category": "chairs", "price": 40, "cost": amount, "currency": "EUR",
    }  # fmt: skip
    return [
        ("ad_days", ad), ("ad_account_days", seen), ("content_days", post), ("products", product),
    ]  # fmt: skip


ACTS = (
    crowd_at_one_device, records_merged, claimed_by_another, clock_is_off, visit_began_earlier,
    told_by_others, lead_moves, media,
)  # fmt: skip
