"""`touchline build`."""

from __future__ import annotations

from functools import partial

from orchestration.cli.options import AsJson, AsOf, FullRefresh, Target, moment
from orchestration.cli.output import print_json, print_labelled, screen
from orchestration.lib.building.project import DEFAULT_TARGET


def build(
    as_of: AsOf = None,
    full_refresh: FullRefresh = False,
    target: Target = DEFAULT_TARGET,
    as_json: AsJson = False,
) -> None:
    """Build and test all models from what has been landed; publishes nothing.

    Example: [bold]touchline build --full-refresh[/bold]
    """
    from orchestration.cli.summary import doubts_of_tests, seconds_by_layer
    from orchestration.cli.watching import watched
    from orchestration.lib.building.report import MODEL_KINDS
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.running.progress import tell
    from orchestration.lib.running.steps import build_home
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    day = moment(as_of, settings)
    prepare_home(settings)
    with watched("build", quiet=as_json), run_lock(settings):
        report = build_home(
            settings,
            place=settings,
            as_of=day,
            full_refresh=full_refresh,
            target=target,
            progress=partial(tell, "building"),
        )
    report.raise_for_failures()
    facts = {
        "as_of": day.isoformat(),
        "models": sum(node.kind in MODEL_KINDS for node in report.nodes),
        "seconds": round(report.seconds, 1),
        "seconds_by_layer": seconds_by_layer(report),
        "warnings": doubts_of_tests(report),
    }
    if as_json:
        print_json(facts)
    else:
        screen.print(f"{facts['models']} models and seeds built in {facts['seconds']} s")
        for line in facts["warnings"]:
            print_labelled("warning", line, style="yellow")
        screen.print("[dim]next: touchline publish[/dim]")
