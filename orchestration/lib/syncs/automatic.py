"""What a run does by itself: plan all segments of a destination, and apply where that is wished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from orchestration.lib.errors import TouchlineError
from orchestration.lib.notify import sync_ended
from orchestration.lib.running.records import EXPORTED, record_step
from orchestration.lib.segments.urgent import urgent_segments
from orchestration.lib.settings import Settings
from orchestration.lib.syncs.guards import STOP
from orchestration.lib.syncs.homes import Opener, Planned, SyncDesk, open_desk


@dataclass(kw_only=True)
class SyncReport:
    """What was planned for a destination, applied, stopped by a guard, or failed."""

    plans: int = 0
    changes: int = 0
    applied: list[dict[str, Any]] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def facts(self) -> dict[str, int]:
        """Counts, as metadata of a run."""
        states = [one["states"] for one in self.applied]
        return {
            "segments": self.plans,
            "changes": self.changes,
            "applied": len(self.applied),
            "accepted": sum(one.get("accepted", 0) for one in states),
            "rejected": sum(
                count for one in states for state, count in one.items() if "rejected" in state
            ),
        }

    def raise_for_failures(self, destination: str) -> None:
        """Raise TouchlineError that names the segments which could not be planned or applied."""
        if self.failed:
            raise TouchlineError(
                f"{destination}: {'; '.join(self.failed)}",
                destination,
                "the other segments were synced; correct the cause and run again",
            )


def sync_destination(
    settings: Settings, destination: str, *, opener: Opener | None = None
) -> SyncReport:
    """Plan all segments of one destination; apply those no guard stops, if its row says so.

    Urgent segments go first. What one segment meets does not keep the others. An interrupted plan
    is settled first. The caller holds the home's lock.
    """
    report = SyncReport()
    with open_desk(settings, opener=opener) as desk:
        is_automatic = desk.row(destination).is_automatic
        urgent = urgent_segments(settings)
        for _, segment_id in sorted(
            desk.segments(destination, None), key=lambda names: names[1] not in urgent
        ):
            try:
                if is_automatic:
                    _settle(desk, destination, segment_id)
                planned = desk.plan(destination, segment_id)
                report.plans += 1
                report.changes += planned.plan.changes
                report.stopped += _stops(settings, planned)
                if is_automatic and not planned.is_stopped and planned.plan.changes:
                    report.applied.append(desk.apply(planned.plan.plan_id))
            except TouchlineError as error:
                report.failed.append(f"{segment_id}: {error.what}")
        run_id = desk.version.run_id
    if not report.failed:
        record_step(settings, EXPORTED, run_id=run_id, destination=destination)
    return report


def _settle(desk: SyncDesk, destination: str, segment_id: str) -> None:
    """Find out what arrived of a plan that was interrupted, and finish it if it still holds."""
    for plan_id in desk.interrupted(destination, segment_id):
        try:
            desk.apply(plan_id)
        except TouchlineError:
            # what it could not finish is planned anew; what is still open stops the new plan
            continue


def _stops(settings: Settings, planned: Planned) -> Iterator[str]:
    """What stops a plan; a change of state is told to the webhook."""
    plan = planned.plan
    for finding in plan.findings:
        if finding["severity"] == STOP:
            text = f"guard {finding['guard']}: {finding['text']}"
            names = {"destination": plan.destination, "segment_id": plan.segment_id}
            sync_ended(settings, **names, error=text)
            yield f"{plan.plan_id}, {plan.segment_id}, {text}"
