"""Running: what a run has to do, and what is remembered of the runs before it."""

from orchestration.lib.running.planning import Plan, plan_run
from orchestration.lib.running.records import record_step

__all__ = ["Plan", "plan_run", "record_step"]
