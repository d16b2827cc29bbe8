"""A world of customers with pains and strengths where they were planted, or without any.

Rows are what the models above would give: stays in stages, mails, steps of the onboarding, months
of customers, answers and touchpoints. Everything is drawn from one seed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

AS_OF = datetime(2026, 7, 1)
LADDER = ("awareness", "consideration", "decision", "retention", "advocacy")
ATTRIBUTES = {
    "country": ["DE", "FR", "US", "GB"],
    "industry": ["software", "logistics", "retail", "media", "food"],
    "employee_band": ["1-9", "10-49", "50-199"],
    "owner": ["Kim", "Ana", "Lee"],
}
CHANNELS = ["organic_search", "paid_search", "email", "event"]
STEPS = ("invite", "import", "connect", "report", "share")
AGES = ("25-34", "35-44", "45-54", "55-64", "65+")
TICKETS = ("billing", "login", "defect", "question")
TOUCHES = ("event_attended", "call", "webinar_attended", "product_feature_used")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is planted; the defaults are a world in which every group is alike."""

    stalling: tuple[str, str] | None = None  # stage, industry: takes six times as long
    broken_step: str | None = None  # of STEPS: a third more give up
    over_mailed: str | None = None  # of AGES: mailed every other day, and tired of it
    moving_touch: str | None = None  # of TOUCHES: who had it recommends more often
    loyal_band: str | None = None  # employee_band: stays more often
    slow_category: str | None = None  # of TICKETS: waits four times as long
    silent_owner: str | None = None  # whose accounts say nothing
    rival_industry: str | None = None  # where a competitor wins
    bare_stage: str | None = None  # where there is little to read


PAINS = Plan(
    stalling=("consideration", "retail"),
    broken_step="import",
    over_mailed="55-64",
    slow_category="billing",
    silent_owner="Kim",
    rival_industry="media",
    bare_stage="decision",
)
STRENGTHS = Plan(moving_touch="event_attended", loyal_band="50-199")
QUIET = Plan()


@dataclass(frozen=True)
class World:
    """Rows by table, drawn step by step."""

    plan: Plan
    chance: random.Random
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **row: Any) -> None:
        """A row of a table; times as text."""
        self.tables[table].append(
            {name: str(v) if isinstance(v, datetime) else v for name, v in row.items()}
        )


def drawn(plan: Plan, seed: int, *, accounts: int = 700) -> dict[str, list[dict[str, Any]]]:
    """Rows by table of a world of so many accounts, of which every third becomes a customer."""
    world = World(plan, random.Random(seed))
    for position, stage in enumerate(LADDER, start=1):
        world.add("ladder", motion="b2b", stage=stage, position=position)
    for number in range(accounts):
        account = {"account_id": f"a{number}", "motion": "b2b"}
        account |= {name: world.chance.choice(of) for name, of in ATTRIBUTES.items()}
        world.add("accounts", **account)
        channel = world.chance.choice(CHANNELS)
        world.add("first_channels", account_id=account["account_id"], first_channel=channel)
        world.add("deals", account_id=account["account_id"], open_opportunity_amount=100)
        _live(world, account)
    return dict(world.tables)


def _live(world: World, account: dict[str, str]) -> None:
    """The stages of an account, until it goes silent, or what it does as a customer."""
    chance, account_id = world.chance, account["account_id"]
    entered = datetime(2024, 7, 1) + timedelta(days=chance.randrange(450))
    world.add("journeys", journey_id=f"j{account_id}", account_id=account_id, opened_at=entered)
    _mail(world, account_id, entered)
    for place, (stage, days, onward) in enumerate(
        (("awareness", 20, 0.85), ("consideration", 30, 0.8), ("decision", 25, 0.75)), start=1
    ):
        stay = chance.expovariate(1 / days)
        if world.plan.stalling == (stage, account["industry"]):
            stay *= 6
        moves = chance.random() < onward
        exited = entered + timedelta(days=stay if moves else 120)
        _stay(world, account_id, stage, place, entered, exited)
        _read(world, account_id, stage, entered, exited)
        entered = exited
        if stage == "decision" and exited < AS_OF:
            _close(world, account, exited)
        if not moves:
            _stay(world, account_id, "dormant", 0, entered, None)
            return
        if exited >= AS_OF:
            break
    _fall_silent(world, account)
    if entered < AS_OF:
        _be_customer(world, account, entered)


def _stay(
    world: World,
    account_id: str,
    stage: str,
    place: int,
    entered: datetime,
    exited: datetime | None,
) -> None:
    """A stay as it is known at AS_OF."""
    if entered >= AS_OF:
        return
    end = {} if exited is None or exited >= AS_OF else {"exited_at": exited}
    world.add(
        "stays",
        account_id=account_id,
        stage=stage,
        motion="b2b",
        position=place,
        is_outside=place == 0,
        observed_days=(AS_OF - entered).total_seconds() / 86400,
        entered_at=entered,
        **end,
    )


