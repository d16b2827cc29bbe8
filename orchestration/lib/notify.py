"""Tells a webhook that runs and syncs fail, are late, are well: one message per change of state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from orchestration.lib.history import append_record, read_records
from orchestration.lib.settings import Settings

WELL, FAILING, LATE = "well", "failing", "late"
# a daily run that has not ended well two hours after its day is late
LATE_AFTER = timedelta(hours=26)
ATTEMPTS = 4
TIMEOUT_SECONDS = 10.0


def run_ended(settings: Settings, *, error: str | None, now: datetime | None = None) -> str:
    """Remember how a run ended and tell the webhook if that changes the state; returns the state.

    A webhook that cannot be reached never fails a run: the message is tried again next time.
    """
    moment = now or datetime.now(UTC)
    state = FAILING if error else WELL
    _remember(settings, {"event": "run_ended", "state": state, "at": moment.isoformat()})
    _tell_once(settings, state=state, text=error or "the run ended well", at=moment)
    return state


def sync_ended(
    settings: Settings,
    *,
    destination: str,
    segment_id: str,
    error: str | None,
    now: datetime | None = None,
) -> str:
    """Tell the webhook when a segment can no longer be synced to a destination, or can again.

    Each has a state of its own, beside that of the runs; returns it.
    """
    about = f"sync of {segment_id} to {destination}"
    state = FAILING if error else WELL
    text = f"{about}: {error}" if error else f"{about} ended well"
    _tell_once(settings, state=state, text=text, at=now or datetime.now(UTC), about=about)
    return state


def check_lateness(settings: Settings, *, now: datetime | None = None) -> str:
    """Tell the webhook when no run has ended well for too long; returns the state."""
    moment = now or datetime.now(UTC)
    state = state_of(settings)
    ended = [entry for entry in _records(settings) if entry["event"] == "run_ended"]
    good = [_at(entry) for entry in ended if entry["state"] == WELL]
    is_late = bool(good) and moment - max(good) > LATE_AFTER
    if is_late and state == WELL:
        state = LATE
        text = f"no run has ended well since {max(good):%Y-%m-%d %H:%M} UTC"
        _tell_once(settings, state=state, text=text, at=moment)
    return state


def state_of(settings: Settings, *, about: str | None = None) -> str:
    """The state the webhook was last told, `well` before any message; of runs, or of one sync."""
    told = [
        entry["state"]
        for entry in _records(settings)
        if entry["event"] == "told" and entry.get("about") == about
    ]
    return told[-1] if told else WELL


def _tell_once(
    settings: Settings, *, state: str, text: str, at: datetime, about: str | None = None
) -> None:
    """Send a message when `state` differs from the one told last, and remember that it was sent."""
    if state == state_of(settings, about=about):
        return
    message = {"state": state, "home": settings.home.name, "text": text, "at": at.isoformat()}
    if settings.webhook_url is None or _send(settings.webhook_url, message):
        record = {"event": "told", "state": state, "at": at.isoformat()}
        _remember(settings, record | ({"about": about} if about else {}))


def _send(url: str, message: dict[str, Any]) -> bool:
    """Post a message, with a few tries; False when it could not be delivered."""
    import httpx
    from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt
    from tenacity import wait_exponential as growing

    waits = growing(multiplier=0.2, max=5)
    faults = retry_if_exception_type(httpx.HTTPError)
    try:
        for attempt in Retrying(stop=stop_after_attempt(ATTEMPTS), wait=waits, retry=faults):
            with attempt:
                httpx.post(url, json=message, timeout=TIMEOUT_SECONDS).raise_for_status()
    except RetryError:
        return False
    return True


def _records(settings: Settings) -> list[dict[str, Any]]:
    return read_records(settings.state / "notifications.jsonl")


def _remember(settings: Settings, record: dict[str, Any]) -> None:
    append_record(settings.state / "notifications.jsonl", record)


def _at(entry: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(entry["at"])
