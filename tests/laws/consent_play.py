"""Random histories of consent and refusal, and a plain reading of who may be told of what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

AS_OF = datetime(2026, 7, 1)
PURPOSES = ("marketing", "newsletter", "transactional")
BRANDS = ("north", "south")
OWN_ACTS = ("double_opt_in", "web_form")
FOREIGN_ACTS = ("import", "crm", "somebody", "")
STATUSES = ("confirmed", "subscribed", "pending", "unsubscribed", "suppressed", "cleaned", "optout")
WEIGHTS = (9, 3, 2, 4, 1, 1, 1)
COUNTRIES = ("US", "FR", "DE", "Atlantis", "")
CHANNELS = {"email", "sms", "task", "suppression", "ad"}
WEEK = timedelta(days=7)
REGIMES = {"US": "opt_out", "FR": "opt_in"}
REASONS = ("", "", "", "", "marked as spam", "they complained", "erasure")
# domain of addresses, and why nobody known by one is written to
EXCLUDED = {"ours-demo.com": "internal", "rival-demo.com": "competitor"}
DISPOSABLE = "mailinator.com"
ROLE = "info"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a person may be sent: its purpose, what consents call it, for which brand, and how."""

    purpose: str
    consent_purpose: str
    brand: str = ""
    channel: str = "email"


