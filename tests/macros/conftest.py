"""Compiles a macro call to SQL, so that its result can be compared with a plain Python oracle."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from dbt.cli.main import dbtRunner

from orchestration.lib.building.project import common_arguments, profile_variables
from orchestration.lib.settings import Settings


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Function: a Jinja expression in, DuckDB SQL out."""
    home: Path = tmp_path_factory.mktemp("macros")
    settings = Settings(home=home)
    os.environ.update(profile_variables(settings))
    runner = dbtRunner()

    def compile_(expression: str) -> str:
        arguments = common_arguments(settings, as_of=None, target="duckdb")
        result = runner.invoke(
            ["compile", "--quiet", "--inline", expression, "--no-introspect", *arguments]
        )
        assert result.success, result.exception
        return result.result.results[0].node.compiled_code

    return compile_
