"""Where to look for what became of a segment: who is in it, who is not, and who was told."""

from __future__ import annotations

from orchestration.lib.explain.reading import Question

SEGMENT = (
    Question(
        title="from matched to sent: people at each step, and why others are not",
        table="activation.rpt_segment_waterfall",
        key="segment_id",
        columns=("step", "reason", "count"),
        order=("step_rank", "-count"),
    ),
    Question(
        title="what destinations had taken when this version was built, latest first",
        table="activation.rpt_sync_runs",
        key="segment_id",
        columns=(
            "planned_at",
            "destination",
            "status",
            "wanted_count",
            "added_count",
            "updated_count",
            "removed_count",
            "rejected_count",
            "stop_reason",
        ),
        order=("-planned_at", "destination"),
        limit=5,
    ),
    Question(
        title="members, latest first",
        table="activation.sync_segment_members",
        key="segment_id",
        columns=("entered_at", "email", "stage", "person_id", "account_name", "destination"),
        order=("-entered_at", "person_id"),
        limit=10,
    ),
)