def _be_customer(world: World, account: dict[str, str], entered: datetime) -> None:
    """Onboarding, touchpoints, answers, loyalty and perhaps a recommendation."""
    chance, plan, account_id = world.chance, world.plan, account["account_id"]
    had = {touch for touch in TOUCHES if chance.random() < 0.4}
    for touch in sorted(had):
        moment = entered + timedelta(days=1 + chance.random() * 20)
        _touch(world, account_id, moment, touch, f"{account_id}-{touch}")
    recommends = chance.random() < (0.5 if plan.moving_touch in had else 0.12)
    later = entered + timedelta(days=25 + chance.random() * 100) if recommends else None
    _stay(world, account_id, "retention", 4, entered, later)
    _read(world, account_id, "retention", entered, later or AS_OF)
    if later is not None:
        _stay(world, account_id, "advocacy", 5, later, None)
        _read(world, account_id, "advocacy", later, AS_OF)
    stays = chance.random() < (0.97 if plan.loyal_band == account["employee_band"] else 0.65)
    months = {"cohort_month": entered.replace(day=1), "month": "2026-06-01"}
    world.add("months", account_id=account_id, is_churned=not stays, running_count=1, **months)
    _learn(world, account_id, entered)
    _ask(world, account_id, entered)
    for number in range(2):
        world.add(
            "answers",
            statement_id=f"{account_id}-s{number}",
            account_id=account_id,
            touchpoint_type=chance.choice(["survey_answered", "ticket_opened"]),
            stage_at_touch="retention",
            is_low=int(chance.random() < 0.2),
            answered_at=entered + timedelta(days=5),
        )


def _learn(world: World, account_id: str, entered: datetime) -> None:
    """Steps of the onboarding, a day apart, until the customer gives up."""
    moment = entered
    for number, step in enumerate(STEPS, start=1):
        moment += timedelta(days=1)
        key = f"{account_id}-{step}"
        world.add("steps", step=step, number=number, event_id=key, occurred_at=moment)
        _touch(world, account_id, moment, "product_onboarding_step", key)
        world.add("records", event_id=key)
        if world.chance.random() < (0.4 if step == world.plan.broken_step else 0.07):
            return


def _ask(world: World, account_id: str, entered: datetime) -> None:
    """Two tickets of a customer, solved within days."""
    for number in range(2):
        category = world.chance.choice(TICKETS)
        days = world.chance.expovariate(1 / (12 if category == world.plan.slow_category else 3))
        asked = entered + timedelta(days=3 + number)
        world.add(
            "tickets",
            source_record_id=f"{account_id}-{number}",
            account_id=account_id,
            person_id=f"p{account_id}",
            category=category,
            priority=world.chance.choice(["low", "high"]),
            created_at=asked,
            solved_at=asked + timedelta(days=days),
        )


def _read(world: World, account_id: str, stage: str, entered: datetime, exited: datetime) -> None:
    """Perhaps a page read in the first weeks in a stage."""
    if world.chance.random() < (0.4 if stage == world.plan.bare_stage else 0.75):
        stay = min(timedelta(days=25), exited - entered)
        moment = entered + stay * world.chance.random()
        _touch(world, account_id, moment, "session", f"{account_id}-{stage}", content_type="blog")


def _close(world: World, account: dict[str, str], closed: datetime) -> None:
    """The end of a deal: now and then a competitor got it."""
    lost = world.chance.random() < (
        0.5 if account["industry"] == world.plan.rival_industry else 0.12
    )
    deal = f"d{account['account_id']}"
    world.add(
        "deals_ended",
        opportunity_id=deal,
        account_id=account["account_id"],
        is_won=not lost,
        ended_at=closed,
    )
    world.add("endings", opportunity_id=deal, competitor="Rival" if lost else "none named")


def _fall_silent(world: World, account: dict[str, str]) -> None:
    """How long an account on the ladder has been silent, against a usual gap of 46 days."""
    usual = 60 if account["owner"] == world.plan.silent_owner else 20
    days = world.chance.expovariate(1 / usual)
    world.add(
        "rhythms",
        account_id=account["account_id"],
        days_silent=days,
        usual_gap_days=46,
        last_act_at=AS_OF - timedelta(days=days),
    )


def _mail(world: World, account_id: str, entered: datetime) -> None:
    """Mails to a person of the account until it refuses them: more to some, whatever its age."""
    chance, person_id = world.chance, f"p{account_id}"
    age = chance.choice(AGES)
    buys = chance.choice(["frequent", "sporadic"])
    world.add("classes", person_id=person_id, age_band=age, frequency_class=buys)
    world.add("personas", person_id=person_id, persona=chance.choice(["buyer", "user", "boss"]))
    world.add("segments", person_id=person_id, segment_id=chance.choice(["news", "offers"]))
    world.add("placed_persons", person_id=person_id, account_id=account_id)
    world.add("addresses", person_id=person_id, email=person_id)
    tired = age == world.plan.over_mailed
    every = 2 if tired else chance.choice([3, 6, 12, 20])
    for number in range(60 // every):
        refuses = chance.random() < (0.05 if tired and number > 9 else 0.01)
        world.add(
            "mails",
            message_id=f"m{number}",
            email=person_id,
            unsubscribed=int(refuses),
            date=(entered + timedelta(days=every * number)).date().isoformat(),
        )
        if refuses:
            return


def _touch(
    world: World, account_id: str, moment: datetime, touch: str, key: str, **more: str
) -> None:
    """A touchpoint of the account."""
    world.add(
        "touchpoints",
        touchpoint_id=key,
        account_id=account_id,
        person_id=f"p{account_id}",
        touchpoint_type=touch,
        occurred_at=moment,
        **more,
    )
