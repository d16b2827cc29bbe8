"""Decides what a run has to do: nothing, only what is new, everything, or a day of the past."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from orchestration.lib.building.project import DEFAULT_TARGET
from orchestration.lib.fingerprint import changed_parts, fingerprint
from orchestration.lib.running.records import (
    BUILD_FINISHED,
    BUILD_STARTED,
    EXPORTED,
    PUBLISHED,
    moment_of,
    steps,
    steps_of_last_build,
    steps_since_last_finished_build,
)
from orchestration.lib.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do and why; `parts` is the fingerprint the decision was made with."""

    as_of: datetime
    parts: Mapping[str, str]
    is_past: bool
    full_refresh: bool
    nothing_new: bool
    reason: str


def plan_run(
    settings: Settings,
    *,
    as_of: datetime,
    pending: int,
    destinations: Collection[str],
    asked: int = 0,
    full_refresh: bool = False,
    target: str = DEFAULT_TARGET,
) -> Plan:
    """The plan of a run as of a moment with `pending` new files and segment `destinations`.

    `asked` says how many requests to build something again are open.
    """
    log = steps(settings)
    parts = fingerprint(settings, target=target)
    is_past = _is_past(log, as_of)
    changed = changed_since_finished(log, parts)
    first = not steps_since_last_finished_build(log)
    everything = full_refresh or first or is_past or bool(changed)
    nothing_new = (
        not full_refresh
        and not pending
        and not asked
        and not is_past
        and _is_complete(log, as_of=as_of, parts=parts, destinations=destinations)
        and settings.current.exists()
    )
    return Plan(
        as_of=as_of,
        parts=parts,
        is_past=is_past,
        full_refresh=everything,
        nothing_new=nothing_new,
        reason=_reason(
            nothing_new=nothing_new,
            everything=full_refresh,
            asked=asked,
            first=first,
            is_past=is_past,
            changed=changed,
            pending=pending,
        ),
    )


def past_settings(settings: Settings, as_of: datetime) -> Settings:
    """Settings whose home is a folder of its own for a day of the past."""
    return replace(settings, home=settings.home / "past" / as_of.strftime("%Y-%m-%dT%H%M"))


def _is_past(log: list[dict], as_of: datetime) -> bool:
    """True when the home speaks of a later moment already."""
    return any(moment_of(entry) > as_of for entry in steps_since_last_finished_build(log)[:1])


def changed_since_finished(log: list[dict], parts: Mapping[str, str]) -> list[str]:
    """Parts of the fingerprint that differ from any build begun since the last finished one."""
    recent = steps_since_last_finished_build(log)
    begun = [entry for entry in recent if entry["step"] in {BUILD_STARTED, BUILD_FINISHED}]
    return sorted({name for entry in begun for name in changed_parts(entry["parts"], parts)})


def _is_complete(
    log: list[dict],
    *,
    as_of: datetime,
    parts: Mapping[str, str],
    destinations: Collection[str],
) -> bool:
    """True when the last build was of this moment and fingerprint and everything after it done."""
    recent = steps_of_last_build(log)
    if not recent or moment_of(recent[0]) != as_of or recent[0]["parts"] != dict(parts):
        return False
    done = {entry["step"] for entry in recent}
    exported = {entry["destination"] for entry in recent if entry["step"] == EXPORTED}
    return {BUILD_FINISHED, PUBLISHED} <= done and set(destinations) <= exported


def _reason(
    *,
    nothing_new: bool,
    everything: bool,
    asked: int,
    first: bool,
    is_past: bool,
    changed: list[str],
    pending: int,
) -> str:
    """One sentence for the user."""
    if nothing_new:
        return "nothing new: no new file, same day, same rules, settings and models"
    if everything:
        return "everything is rebuilt, as asked"
    if is_past:
        return "a day of the past is built in full, in a file of its own"
    if first:
        return "first build of this home"
    if changed:
        return f"everything is rebuilt: {' and '.join(changed)} changed"
    if pending or asked:
        return " and ".join(_counted(pending, "new file") + _counted(asked, "request"))
    return "the last run was not of this day, or did not finish"


def _counted(number: int, what: str) -> list[str]:
    """`3 new files`, or nothing."""
    return [f"{number} {what}{'s' if number > 1 else ''}"] if number else []
