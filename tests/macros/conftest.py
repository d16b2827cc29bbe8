"""Compiles a macro call to SQL, so that its result can be compared with a plain Python oracle."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from orchestration.lib.building.calling import call_dbt
from orchestration.lib.building.parsing import parsed_project
from orchestration.lib.building.project import DEFAULT_TARGET, common_arguments
from orchestration.lib.settings import Settings


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Function: a Jinja expression in, DuckDB SQL out."""
    settings = Settings(home=tmp_path_factory.mktemp("macros"))
    arguments = common_arguments(settings, as_of=None, target=DEFAULT_TARGET)

    def compile_(expression: str) -> str:
        command = ["compile", "--inline", expression, "--no-introspect", *arguments]
        outcome = call_dbt(settings, command, manifest=parsed_project(settings))
        return outcome.results[0].node.compiled_code

    return compile_
