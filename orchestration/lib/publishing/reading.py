"""Opens the published file as every reader does: read-only, by its real name."""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.lib.publishing.versions import PublishError
from orchestration.lib.settings import Settings

# a version may be removed between finding and opening it, but not several times in a row
ATTEMPTS = 5


def published_file(settings: Settings) -> Path:
    """The file readers see now; raises PublishError before the first publication."""
    if not settings.current.exists():
        raise PublishError(
            "nothing has been published yet", str(settings.current), "run `touchline run`"
        )
    return settings.current.resolve()


def open_published(settings: Settings) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the published file; the caller closes it.

    The link is resolved first: DuckDB shares an open database by its path within a process, so a
    connection by the link's name could still see an older version.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return duckdb.connect(str(published_file(settings)), read_only=True)
        except duckdb.IOException:
            continue
    return duckdb.connect(str(published_file(settings)), read_only=True)
