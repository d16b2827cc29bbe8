"""The dictionary of KPIs and rates, `docs/kpis.md`: `python -m tests.docs.kpis`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from orchestration.lib.building.project import PROJECT, SEEDS

PAGE, SOURCE = PROJECT / "docs" / "kpis.md", PROJECT / "docs" / "kpis.yml"
SCHEMAS = ("marts", "activation", "observability")
PLACEHOLDER = re.compile(r"<\w+>")
# ends of an interval and parts of a quotient belong to the quotient they are named after
PARTS = re.compile(r"_(low|high|numerator|denominator)$")
QUOTIENT = re.compile(r"(^|_)(rate|share)(_(raw|human|confirmed|corrected))?$")
HEAD = """# What does each KPI divide by what?

Made from `seeds/rules/kpi_definitions.csv`, the descriptions of the marts and `docs/kpis.yml`. A
share lies between 0 and 1, money is in the reporting currency, months are those of the reporting
time zone. A quotient is null where there is nothing to divide by; over several rows add numerators
and denominators, never rates. Shares stand between the ends of a 95 % interval (Wilson), `_low` and
`_high`; `is_thin` marks fewer cases than `thin_below` of `statistics_settings`.
"""
Measures = Mapping[str, Mapping[str, str]]


def kpi_page() -> str:
    """The text of the page."""
    told = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    measures = told["measures"] | follow_measures()
    parts = [
        HEAD,
        "## KPIs: rows of `kpi_definitions.csv`, told by `marts.fct_touchpoint_kpis`\n",
        table(["KPI", "touchpoint, goal", "above the line", "below the line", "unit", "for each"],
              [kpi_line(row, measures) for row in rule_rows("kpi_definitions")]),
        "## Measures: what a row of `kpi_definitions.csv` may name\n",
        table(["measure", "unit", "what is counted"],
              [[f"`{name}`", entry["unit"], entry["counts"]] for name, entry in measures.items()]),
        "## Rates and quotients of the marts\n",
        table(["column", "numerator", "denominator", "unit", "for each"],
              list(quotient_lines(told["quotients"]))),
    ]  # fmt: skip
    return "\n".join(parts)


def rule_rows(rules: str) -> list[dict[str, str]]:
    """Active shipped rows of a rule table, sorted."""
    with (SEEDS / "rules" / f"{rules}.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["is_active"] == "true"]
    return sorted(rows, key=lambda row: next(iter(row.values())))


def follow_measures() -> dict[str, dict[str, str]]:
    """Measures of follow_rules: what starts, and what is followed in time."""
    found = {}
    for row in rule_rows("follow_rules"):
        starts, follows = (
            row[key].replace("|", ", ") for key in ("start_moments", "follow_moments")
        )
        first = f", the first of each {row['entity']}" if row["is_first_only"] == "true" else ""
        days, hours = divmod(int(row["within_hours"]), 24)
        time = f"{row['within_hours']} hours" if hours or days == 1 else f"{days} days"
        counts = f"Moments of {starts}{first}, whose time is over"
        found[row["started_measure"]] = {"unit": "moments", "counts": counts}
        counts = f"Those followed by {follows} of the same {row['entity']} within {time}"
        found[row["followed_measure"]] = {"unit": "moments", "counts": counts}
    return found


def kpi_line(row: Mapping[str, str], measures: Measures) -> list[str]:
    """One KPI: its measures in words, and the slices it is told for."""
    scope = row["scope_id"] or row["scope_type"].replace("_", " ")
    each = row["period_type"] if row["scope_type"] == "all" else f"{row['period_type']}, {scope}"
    lines = [row["numerator_measure"], row["denominator_measure"]]
    counted = [in_words(measure, measures) for measure in lines if measure]
    goal = f"{row['touchpoint']}: {row['goal']}"
    return [f"`{row['kpi_id']}`", goal, counted[0], *(counted[1:] or [""]), row["unit"], each]


def in_words(measure: str, measures: Measures) -> str:
    """What a measure counts; one of many with the same words is named."""
    name = described_by(measure, measures)
    if not name:
        raise KeyError(f"no row of {SOURCE.name} describes the measure {measure}")
    return measures[name]["counts"] + (f" (`{measure}`)" if name != measure else "")


def described_by(measure: str, measures: Measures) -> str | None:
    """Name of the entry that describes a measure: itself, else the longest that fits."""
    fitting = [name for name in measures if pattern(name).fullmatch(measure)]
    return max(fitting, key=lambda name: len(PLACEHOLDER.sub("", name)), default=None)


def pattern(name: str) -> re.Pattern[str]:
    """What a name with placeholders fits."""
    return re.compile(PLACEHOLDER.sub("([a-z0-9_]+)", name))


def public_models() -> Iterator[dict[str, Any]]:
    """Every public model as its YAML declares it, sorted by name."""
    files = [
        file for schema in SCHEMAS for file in (PROJECT / "models" / schema).rglob("_*__models.yml")
    ]
    models = [
        model for file in files for model in yaml.safe_load(file.read_text())["models"]
        if model.get("columns")
    ]  # fmt: skip
    yield from sorted(models, key=lambda model: model["name"])


def columns(model: Mapping[str, Any]) -> dict[str, str]:
    """Columns of a model with their descriptions on one line."""
    return {each["name"]: " ".join(each["description"].split()) for each in model["columns"]}


def quotients(model: Mapping[str, Any]) -> list[str]:
    """Columns that divide: with a numerator beside them, or named like a rate or share."""
    names = {each["name"]: each["data_type"] for each in model["columns"]}
    return [
        name
        for name, data_type in names.items()
        if not PARTS.search(name) and not data_type.startswith("bigint")
        and (f"{name}_numerator" in names or QUOTIENT.search(name))
    ]  # fmt: skip


def quotient_lines(told: Measures) -> Iterator[list[str]]:
    """One line per quotient of a public model."""
    for model in public_models():
        texts, name = columns(model), model["name"]
        own = {key.partition(".")[2]: entry for key, entry in told.items()
               if key.startswith(f"{name}.")}  # fmt: skip
        grain = first_sentence(model["description"]).removeprefix("One row per ").rstrip(".")
        for column in sorted({*quotients(model), *own}):
            entry = own.get(column) or beside(column, texts)
            yield [f"`{name}.{column}`", entry["numerator"], entry["denominator"],
                   entry.get("unit", "share"), grain]  # fmt: skip


def beside(column: str, texts: Mapping[str, str]) -> dict[str, str]:
    """What the columns of numerator and denominator beside a rate say."""
    try:
        return {
            part: texts[f"{column}_{part}"].partition(";")[0].rstrip(".")
            for part in ("numerator", "denominator")
        }
    except KeyError as missing:
        raise KeyError(f"tell what {column} divides in {SOURCE.name}: no {missing}") from None


def first_sentence(text: str) -> str:
    """The first sentence of a description, on one line."""
    return re.split(r"(?<=[a-z)])[.:;] ", " ".join(text.split()))[0]


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines).replace("|  |", "| |") + "\n"


if __name__ == "__main__":
    PAGE.write_text(kpi_page(), encoding="utf-8")
