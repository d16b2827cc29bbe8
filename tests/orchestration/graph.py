"""The graph as text, one line a thing; `python -m tests.orchestration.graph` writes it anew."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

FILE = Path(__file__).with_name("graph.txt")


def graph_as_text(definitions: dg.Definitions) -> str:
    """Jobs, schedules, sensors and assets with their groups, sorted."""
    graph = definitions.resolve_asset_graph()
    lines = [f"job {job.name}" for job in definitions.jobs or []]
    lines += [
        f"schedule {schedule.name}: {schedule.cron_schedule}"
        for schedule in definitions.schedules or []
    ]
    lines += [f"sensor {sensor.name}" for sensor in definitions.sensors or []]
    lines += [
        f"asset {key.to_user_string()} ({graph.get(key).group_name})"
        for key in graph.get_all_asset_keys()
    ]
    return "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    from orchestration.definitions import defs

    FILE.write_text(graph_as_text(defs), encoding="utf-8")
