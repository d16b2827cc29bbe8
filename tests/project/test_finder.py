"""What the README names exists: files, columns of rule tables, marts, commands, make targets."""

from __future__ import annotations

import csv
import re

import pytest

from orchestration.cli import app
from orchestration.lib.building.project import REPOSITORY, SEEDS
from tests.project.conftest import Model

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", README, flags=re.S)
FINDER = README.partition("## Where is the rule for")[2].partition("\n## ")[0]
LINES = [line.split("|")[1:4] for line in FINDER.splitlines() if ".csv`" in line and "|" in line]


def quoted(text: str) -> list[str]:
    """Everything in backticks."""
    return re.findall(r"`([^`]+)`", text)


def header(table: str) -> list[str]:
    """Columns of a table below `seeds`."""
    with (SEEDS / table).open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines))


def test_the_finder_is_there() -> None:
    assert len(LINES) > 15


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0].strip())
def test_a_question_leads_to_columns_that_exist(line: list[str]) -> None:
    question, files, columns = line
    assert question.strip().endswith("?")
    missing = [name for name in quoted(files) if not (SEEDS / name).is_file()]
    assert missing == []
    known = {column for name in quoted(files) for column in header(name)}
    assert quoted(columns)
    assert set(quoted(columns)) - known == set()


def test_every_file_the_readme_names_exists() -> None:
    places = [
        name
        for name in quoted(PROSE)
        if re.fullmatch(r"(?:dbt_project|orchestration|seeds|tests)/[\w./-]+", name)
    ]
    assert len(places) > 5
    assert [name for name in places if not (REPOSITORY / name).exists()] == []
    tables = [name for name in quoted(PROSE) if re.fullmatch(r"[a-z_]+\.csv", name)]
    assert [name for name in tables if not list(SEEDS.rglob(name))] == []


def test_every_command_the_readme_names_exists() -> None:
    commands = {
        command.callback.__name__ for command in app.registered_commands if command.callback
    } | {group.name for group in app.registered_groups}
    named = set(re.findall(r"touchline ([a-z]+)", README))
    assert named - commands == set()
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.M))
    assert set(re.findall(r"make ([a-z-]+)", README)) - targets == set()


def test_every_mart_the_readme_names_exists(models: dict[str, Model]) -> None:
    named = set(re.findall(r"\b(?:marts|activation|observability)\.([a-z_]+)", README))
    assert named
    assert named - set(models) == set()
