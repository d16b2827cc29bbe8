"""`touchline build`."""

from __future__ import annotations

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
    from orchestration.cli.executing import execute
    from orchestration.cli.summary import seconds_by_layer
    from orchestration.lib.settings import load_settings

    day = moment(as_of, load_settings())
    config = {"as_of": day.isoformat(), "full_refresh": full_refresh, "target": target}
    outcome = execute("build_models", home=config, quiet=as_json)
    facts = {
        "as_of": day.isoformat(),
        "models": len(outcome.assets),
        "seconds": round(outcome.seconds, 1),
        "seconds_by_layer": seconds_by_layer(outcome),
        "warnings": outcome.doubts,
    }
    if as_json:
        print_json(facts)
    else:
        screen.print(f"{facts['models']} models and seeds built in {facts['seconds']} s")
        for line in outcome.doubts:
            print_labelled("warning", line, style="yellow")
        screen.print("[dim]next: touchline publish[/dim]")
