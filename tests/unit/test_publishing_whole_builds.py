"""Only what one whole build left is published: not nothing, a part, or what dbt built by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from orchestration.lib.building.increments import changed_relations
from orchestration.lib.errors import TouchlineError
from orchestration.lib.home import open_home
from orchestration.lib.running.records import BUILD_FINISHED, BUILD_STARTED, record_step
from orchestration.lib.running.steps import publish_home
from orchestration.lib.settings import Settings

TODAY = datetime(2026, 7, 1, tzinfo=UTC)
FACTS = {"as_of": TODAY.isoformat(), "parts": {}}


def refusal(settings: Settings) -> str:
    """Why the home is not published."""
    with pytest.raises(TouchlineError) as found:
        publish_home(settings, place=settings, as_of=TODAY)
    return found.value.what


def test_nothing_built_is_not_published(settings: Settings) -> None:
    assert refusal(settings) == "nothing has been built yet"


def test_half_a_build_is_not_published(settings: Settings) -> None:
    record_step(settings, BUILD_STARTED, **FACTS)
    assert "did not end well" in refusal(settings)


def test_what_dbt_built_by_itself_is_not_published(settings: Settings) -> None:
    record_step(settings, BUILD_STARTED, **FACTS)
    record_step(settings, BUILD_FINISHED, **FACTS)
    assert changed_relations(settings) == set()
    with open_home(settings) as connection:
        # what the project's hooks write down when a model is built
        connection.execute("insert into raw_ops.changed_relations values ('model.a', 'whole')")
    assert "built by dbt alone" in refusal(settings)
