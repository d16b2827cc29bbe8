"""How a column's origin is told: a tree from the column down, then where it begins."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from orchestration.cli.output import print_facts, print_json, screen
from orchestration.lib.lineage import Step
from orchestration.lib.settings import Settings

STYLES = {"model": "", "raw": "green", "seed": "cyan", "constant": "dim"}
BEGINNINGS = {"raw": "raw columns", "seed": "rules and lists", "constant": "constants"}


def explain_column(settings: Settings, *, name: str, as_json: bool) -> None:
    """Print the tree of a column named `schema.model.column`."""
    from orchestration.lib.building import compiled_manifest
    from orchestration.lib.home import prepare_home
    from orchestration.lib.lineage import leaves, read_lineage, trace

    prepare_home(settings, say=lambda message: screen.print(message, markup=False))
    lineage = read_lineage(compiled_manifest(settings))
    origin = lineage.find(name)
    step = trace(lineage, origin)
    if as_json:
        print_json(step.facts())
        return
    screen.print(Text(step.name, style="bold"), soft_wrap=True)
    for line in _branches(step):
        screen.print(line, soft_wrap=True)
    begins = leaves(lineage, origin)
    named = {
        title: ", ".join(leaf.name for leaf in begins if leaf.kind == kind)
        for kind, title in BEGINNINGS.items()
    }
    screen.print("[italic]where it begins[/italic]")
    print_facts({title: names for title, names in named.items() if names})


def _branches(step: Step, indent: str = "") -> Iterator[Text]:
    """One line for each step below `step`; a step made of one constant tells it beside itself."""
    for number, each in enumerate(step.steps, start=1):
        is_last = number == len(step.steps)
        only = each.steps[0] if len(each.steps) == 1 else None
        ends = only is not None and only.kind == "constant"
        beside = f" = {only.name}" if ends else "  (as above)" if each.told_above else ""
        yield Text.assemble(
            (f"{indent}{'└' if is_last else '├'} ", "dim"),
            (each.name, STYLES[each.kind]),
            (beside, "dim"),
        )
        if not ends:
            yield from _branches(each, f"{indent}{' ' if is_last else '│'} ")