OFFERS = (
    Offer(purpose="marketing", consent_purpose="marketing"),
    Offer(purpose="triggered", consent_purpose="marketing"),
    Offer(purpose="newsletter", consent_purpose="newsletter"),
    Offer(purpose="transactional", consent_purpose="transactional"),
    Offer(purpose="north_offers", consent_purpose="marketing", brand="north"),
    Offer(purpose="texts", consent_purpose="marketing", channel="sms"),
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a table says of an address; `detail` is a source, a bounce type or nothing."""

    kind: str
    email: str
    status: str
    purpose: str = ""
    channel: str = "email"
    detail: str = ""
    brand: str = ""
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text message we sent."""

    subject: str
    at: datetime


@dataclass
class Human:
    """One person with all addresses, everything ever stated about them and the texts they got."""

    number: int
    country: str
    emails: list[str]
    statements: list[Statement] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def known(self) -> list[Statement]:
        """Statements that as_of knows; a damaged record has no time, a shared mailbox no person."""
        return [
            each
            for each in self.statements
            if (each.at is None or each.at < AS_OF) and not is_shared(each.email)
        ]


def humans(random: Random, *, count: int) -> list[Human]:
    """`count` persons with one to three addresses, some with a plus tag, and random statements."""
    return [human(random, number) for number in range(count)]


def human(random: Random, number: int) -> Human:
    """One random person; about every second one has refused something."""
    emails = [f"h{number}.{turn}@mail{number}-demo.com" for turn in range(random.randint(1, 3))]
    if random.random() < 0.2:
        emails.append(emails[0].replace("@", "+news@"))
    if random.random() < 0.15:
        emails[-1] = odd_address(random, number)
    found = Human(number, random.choice(COUNTRIES), emails)
    for email in emails:
        if random.random() < 0.8:
            found.statements.append(consent(random, email, status="confirmed", purpose="marketing"))
        if random.random() < 0.5:
            agreed = consent(random, email, status="confirmed", purpose="marketing")
            found.statements.append(replace(agreed, channel="sms"))
    for _ in range(random.choice((0, 0, 1, 2, 4))):
        found.statements.append(statement(random, random.choice(emails)))
    for _ in range(random.choice((0, 0, 1, 3))):
        subject = random.choice(("Our offer", "", "Your Delivery"))
        found.texts.append(Text(subject=subject, at=moment(random)))
    return found


def odd_address(random: Random, number: int) -> str:
    """A shared or thrown away address, or one of ourselves or of a competitor."""
    domains = (f"mail{number}-demo.com", DISPOSABLE, *EXCLUDED)
    domain = random.choice(domains)
    return f"{ROLE if domain == domains[0] else f'h{number}'}@{domain}"


def statement(random: Random, email: str) -> Statement:
    """A random statement of any kind about an address."""
    kind = random.choices(
        ("consent", "event", "contact", "damaged", "damaged_mention"), (12, 4, 1, 0.5, 0.5)
    )[0]
    if kind == "consent":
        status = random.choices(STATUSES, WEIGHTS)[0]
        purpose = random.choice((*PURPOSES, "marketing", "marketing", "gossip", ""))
        return consent(random, email, status=status, purpose=purpose)
    if kind == "event":
        status = random.choice(("unsubscribed", "complained", "bounced", "bounced"))
        detail = random.choice(("hard", "soft", "soft", "")) if status == "bounced" else ""
        purpose = random.choice((*PURPOSES, ""))
        at = moment(random)
        return Statement(
            kind=kind, email=email, status=status, purpose=purpose, detail=detail, at=at
        )
    at = moment(random) if kind == "contact" else None
    return Statement(kind=kind, email=email, status="opted_out", at=at)


def consent(random: Random, email: str, *, status: str, purpose: str) -> Statement:
    """A consent row of a random source and moment."""
    return Statement(
        kind="consent",
        email=email,
        status=status,
        purpose=purpose,
        channel=random.choice((*["email"] * 5, "", "pigeon", "ad", "sms")),
        detail=random.choice((*OWN_ACTS, *OWN_ACTS, *FOREIGN_ACTS)),
        brand=random.choice(("", "", "", *BRANDS, "nroth")),
        reason=random.choice(REASONS),
        at=moment(random),
    )


def moment(random: Random) -> datetime:
    """A day of the last months or of the first days after as_of; days are shared on purpose."""
    return AS_OF + timedelta(days=random.randint(-60, 5))


def capped(someone: Human, offer: Offer) -> bool:
    """Whether texts of the last week, a purchase's own left out, leave no room for an offer."""
    return offer.channel == "sms" and any(
        AS_OF - WEEK < text.at < AS_OF and "delivery" not in text.subject.lower()
        for text in someone.texts
    )


def refused(someone: Human, offer: Offer) -> bool:
    """Whether anything known of any of the person's addresses forbids an offer."""
    known = someone.known()
    return any(domain(email) in EXCLUDED for email in someone.emails) or any(
        forbids(each, offer) and not lifted(each, offer, known) for each in known
    )


def forbids(stated: Statement, offer: Offer) -> bool:
    """Whether a statement closes an offer while nothing lifts it."""
    if offer.channel not in closed_channels(stated):
        return False
    if stated.status in ("complained", "opted_out", "suppressed", "cleaned"):
        return True
    if stated.status == "bounced":
        return stated.detail != "soft"
    if is_complaint(stated):
        return True
    if stated.status in ("unsubscribed", "optout"):
        is_other_brand = stated.brand in BRANDS and offer.brand not in ("", stated.brand)
        is_other_purpose = stated.purpose in PURPOSES and stated.purpose != offer.consent_purpose
        return not is_other_brand and not is_other_purpose
    return False


def closed_channels(stated: Statement) -> set[str]:
    """The channels that a statement speaks of; one that is unnamed or unknown may be any."""
    if stated.kind.startswith("damaged") or stated.status == "complained":
        return CHANNELS
    if stated.kind != "consent":
        return {"email"}
    erased = (stated.status, stated.reason) == ("suppressed", "erasure")
    if erased or closes_for_good(stated):
        return CHANNELS
    if (stated.status, stated.channel) == ("cleaned", ""):
        return {"email"}
    return {stated.channel} if stated.channel in CHANNELS else CHANNELS


def closes_for_good(stated: Statement) -> bool:
    """Whether a consent's reason is a complaint, as a row of eligibility_rules reads it."""
    words = ("complain",) if stated.status == "cleaned" else ("complain", "spam")
    return stated.status in ("unsubscribed", "suppressed", "cleaned") and any(
        word in stated.reason for word in words
    )


def is_complaint(stated: Statement) -> bool:
    """Whether somebody unsubscribed by a complaint, which closes everything for good."""
    return stated.status == "unsubscribed" and closes_for_good(stated)


def lifted(stated: Statement, offer: Offer, known: list[Statement]) -> bool:
    """Whether the person's own later confirmation of the same address and purpose lifts it."""
    if stated.status not in ("unsubscribed", "optout") or is_complaint(stated):
        return False
    if (stated.purpose, stated.channel) != (offer.consent_purpose, offer.channel):
        return False
    return any(
        later.kind == "consent"
        and later.status == "confirmed"
        and later.detail in OWN_ACTS
        and (later.email, later.purpose, later.channel)
        == (stated.email, stated.purpose, stated.channel)
        and speaks_of(later, stated, offer)
        and later.at is not None
        and stated.at is not None
        and later.at > stated.at
        for later in known
    )


def speaks_of(later: Statement, stated: Statement, offer: Offer) -> bool:
    """Whether a confirmation is for the refused brand or, where all were refused, the offer's."""
    if stated.brand:
        return later.brand == stated.brand
    return not offer.brand or later.brand in ("", offer.brand)


def permitted(someone: Human, offer: Offer) -> set[str]:
    """The addresses of the person alone that have a basis which the country accepts."""
    own = {email for email in someone.emails if not is_odd(email)}
    regime = REGIMES.get(someone.country, "double_opt_in")
    if offer.purpose == "transactional":
        return set()  # a purchase is its basis, and nobody here buys
    if regime == "opt_out" and offer.channel == "email":
        return own
    enough = {"confirmed"} if regime == "double_opt_in" else {"confirmed", "subscribed"}
    return {email for email in own if latest_status(someone, email, offer) in enough}


def is_odd(email: str) -> bool:
    """Whether an address is shared or thrown away."""
    return is_shared(email) or domain(email) == DISPOSABLE


def is_shared(email: str) -> bool:
    """Whether an address is that of a role, which joins no people."""
    return email.startswith(f"{ROLE}@")


def domain(email: str) -> str:
    return email.partition("@")[2]


def latest_status(someone: Human, email: str, offer: Offer) -> str | None:
    """The status of the address's latest statement of an offer; none where two disagree."""
    stated = [
        (each.at, each.status)
        for each in someone.known()
        if (each.kind, each.email) == ("consent", email)
        and (each.purpose, each.channel) == (offer.consent_purpose, offer.channel)
        and (not offer.brand or each.brand in ("", offer.brand))
    ]
    if not stated:
        return None
    latest = {status for at, status in stated if at == max(stated)[0]}
    return latest.pop() if len(latest) == 1 else None
