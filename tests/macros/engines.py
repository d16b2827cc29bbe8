"""Runs macros that loop over tables on an engine, without dbt around them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import duckdb
from jinja2 import Environment

MACROS = Path(__file__).parents[2] / "dbt_project" / "macros"
FOLDERS = ("dialect", "identity", "attribution", "rules")
MACRO = re.compile(r"\{% macro .*?endmacro -?%\}", re.DOTALL)
# the model that a macro believes to build; its scratch tables stand beside it
THIS = SimpleNamespace(schema="graph", identifier="labels")


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Answers a query with its rows; `name` is that of its macros in `macros/dialect`."""

    name: str
    rows: Callable[[str], list[Any]]


def on_duckdb(connection: duckdb.DuckDBPyConnection) -> Engine:
    """DuckDB, on a connection of its own."""
    return Engine(name="duckdb", rows=lambda sql: connection.execute(sql).fetchall())


class NotConvergedError(Exception):
    """The macro gave up after its last round."""


class _Returned(Exception):  # noqa: N818 - control flow of dbt's `return`, no error
    """Carries what a macro returns to its caller."""


def macros_on(engine: Engine) -> dict[str, Callable[..., Any]]:
    """Every macro by name; each a template of its own that knows the others by name, as in dbt."""
    texts = {
        text.split("(")[0].split()[-1]: text
        for folder in FOLDERS
        for file in sorted((MACROS / folder).glob("*.sql"))
        for text in MACRO.findall(file.read_text())
    }
    environment = Environment(extensions=["jinja2.ext.do"])
    macros = {name: _macro(environment, name, text) for name, text in texts.items()}
    environment.globals |= macros | {
        "is_idle": lambda: False,
        "this": THIS,
        "return": _return,
        "run_query": lambda sql: SimpleNamespace(rows=engine.rows(sql)),
        "exceptions": SimpleNamespace(raise_compiler_error=_give_up),
        "adapter": SimpleNamespace(dispatch=lambda name: macros[f"{engine.name}__{name}"]),
    }
    return macros


def _macro(environment: Environment, name: str, text: str) -> Callable[..., Any]:
    @cache
    def body() -> Callable[..., Any]:
        return getattr(environment.from_string(text).module, name)

    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return body()(*arguments, **named)
        except _Returned as returned:
            return returned.args[0]

    return call


def _return(value: Any) -> NoReturn:
    raise _Returned(value)


def _give_up(message: str) -> NoReturn:
    raise NotConvergedError(message)
