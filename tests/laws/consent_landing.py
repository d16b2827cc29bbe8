"""Histories of consent and refusal as landing files, among acts that say nothing of either."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.laws.consent_play import PURPOSES, Human, Statement, moment

KEYS = {
    "tickets": "ticket_id",
    "survey_responses": "response_id",
    "campaign_members": "member_id",
    "referrals": "referral_id",
    "product_events": "event_id",
}


def write_landing(folder: Path, population: list[Human], random: Random) -> None:
    """The histories, and acts that permit nothing, as files of the standard shape, shuffled."""
    _write_csv(folder / "consents" / "consents.csv", consents(population), random)
    _write_csv(folder / "email_events" / "events.csv", events(population), random)
    _write_csv(folder / "email_messages" / "messages.csv", messages(), random)
    _write_csv(folder / "contacts" / "contacts.csv", contacts(population), random)
    _write_csv(folder / "activities" / "texts.csv", texts(population), random)
    _write_csv(folder / "web_events" / "logins.csv", logins(population), random)
    for table, rows in acts(population, random).items():
        _write_csv(folder / table / "acts.csv", iter(rows), random)
    damaged = folder / "consents" / "damaged.jsonl"
    damaged.write_text("\n".join(damaged_lines(population)) + "\n", encoding="utf-8")


def consents(population: list[Human]) -> Iterator[dict[str, str]]:
    """Rows of consents; some addresses in capitals."""
    for each in of_kind(population, "consent"):
        yield {
            "email": each.email.upper() if each.purpose == "newsletter" else each.email,
            "purpose": each.purpose,
            "channel": each.channel,
            "status": each.status,
            "source": each.detail,
            "brand": each.brand.title(),
            "reason": each.reason,
            "changed_at": each.at.isoformat() if each.at else "",
        }


def events(population: list[Human]) -> Iterator[dict[str, str]]:
    """Rows of email_events; the message tells the purpose."""
    for number, each in enumerate(of_kind(population, "event")):
        yield {
            "event_id": f"e{number}",
            "message_id": f"m_{each.purpose or 'none'}",
            "email": each.email,
            "event_type": each.status,
            "bounce_type": each.detail,
            "occurred_at": each.at.isoformat() if each.at else "",
        }


def messages() -> Iterator[dict[str, str]]:
    """One message per purpose, and one without."""
    for purpose in (*PURPOSES, ""):
        yield {"message_id": f"m_{purpose or 'none'}", "purpose": purpose, "sent_at": "2026-01-01"}


def contacts(population: list[Human]) -> Iterator[dict[str, str]]:
    """One contact per person, and one more per opt-out flag; either may be deleted."""
    common = {"created_at": "2026-01-01", "updated_at": "2026-01-02", "is_deleted": "false"}
    for someone in population:
        yield common | {
            "contact_id": f"c{someone.number}",
            "email": someone.emails[0],
            "country": someone.country,
        }
    for number, each in enumerate(of_kind(population, "contact")):
        moments = {"updated_at": each.at.isoformat() if each.at else "", "is_deleted": "true"}
        more = {"contact_id": f"o{number}", "email": each.email, "email_opt_out": "true"}
        yield common | more | moments


def texts(population: list[Human]) -> Iterator[dict[str, str]]:
    """One activity per text message sent, and an answer of the person to it."""
    for someone in population:
        for turn, text in enumerate(someone.texts):
            for direction in ("outbound", "inbound"):
                yield {
                    "activity_id": f"t{someone.number}.{turn}.{direction}",
                    "activity_type": "sms",
                    "subject": text.subject,
                    "direction": direction,
                    "contact_id": f"c{someone.number}",
                    "occurred_at": text.at.isoformat(),
                }


def logins(population: list[Human]) -> Iterator[dict[str, str]]:
    """One login of the same user per address: what makes the addresses one person."""
    for someone in population:
        for turn, email in enumerate(someone.emails):
            yield {
                "event_id": f"w{someone.number}.{turn}",
                "event_name": "identify",
                "user_id": f"u{someone.number}",
                "email": email,
                "occurred_at": "2026-06-01T10:00:00",
            }


def acts(population: list[Human], random: Random) -> dict[str, list[dict[str, str]]]:
    """What people do without a word about being written to; a friend they name never said any."""
    tables: dict[str, list[dict[str, str]]] = {
        "tickets": [],
        "survey_responses": [],
        "campaign_members": [],
        "referrals": [],
        "product_events": [],
    }
    for someone in population:
        table = random.choice(sorted(tables))
        email, at = random.choice(someone.emails), moment(random).isoformat()
        act = {
            "tickets": {"email": email, "status": "solved", "created_at": at, "solved_at": at},
            "survey_responses": {
                "email": email,
                "survey_type": "nps",
                "score": "10",
                "answer": "Please send me everything",
                "submitted_at": at,
            },
            "campaign_members": {
                "email": email,
                "campaign_id": "webinar-1",
                "campaign_type": "webinar",
                "status": "attended",
                "occurred_at": at,
            },
            "referrals": {
                "referrer_email": email,
                "referred_email": f"friend{someone.number}@friends-demo.com",
                "occurred_at": at,
            },
            "product_events": {"email": email, "event_name": "feature_used", "occurred_at": at},
        }[table]
        tables[table].append({KEYS[table]: f"act{someone.number}"} | act)
    return tables


def damaged_lines(population: list[Human]) -> Iterator[str]:
    """Consents that cannot be kept: without a moment, or not even JSON, the address inside."""
    yield json.dumps({"email": "nobody@nowhere-demo.com", "status": "unsubscribed"})
    for each in of_kind(population, "damaged"):
        yield json.dumps({"email": each.email, "status": "unsubscribed", "changed_at": "soon"})
    for each in of_kind(population, "damaged_mention"):
        yield f'{{"email": {each.email.upper()} wants no more'


def of_kind(population: list[Human], kind: str) -> list[Statement]:
    return [each for someone in population for each in someone.statements if each.kind == kind]


def _write_csv(path: Path, rows: Iterator[dict[str, str]], random: Random) -> None:
    lines = list(rows)
    random.shuffle(lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        names = list(dict.fromkeys(name for line in lines for name in line))
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(lines)
