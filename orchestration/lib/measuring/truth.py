"""Opens the published marts and, beside them, the truth about a generated world as views."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.errors import TouchlineError
from orchestration.lib.publishing import open_published
from orchestration.lib.settings import Settings
from orchestration.lib.sql_text import value

FILES = (
    "world", "accounts", "persons", "memberships", "identifiers", "touchpoints", "bots",
    "machine_opens",
)  # fmt: skip


def open_measured(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the published file with the truth in it; the caller closes it.

    Raises TouchlineError where no generated world lies, or nothing has been published.
    """
    _require_truth(settings.truth)
    connection = open_published(settings)
    add_truth(connection, settings.truth)
    return connection


def add_truth(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Temporary views `truth_<name>` over the truth files of a folder, all columns text."""
    _require_truth(folder)
    for name in FILES:
        file = value(str(folder / f"{name}.csv"))
        connection.execute(
            f"create or replace temporary view truth_{name} as "
            f"from read_csv({file}, header = true, all_varchar = true)"
        )


def _require_truth(folder: Path) -> None:
    missing = [name for name in FILES if not (folder / f"{name}.csv").is_file()]
    if missing:
        raise TouchlineError(
            "there is no truth to measure against"
            if len(missing) == len(FILES)
            else f"the truth about the world lacks {', '.join(missing)}",
            str(folder),
            "only a generated world has one: `touchline generate` and `touchline run`",
        )
