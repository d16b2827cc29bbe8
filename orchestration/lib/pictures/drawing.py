"""Draws a journey: reads its story, lays it out, writes one page with everything in it."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from orchestration.lib.explain.telling import find_id
from orchestration.lib.pictures.layout import picture_of
from orchestration.lib.pictures.story import JourneyStory, most_telling_account, read_story
from orchestration.lib.pictures.writing import filled, write_page
from orchestration.lib.publishing import open_published, published_file
from orchestration.lib.settings import Settings

TEMPLATE = Path(__file__).with_name("journey.html")


def draw_journey(
    settings: Settings, *, account: str | None = None, path: Path | None = None
) -> Path:
    """Draw an account (id, domain or name; the most telling one unless given); returns the file.

    Reads the published file only. Raises TouchlineError when there is nothing to draw.
    """
    connection = open_published(settings)
    try:
        account_id = (
            find_id(connection, "account", account, where=str(published_file(settings)))
            if account
            else most_telling_account(connection)
        )
        story = read_story(connection, account_id)
    finally:
        connection.close()
    place = path or settings.home / "pictures" / f"{_file_name(story)}.html"
    return write_page(place, page_of(story))


def page_of(story: JourneyStory) -> str:
    """The page of a story: the picture in its frame, with nothing fetched from anywhere."""
    account, journey = story.account, story.journey
    facts = [
        f"{account['motion'] or ''} {account['account_type']}".strip(),
        account["domain"],
        f"{journey['journey_type']} journey, {journey['outcome']}",
        f"{float(journey['days']):,.0f} days",
        f"{journey['touchpoint_count']} touches",
        f"{journey['person_count']} people",
        f"{journey['channel_count']} channels",
        f"{journey['amount']:,.0f} {story.currency}" if journey["amount"] else None,
        f"now in {account['current_stage']}" if account["current_stage"] else None,
    ]
    return filled(
        TEMPLATE,
        title=escape(account["name"] or account["account_id"]),
        facts="".join(f"<li>{escape(str(fact))}</li>" for fact in facts if fact),
        picture=picture_of(story),
    )


def _file_name(story: JourneyStory) -> str:
    words = story.account["domain"] or story.account["name"] or story.account["account_id"]
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
