"""Pictures: one self-contained page that shows people, stages, outcomes and silences, escaped."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.lib.errors import TouchlineError
from orchestration.lib.pictures import draw_journey
from orchestration.lib.pictures.layout import picture_of
from orchestration.lib.pictures.story import JourneyStory, most_telling_account, read_story
from orchestration.lib.publishing import open_published
from orchestration.lib.settings import Settings
from tests.unit.published_journeys import published_home


@pytest.fixture
def page(tmp_path: Path) -> str:
    """The page of the most telling account."""
    return draw_journey(published_home(tmp_path / "home")).read_text(encoding="utf-8")


def test_it_fetches_nothing(page: str) -> None:
    assert not re.findall(r"https?:|src=|@import|url\(", page)


def test_every_touchpoint_is_a_mark_that_tells_what_it_was(page: str) -> None:
    tips = re.findall(r'<circle[^>]*data-tip="([^"]*)"', page)
    assert len(tips) == 16
    assert all("web_session visited" in tip and "stage before: awareness" in tip for tip in tips)


def test_names_from_data_are_text_and_never_markup(page: str) -> None:
    assert "<b>Bright" not in page
    assert "&lt;b&gt;Bright &amp; Co&lt;/b&gt;" in page


def test_twelve_people_have_a_lane_and_the_rest_share_one(page: str) -> None:
    assert page.count('class="side name"') == 13
    assert "3 more people" in page


def test_stages_outcomes_silences_and_channels_are_named(page: str) -> None:
    for words in ("awareness", "won 1,000", "41 days of silence", "paid search (8)", "email (8)"):
        assert words in page


def test_names_of_outcomes_never_lie_over_each_other(tmp_path: Path) -> None:
    story = _story(published_home(tmp_path / "home"))
    won = next(one for one in story.conversions if one["amount"])
    leads = [won | {"conversion_type": "lead", "amount": None} for _ in range(9)]
    svg = picture_of(replace(story, conversions=[*leads, won]))
    assert svg.count('class="conversion"') == 10
    places = re.findall(r'<text[^>]*y="([\d.]+)"[^>]*class="conversion-name"[^>]*>([^<]+)', svg)
    assert [name for _, name in places] == ["won 1,000", "lead", "lead"]
    assert len({y for y, _ in places}) == 3


def _story(settings: Settings) -> JourneyStory:
    """The story of the most telling account."""
    connection = open_published(settings)
    try:
        return read_story(connection, most_telling_account(connection))
    finally:
        connection.close()


def test_the_file_is_not_for_everybody(tmp_path: Path) -> None:
    path = draw_journey(published_home(tmp_path / "home"), account="bright-demo.com")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_an_unknown_account_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(TouchlineError, match="no account is called 'nobody'"):
        draw_journey(published_home(tmp_path / "home"), account="nobody")
