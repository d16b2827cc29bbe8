"""`touchline docs`."""

from __future__ import annotations

from orchestration.cli.options import AsJson
from orchestration.cli.output import print_facts, print_json, screen


def docs(as_json: AsJson = False) -> None:
    """Write the documentation: every mart by its question, every column from mart to raw data.

    One HTML file in the home; a browser opens it without a server.

    Example: [bold]touchline docs[/bold]
    """
    from orchestration.lib.documenting import write_docs
    from orchestration.lib.home import prepare_home, run_lock
    from orchestration.lib.settings import load_settings

    settings = load_settings()
    prepare_home(settings, say=lambda message: screen.print(message, markup=False))
    with run_lock(settings):
        page = write_docs(settings)
    facts = {"path": str(page), "megabytes": round(page.stat().st_size / 1e6, 1)}
    print_json(facts) if as_json else print_facts(facts)
