"""Random histories of consent and refusal, and a plain reading of who may be told marketing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

AS_OF = datetime(2026, 7, 1)
PURPOSES = ("marketing", "newsletter", "transactional")
OWN_ACTS = ("double_opt_in", "web_form")
FOREIGN_ACTS = ("import", "crm", "somebody", "")
STATUSES = ("confirmed", "subscribed", "pending", "unsubscribed", "suppressed", "cleaned", "optout")
WEIGHTS = (9, 3, 2, 4, 1, 1, 1)
COUNTRIES = ("US", "FR", "DE", "Atlantis", "")
REGIMES = {"US": "opt_out", "FR": "opt_in"}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What a table says of an address; `detail` is a source, a bounce type or nothing."""

    kind: str
    email: str
    status: str
    purpose: str = ""
    channel: str = "email"
    detail: str = ""
    at: datetime | None = None


@dataclass
class Human:
    """One person with all addresses and everything ever stated about them."""

    number: int
    country: str
    emails: list[str]
    statements: list[Statement] = field(default_factory=list)

    def known(self) -> list[Statement]:
        """Statements that as_of knows; a damaged record has no time."""
        return [each for each in self.statements if each.at is None or each.at < AS_OF]


def humans(random: Random, *, count: int) -> list[Human]:
    """`count` persons with one to three addresses, some with a plus tag, and random statements."""
    return [human(random, number) for number in range(count)]


def human(random: Random, number: int) -> Human:
    """One random person; about every second one has refused something."""
    emails = [f"h{number}.{turn}@mail{number}-demo.com" for turn in range(random.randint(1, 3))]
    if random.random() < 0.2:
        emails.append(emails[0].replace("@", "+news@"))
    found = Human(number, random.choice(COUNTRIES), emails)
    for email in emails:
        if random.random() < 0.8:
            found.statements.append(consent(random, email, status="confirmed", purpose="marketing"))
    for _ in range(random.choice((0, 0, 1, 2, 4))):
        found.statements.append(statement(random, random.choice(emails)))
    return found


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
        channel=random.choice(("email", "email", "email", "email", "", "pigeon")),
        detail=random.choice((*OWN_ACTS, *OWN_ACTS, *FOREIGN_ACTS)),
        at=moment(random),
    )


def moment(random: Random) -> datetime:
    """A day of the last months or of the first days after as_of; days are shared on purpose."""
    return AS_OF + timedelta(days=random.randint(-60, 5))


def refused(someone: Human) -> bool:
    """Whether anything stated about any of the person's addresses forbids marketing mail."""
    known = someone.known()
    return any(forbids(each) and not lifted(each, known) for each in known)


def forbids(stated: Statement) -> bool:
    """Whether a statement closes marketing mail while nothing lifts it."""
    if stated.status in ("complained", "opted_out", "suppressed", "cleaned"):
        return True
    if stated.status == "bounced":
        return stated.detail != "soft"
    if stated.status in ("unsubscribed", "optout"):
        return stated.purpose not in ("newsletter", "transactional")
    return False


def lifted(stated: Statement, known: list[Statement]) -> bool:
    """Whether the person's own later confirmation of the same address and purpose lifts it."""
    if stated.status not in ("unsubscribed", "optout") or stated.purpose != "marketing":
        return False
    return stated.channel == "email" and any(
        later.kind == "consent"
        and later.status == "confirmed"
        and later.detail in OWN_ACTS
        and (later.email, later.purpose, later.channel) == (stated.email, "marketing", "email")
        and later.at is not None
        and stated.at is not None
        and later.at > stated.at
        for later in known
    )


def permitted(someone: Human) -> set[str]:
    """The addresses that have a basis which the person's country accepts."""
    regime = REGIMES.get(someone.country, "double_opt_in")
    if regime == "opt_out":
        return set(someone.emails)
    enough = {"confirmed"} if regime == "double_opt_in" else {"confirmed", "subscribed"}
    return {email for email in someone.emails if latest_status(someone, email) in enough}


def latest_status(someone: Human, email: str) -> str | None:
    """The status of the address's latest marketing statement; none where two of them disagree."""
    stated = [
        (each.at, each.status)
        for each in someone.known()
        if (each.kind, each.email) == ("consent", email)
        and (each.purpose, each.channel) == ("marketing", "email")
    ]
    if not stated:
        return None
    latest = {status for at, status in stated if at == max(stated)[0]}
    return latest.pop() if len(latest) == 1 else None
