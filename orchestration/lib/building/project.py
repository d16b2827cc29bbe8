"""Where the dbt project is, which files belong to it, and the arguments every dbt call gets."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from orchestration.lib.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[3]
PROJECT = REPOSITORY / "dbt_project"
PROFILES = REPOSITORY / "profiles"
SEEDS = REPOSITORY / "seeds"
DATA_TESTS = REPOSITORY / "tests" / "data"
DEFAULT_TARGET = "duckdb"
SPARK = "spark"
TARGETS = (DEFAULT_TARGET, SPARK)
READ_BY_DBT = {".sql", ".yml", ".yaml", ".csv", ".md"}
WRITTEN_BY_DBT = {"target", "logs"}


def target_folder(settings: Settings, *, target: str = DEFAULT_TARGET) -> Path:
    """Where dbt leaves the manifest and compiled SQL of this home."""
    return settings.home / "target" / target


def common_arguments(
    settings: Settings, *, as_of: datetime | None, target: str, folder: Path | None = None
) -> list[str]:
    """Places, target and the values of the settings; `as_of` is an aware timestamp.

    `folder` is where dbt writes, the home's target folder when not given.
    """
    values = {
        "reporting_timezone": settings.reporting_timezone,
        "reporting_currency": settings.reporting_currency,
    }
    if as_of is not None:
        values["as_of"] = as_of.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    folder = folder or target_folder(settings, target=target)
    return [
        *("--project-dir", str(PROJECT)),
        *("--profiles-dir", str(PROFILES)),
        *("--target", target),
        *("--target-path", str(folder)),
        *("--log-path", str(folder / "logs")),
        *("--vars", json.dumps(values)),
    ]


def profile_variables(settings: Settings) -> dict[str, str]:
    """Environment variables that profiles.yml and Spark's start read."""
    return {
        "TOUCHLINE_HOME": str(settings.home),
        "TOUCHLINE_TEMP_DIRECTORY": str(settings.temp),
        "TOUCHLINE_MEMORY_LIMIT": settings.memory_limit,
        "TOUCHLINE_THREADS": str(settings.threads),
        "SPARK_DRIVER_MEMORY": _whole_megabytes(settings.memory_limit),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }


def _whole_megabytes(size: str) -> str:
    """A size such as `1.5 GB` as Java writes it, `1536m`."""
    number, prefix = re.fullmatch(r"([\d.]+) ?([KMGT])i?B", size).groups()
    return f"{int(float(number) * 1024 ** ('KMGT'.index(prefix) - 1))}m"


def project_checksum() -> str:
    """SHA-256 over every file dbt reads: models, macros, tests, seeds, profiles."""
    return checksum(project_files())


def project_files() -> list[Path]:
    """Files dbt reads, sorted; folders that dbt itself writes are left out."""
    folders = (PROJECT, PROFILES, SEEDS, DATA_TESTS)
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in READ_BY_DBT
        and not WRITTEN_BY_DBT & set(path.relative_to(REPOSITORY).parts)
        and path.is_file()
    )


def checksum(files: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of `files`, in the order given."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
