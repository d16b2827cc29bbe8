"""Every session id that late events took back leads to the visit which has its events now."""

from __future__ import annotations

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.lib.building import build
from orchestration.lib.home import open_home
from orchestration.lib.landing import ingest
from orchestration.lib.lookups import refresh_lookups
from orchestration.lib.settings import Settings
from tests.homes import Home

AS_OF = datetime(2026, 7, 1, tzinfo=UTC)
PAGE = "https://www.ours-demo.com/pricing"
BATCHES, DEVICES, EVENTS = 2, 40, 400

pytestmark = pytest.mark.slow


def events(seed: int) -> list[list[dict[str, str]]]:
    """Events of a day on some devices, dealt to batches without regard to their time."""
    draw = random.Random(seed)
    batches: list[list[dict[str, str]]] = [[] for _ in range(BATCHES)]
    for number in range(EVENTS):
        moment = datetime(2026, 6, 1, 8, tzinfo=UTC) + timedelta(seconds=draw.randrange(14_400))
        event = {
            "event_id": f"e{number}",
            "event_name": "page_view",
            "anonymous_id": f"d{draw.randrange(DEVICES)}",
            "occurred_at": moment.isoformat(),
            "page_url": PAGE,
        }
        batches[draw.randrange(BATCHES)].append(event)
    return batches


def land(settings: Settings, number: int, rows: list[dict[str, str]]) -> None:
    folder = settings.landing / "files" / "web_events"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{number}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with open_home(settings) as connection:
        ingest(settings, connection, still_seconds=0)
        refresh_lookups(connection)


def visits(settings: Settings) -> dict[str, str]:
    """Event to the session it is in, as built from what has been landed so far."""
    wanted = ["+fct_session_aliases", "int_web_events_judged"]
    build(settings, as_of=AS_OF, select=wanted, data_tests=False).raise_for_failures()
    with Home(settings=settings, as_of=AS_OF).warehouse() as warehouse:
        rows = warehouse.execute(
            "select source_record_id, session_id from touchpoints.int_web_events_judged"
        ).fetchall()
    return dict(rows)


def test_ids_that_are_gone_lead_to_their_events(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    shown: dict[str, set[str]] = {}
    for number, rows in enumerate(events(seed=7)):
        land(settings, number, rows)
        now = visits(settings)
        for event, session in now.items():
            shown.setdefault(session, set()).add(event)
    gone = set(shown) - set(now.values())
    with Home(settings=settings, as_of=AS_OF).marts() as marts:
        aliases = dict(
            marts.execute("select old_session_id, session_id from marts.fct_session_aliases")
            .fetchall()
        )  # fmt: skip
    assert len(gone) > 10
    assert set(aliases) == gone
    for old, new in aliases.items():
        assert {now[event] for event in shown[old]} == {new}
