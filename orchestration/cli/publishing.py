"""`touchline publish` and `touchline segments`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, print_labelled, screen
from orchestration.cli.tables import print_table


def publish(
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Go back to the version before the current one.")
    ] = False,
    accept_fewer_rows: Annotated[
        bool,
        typer.Option("--accept-fewer-rows", help="Publish although marts lost most of their rows."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Publish the last build, or go back one version.

    Example: [bold]touchline publish --rollback[/bold]
    """
    from orchestration.lib import publishing
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.running.moments import last_built_moment, usual_moment
    from orchestration.lib.running.steps import publish_home
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    prepare_home(settings)
    with run_lock(settings):
        if rollback:
            facts = {"run_id": publishing.rollback(settings), "event": "rolled back"}
        else:
            publication = publish_home(
                settings,
                place=settings,
                as_of=last_built_moment(settings) or usual_moment(settings),
                accept_fewer_rows=accept_fewer_rows,
            )
            facts = {"run_id": publication.run_id, "event": "published"}
    facts["path"] = str(publishing.published_file(settings))
    print_json(facts) if as_json else print_facts(facts)


def segments(as_json: AsJson = False) -> None:
    """Write segment files from the published version, and say how many are in them.

    Example: [bold]touchline segments[/bold]
    """
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.running.steps import export_home, told_by_file
    from orchestration.lib.segments.urgent import urgent_segments
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    prepare_home(settings)
    with run_lock(settings):
        reports = [
            report
            for destination in told_by_file(settings)
            for report in export_home(settings, destination=destination)
        ]
    urgent = urgent_segments(settings)
    rows = [
        {
            "destination": report.destination,
            "segment": report.segment_id,
            "is_urgent": report.segment_id in urgent,
            "rows": report.rows,
            "file": str(report.path),
        }
        for report in reports
    ]
    if as_json:
        print_json(rows)
    elif rows:
        told = [
            row
            | {"urgent": "yes" if row["is_urgent"] else ""}
            | {"file": Path(row["file"]).relative_to(settings.outbox)}
            for row in rows
        ]
        print_table(told, columns=("segment", "urgent", "rows", "file"))
        print_labelled("files are in", str(settings.outbox), style="dim")
        print_labelled("who is in one", "touchline explain segment ID", style="dim")
    else:
        screen.print("no active segment; see seeds/rules/segment_definitions.csv")
